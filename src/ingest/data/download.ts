import { lookup } from "node:dns/promises";
import { createWriteStream, rmSync } from "node:fs";
import { get as getHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { get as getHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { basename, join } from "node:path";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ParleyError } from "../../core/problems/index.ts";
import { VERSION } from "../../version.ts";

/** Most bytes that are downloaded unless told otherwise. */
export const MOST_BYTES = 2e9;
const MOST_REDIRECTS = 5;
/** Milliseconds without a byte after which a download is given up. */
const PATIENCE = 30_000;

export interface DownloadOptions {
  readonly mostBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((bytes: number, of: number | undefined) => void) | undefined;
  readonly patience?: number;
  /** Finds the addresses of a host, for tests. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

export interface Downloaded {
  readonly path: string;
  /** The file's name as its address gives it. */
  readonly name: string;
  /** The address that it came from in the end. */
  readonly url: string;
  readonly bytes: number;
}

/**
 * Downloads a file into a folder. A redirect is followed to public addresses alone, never from https to http, and the connection
 * goes to the very address that was looked at; nothing is kept where the file is too large or does not come whole.
 *
 * @throws ParleyError download-refused, download-failed
 */
export async function download(from: string, folder: string, options: DownloadOptions = {}): Promise<Downloaded> {
  const { mostBytes = MOST_BYTES, signal, progress, patience = PATIENCE } = options;
  let url = addressOf(from);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const addresses = await addressesOf(url, options.resolve);
    // Whoever names an address of their own network means it; a stranger's server may not send there.
    if (hop > 0) {
      const inner = addresses.find(isPrivate);
      if (inner !== undefined) throw refused(`${url.host} is redirected to ${inner}, an address of a private network`);
    }
    const response = await answerOf(url, addresses, patience, signal);
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      response.destroy();
      const next = addressOf(headers.location, url);
      if (url.protocol === "https:" && next.protocol === "http:") {
        throw refused(`${url.host} sends on from https to http`);
      }
      url = next;
      continue;
    }
    if (status !== 200) {
      response.destroy();
      throw failed(`${url.host} answers ${status} ${response.statusMessage ?? ""}`.trim());
    }
    const type = headers["content-type"] ?? "";
    const announced = headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
    if (/text\/html|application\/xhtml/.test(type)) {
      response.destroy();
      throw failed(`${url.host} gives a web page, no table`);
    }
    if (announced !== undefined && announced > mostBytes) {
      response.destroy();
      throw tooLarge(announced, mostBytes);
    }
    const name = nameOf(url, headers["content-disposition"]);
    const path = join(folder, "download");
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
        bytes += chunk.length;
        progress?.(bytes, announced);
        if (bytes > mostBytes) done(tooLarge(bytes, mostBytes));
        else done(null, chunk);
      },
    });
    try {
      await pipeline(response, counted, createWriteStream(path), signal === undefined ? {} : { signal });
    } catch (error) {
      rmSync(path, { force: true });
      if (error instanceof ParleyError || signal?.aborted === true) throw error;
      throw failed(reasonOf(error));
    }
    if (announced !== undefined && bytes !== announced) {
      rmSync(path, { force: true });
      throw failed(`${bytes} of ${announced} bytes came`);
    }
    return { path, name, url: url.href, bytes };
  }
  throw refused(`more than ${MOST_REDIRECTS} redirects`);
}

/** An address that can be downloaded from. @throws ParleyError download-refused */
export function addressOf(text: string, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    throw refused("the address cannot be read");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refused(`${url.protocol} (expected https)`);
  if (url.username !== "" || url.password !== "") {
    throw refused("the address holds a name or a password", "download the file yourself and give its path");
  }
  return url;
}

async function addressesOf(url: URL, resolve = resolveHost): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0) return [host];
  try {
    const found = await resolve(host);
    if (found.length > 0) return found;
  } catch {
    // Said below.
  }
  throw failed(`there is no host ${host}, or no network`);
}

async function resolveHost(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

const inner = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  inner.addSubnet(net, bits, "ipv4");
}
for (const [net, bits] of [
  // Those that carry an IPv4 address within (RFC 4291, 6052, 8215, 3056, 4380) may carry an inner one.
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["2001::", 32],
  ["fec0::", 10],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  inner.addSubnet(net, bits, "ipv6");
}

/** Whether an address belongs to this machine or to a network that is not public (RFC 1918, 4193, 6598, 6890). */
export function isPrivate(address: string): boolean {
  const plain = address.replace(/%.*$/, "");
  if (isIP(plain) === 4) return inner.check(plain, "ipv4");
  // An IPv4 address in the clothes of IPv6: ::ffff:127.0.0.1, also written ::ffff:7f00:1.
  const mapped = /^(?:0*:)*:?(?:0+:)*ffff:(.+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) {
    if (isIP(mapped) === 4) return inner.check(mapped, "ipv4");
    const [high = "", low = ""] = mapped.split(":");
    const bytes = [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]);
    const four = bytes.join(".");
    return isIP(four) !== 4 || inner.check(four, "ipv4");
  }
  return isIP(plain) !== 6 || inner.check(plain, "ipv6");
}

function answerOf(
  url: URL,
  addresses: readonly string[],
  patience: number,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  const [first = ""] = addresses;
  const family = isIP(first);
  // What was looked up is what is connected to: a second look-up could give another address.
  const pinned: LookupFunction = (_host, { all }, done) =>
    all === true
      ? done(
          null,
          addresses.map((address) => ({ address, family: isIP(address) })),
        )
      : done(null, first, family);
  const options: RequestOptions = {
    lookup: pinned,
    timeout: patience,
    headers: { "user-agent": `parley/${VERSION}`, "accept-encoding": "identity" },
    ...(signal === undefined ? {} : { signal }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? getHttps : getHttp)(url, options, resolve);
    request.on("timeout", () => request.destroy(new Error(`nothing came for ${patience / 1000} seconds`)));
    request.on("error", (error) => reject(signal?.aborted === true ? error : failed(reasonOf(error))));
  });
}

function nameOf(url: URL, disposition: string | undefined): string {
  const given = /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1];
  const name = basename(given ?? decode(url.pathname)).replaceAll(/[^\w. -]+/g, "_");
  return name === "" || name === "." || name === ".." ? "download" : name;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nobody answers there",
    ECONNRESET: "the connection broke off",
    ENOTFOUND: "there is no such host, or no network",
    ENOSPC: "the disk is full",
  };
  return words[code ?? ""] ?? message;
}

function tooLarge(bytes: number, most: number): ParleyError {
  const size = (value: number) =>
    value < 1e6 ? `${Math.ceil(value / 1e3)} kB` : `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB`;
  return refused(`the file has ${size(bytes)} or more (expected at most ${size(most)})`, "--max-size allows more");
}

function refused(why: string, hint?: string): ParleyError {
  return ParleyError.of("download-refused", { why, hint });
}

function failed(why: string): ParleyError {
  return ParleyError.of("download-failed", { why });
}
