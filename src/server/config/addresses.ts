import { BlockList, isIP } from "node:net";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** A host's name or address without the brackets that an IPv6 address has in a URL. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

/**
 * Whether a host is this machine alone: localhost, a name below it (RFC 6761), 127.0.0.0/8 or ::1.
 *
 * @example
 * isLoopback("127.0.0.1"); // true
 * isLoopback("0.0.0.0"); // false: every address of the machine
 */
export function isLoopback(host: string): boolean {
  const name = withoutBrackets(host).toLowerCase();
  const kind = isIP(name);
  if (kind === 0) return /^(.+\.)?localhost\.?$/.test(name);
  return LOOPBACK.check(name, kind === 4 ? "ipv4" : "ipv6");
}

/** An address or a network such as 10.0.0.0/8, or undefined where a text is neither. */
function networkOf(
  text: string,
): { readonly address: string; readonly kind: 4 | 6; readonly bits: number } | undefined {
  const [address = "", length, ...more] = text.split("/");
  const kind = isIP(address);
  if (kind === 0 || more.length > 0) return undefined;
  const most = kind === 4 ? 32 : 128;
  if (length === undefined) return { address, kind: kind as 4 | 6, bits: most };
  const bits = Number(length);
  // A network of every address would believe anybody.
  return /^\d{1,3}$/.test(length) && bits >= 1 && bits <= most ? { address, kind: kind as 4 | 6, bits } : undefined;
}

/** Whether a text is an IP address, or a network of them. */
export function isNetwork(text: string): boolean {
  return networkOf(text) !== undefined;
}

/**
 * The address of whoever asks.
 *
 * It is the connection's own, unless that is a trusted proxy: then the last address in X-Forwarded-For that is no trusted
 * proxy, since whatever stands before it may be invented. A header that cannot be read counts as none.
 *
 * @param connection the address at the other end of the connection
 * @param forwarded the header X-Forwarded-For
 * @param trusted addresses and networks of proxies (PARLEY_TRUST_PROXY)
 */
export function clientAddress(connection: string, forwarded: string | undefined, trusted: readonly string[]): string {
  const proxies = blockListOf(trusted);
  const isProxy = (address: string) => {
    const kind = isIP(address);
    return kind !== 0 && proxies.check(address, kind === 4 ? "ipv4" : "ipv6");
  };
  let client = plainAddress(connection);
  const chain = (forwarded ?? "").slice(-2000).split(",");
  while (chain.length > 0 && isProxy(client)) {
    const before = plainAddress((chain.pop() ?? "").trim());
    if (isIP(before) === 0) break;
    client = before;
  }
  return client;
}

/** An IPv4 address as such where it is written as IPv6 (::ffff:192.0.2.1). */
function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? withoutBrackets(address);
}

const lists = new WeakMap<readonly string[], BlockList>();

function blockListOf(trusted: readonly string[]): BlockList {
  const known = lists.get(trusted);
  if (known !== undefined) return known;
  const list = new BlockList();
  for (const each of trusted) {
    const network = networkOf(each);
    if (network !== undefined) list.addSubnet(network.address, network.bits, network.kind === 4 ? "ipv4" : "ipv6");
  }
  lists.set(trusted, list);
  return list;
}
