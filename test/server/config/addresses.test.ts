import { describe, expect, it } from "vitest";
import { clientAddress } from "../../../src/server/config/index.ts";

describe("the address of whoever asks", () => {
  const trusted = ["127.0.0.0/8", "::1", "10.0.0.0/8"];

  it.each([
    ["the connection's own without a proxy", "203.0.113.9", undefined, "203.0.113.9"],
    ["the connection's own where that is no proxy, whatever it claims", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["what the proxy says", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    [
      "the last that is no proxy, not what was invented before it",
      "10.0.0.1",
      "1.1.1.1, 198.51.100.1, 10.2.3.4",
      "198.51.100.1",
    ],
    ["an IPv4 address within IPv6", "::ffff:127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"],
    ["an IPv6 address", "::1", "2001:db8::7", "2001:db8::7"],
    ["the proxy's where the header is no address", "10.0.0.1", "unknown", "10.0.0.1"],
    ["the proxy's where the header is empty", "10.0.0.1", "", "10.0.0.1"],
    ["the nearest where rubbish stands before it", "10.0.0.1", "<script>, 10.0.0.2", "10.0.0.2"],
    ["the first where all are proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
  ])("is %s", (_, connection, forwarded, expected) => {
    expect(clientAddress(connection, forwarded, trusted)).toBe(expected);
  });

  it("believes no proxy where none is trusted", () => {
    expect(clientAddress("127.0.0.1", "198.51.100.1", [])).toBe("127.0.0.1");
  });
});
