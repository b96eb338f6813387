/** A server that ends in order, for the test of that: says on standard output what it does, and logs on standard error. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { createLog, live, readiness, ready, shutdown } from "../../../src/server/ops/index.ts";

const [drain = "0", deadline = "10", part = "closes"] = process.argv.slice(2);
const say = (words: string) => process.stdout.write(`${words}\n`);
const streams = new Set<() => void>();
const app = new Hono();
const server = createAdaptorServer({ fetch: app.fetch }) as Server;
const log = createLog({ level: "info" });
const ending = shutdown({
  server,
  stop: { drain: Number(drain), deadline: Number(deadline) },
  endStreams: () => {
    for (const end of streams) end();
  },
  parts: [
    {
      name: "runs",
      close: async () => {
        say("closed runs");
        if (part === "fails") throw new Error("a secret title");
      },
    },
    { name: "database", close: async () => say("closed database") },
  ],
  log,
});
app.get("/healthz", live);
app.get("/readyz", ready(readiness({}, ending.isStopping)));
app.get("/quick", (context) => context.text("quick"));
app.get("/slow/:ms", async (context) => {
  say("asked");
  await new Promise((resolve) => setTimeout(resolve, Number(context.req.param("ms"))));
  say("answered");
  return context.text("slow but whole");
});
app.get("/events", (context) =>
  streamSSE(context, async (stream) => {
    say("asked");
    await stream.writeSSE({ data: "now" });
    await new Promise<void>((resolve) => streams.add(resolve));
    await stream.writeSSE({ data: "bye" });
  }),
);
server.listen(0, "127.0.0.1", () => say(`port ${(server.address() as AddressInfo).port}`));
