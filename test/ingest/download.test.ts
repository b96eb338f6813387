import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DownloadOptions, download, isPrivate } from "../../src/ingest/data/download.ts";
import { problemsOf } from "./support.ts";

const servers: Server[] = [];
const serve = (listener: RequestListener): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer(listener).listen(0, "127.0.0.1", () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
    servers.push(server);
  });
const folder = () => mkdtempSync(join(tmpdir(), "parley-download-"));

describe("a download", () => {
  let base = "";
  beforeAll(async () => {
    base = await serve((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://x");
      if (pathname === "/data/ged251.csv") return response.end("a,b\n1,2\n");
      if (pathname === "/named") {
        response.setHeader("content-disposition", 'attachment; filename="../../etc/ged.csv"');
        return response.end("x");
      }
      if (pathname === "/inner") return response.writeHead(302, { location: `${base}/data/ged251.csv` }).end();
      if (pathname === "/loop") return response.writeHead(301, { location: "/loop" }).end();
      if (pathname === "/file") return response.writeHead(302, { location: "file:///etc/passwd" }).end();
      if (pathname === "/page") return response.writeHead(200, { "content-type": "text/html" }).end("<p>Log in</p>");
      if (pathname === "/large") return response.writeHead(200, { "content-length": "5000" }).end("x".repeat(5000));
      if (pathname === "/endless") {
        const timer = setInterval(() => response.write("x".repeat(1000)), 1);
        response.on("close", () => clearInterval(timer));
        return response;
      }
      if (pathname === "/silent") return response;
      if (pathname === "/cut") {
        response.writeHead(200, { "content-length": "100" });
        response.write("only this");
        return setTimeout(() => response.destroy(), 20);
      }
      return response.writeHead(404).end();
    });
  });
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Why a download comes to nothing; nothing of it may be left. */
  const refused = async (path: string, options: DownloadOptions = {}) => {
    const into = folder();
    const address = path.startsWith("/") ? base + path : path;
    const problems = await problemsOf(download(address, into, options));
    expect(readdirSync(into)).toEqual([]);
    return problems.map(({ message }) => message);
  };

  it("brings the file under the name of its address, into no other folder", async () => {
    const into = folder();
    const got = await download(`${base}/data/ged251.csv`, into);
    expect(got).toMatchObject({ name: "ged251.csv", bytes: 8, url: `${base}/data/ged251.csv` });
    expect(readFileSync(got.path, "utf8")).toBe("a,b\n1,2\n");
    const named = await download(`${base}/named`, into);
    expect([named.name, existsSync(join(into, "download"))]).toEqual(["ged.csv", true]);
  });

  it("does not follow a stranger into a private network, in a circle, to files or from https to http", async () => {
    expect(await refused("/inner")).toEqual([
      expect.stringMatching(
        /^download refused: 127.0.0.1:\d+ is redirected to 127.0.0.1, an address of a private network$/,
      ),
    ]);
    // A public name that points inwards is an inner address too.
    const outer = await serve((_, response) =>
      response.writeHead(302, { location: "http://data.example.org/x" }).end(),
    );
    const inwards = await problemsOf(download(outer, folder(), { resolve: async () => ["::ffff:10.0.0.1"] }));
    expect(inwards[0]?.message).toContain("data.example.org is redirected to ::ffff:10.0.0.1");
    expect(await refused("/loop", { resolve: async () => ["127.0.0.1"] })).toEqual([
      expect.stringContaining("private network"),
    ]);
    expect(await refused("/file")).toEqual(["download refused: file: (expected https)"]);
    expect(await refused("ftp://example.org/x")).toEqual(["download refused: ftp: (expected https)"]);
    expect(await refused("http://me:secret@example.org/x")).toEqual([
      "download refused: the address holds a name or a password",
    ]);
  });

  it("keeps to its limit, announced or not", async () => {
    expect(await refused("/large", { mostBytes: 1000 })).toEqual([
      expect.stringContaining("the file has 5 kB or more"),
    ]);
    expect(await refused("/endless", { mostBytes: 50_000 })).toEqual([
      expect.stringContaining("expected at most 50 kB"),
    ]);
  });

  it("says what went wrong", async () => {
    expect(await refused("/page")).toEqual([expect.stringMatching(/gives a web page, no table$/)]);
    expect(await refused("/nothing")).toEqual([expect.stringMatching(/answers 404 Not Found$/)]);
    expect(await refused("/cut")).toEqual([expect.stringMatching(/^download failed: /)]);
    expect(await refused("/silent", { patience: 50 })).toEqual(["download failed: nothing came for 0.05 seconds"]);
    expect(await refused("http://127.0.0.1:1/x")).toEqual(["download failed: nobody answers there"]);
    expect(await refused("http://nowhere.invalid/x", { resolve: async () => [] })).toEqual([
      "download failed: there is no host nowhere.invalid, or no network",
    ]);
  });

  it("can be stopped", async () => {
    const stop = new AbortController();
    const into = folder();
    const running = download(`${base}/endless`, into, { signal: stop.signal, progress: () => stop.abort() });
    await expect(running).rejects.toThrow(/abort/i);
    expect(readdirSync(into)).toEqual([]);
  });
});

describe("private addresses", () => {
  it("are those of this machine and of inner networks, in whatever writing", () => {
    for (const address of [
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "224.0.0.1",
      "255.255.255.255",
      "::1",
      "::",
      "fe80::1",
      "fe80::1%eth0",
      "fd00::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "0:0:0:0:0:ffff:a00:1",
      "64:ff9b::a00:1",
      "ff02::1",
      "2002:7f00:1::",
      "::127.0.0.1",
      "fec0::1",
      "64:ff9b:1::a00:1",
      "2001:0:7f00:1::",
      "no address",
    ]) {
      expect([address, isPrivate(address)]).toEqual([address, true]);
    }
    for (const address of [
      "1.1.1.1",
      "172.32.0.1",
      "8.8.8.8",
      "100.128.0.1",
      "2606:4700::1111",
      "::ffff:8.8.8.8",
      "::ffff:808:808",
    ]) {
      expect([address, isPrivate(address)]).toEqual([address, false]);
    }
  });

  it("agrees with the networks of RFC 1918 for any address", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0] = address.split(".").map(Number);
        const inner = a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || a === 127;
        if (inner) expect(isPrivate(address)).toBe(true);
      }),
    );
  });
});
