/**
 * Keeps the workbench at hand without a network: the files of its build and the bundled cases, and nothing else. What an
 * interface answers, what another path below the same server holds, and what belongs to another host is never kept or answered.
 */
declare const PARLEY_BUILT: { readonly version: string; readonly files: readonly string[] };

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  readonly location: { readonly href: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listener: (event: Asked) => void): void;
}

const scope = globalThis as unknown as Scope;
const ROOT = new URL("./", scope.location.href);
/** Builds below other paths of the same server have caches of their own. */
const FAMILY = `parley ${ROOT.pathname} `;
const CACHE = `${FAMILY}${PARLEY_BUILT.version}`;
const INDEX = new URL("index.html", ROOT).href;
/** What the page asks of whatever server may be there. */
const ASKED = new Set(["api/session", "api/cases"].map((path) => new URL(path, ROOT).href));
const BUILT = new Set(PARLEY_BUILT.files.map((path) => new URL(path, ROOT).href));

scope.addEventListener("install", (event) => {
  event.waitUntil(install());
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache, which may hold files of the build before under names that stay.
  await cache.addAll([...BUILT].map((url) => new Request(url, { cache: "no-cache" })));
  await scope.skipWaiting();
}

scope.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

/** A page of the build before may still stand open and ask for its parts: that build's files stay until the next one. */
async function activate(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  const page = url.pathname === ROOT.pathname || url.pathname === new URL(INDEX).pathname;
  if (url.origin !== ROOT.origin) return;
  if (request.mode === "navigate") {
    if (page) event.respondWith(newest(request));
    return;
  }
  const known = `${url.origin}${url.pathname}`;
  if (ASKED.has(known)) event.respondWith(answered(request));
  else if (BUILT.has(known) || url.pathname.startsWith(`${ROOT.pathname}assets/`))
    event.respondWith(kept(request, known));
});

/** The server's answer; where there is no network, that is an answer too, and no error on the page. */
async function answered(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const headers = { "Content-Type": "application/json", "X-Parley-Away": "1" };
    return new Response(JSON.stringify({ ok: false, problems: [] }), { headers });
  }
}

/** The page itself from the server where it answers, so that the next load has the next build. */
async function newest(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok) return answer;
    return (await (await caches.open(CACHE)).match(INDEX)) ?? answer;
  } catch (error) {
    const answer = await (await caches.open(CACHE)).match(INDEX);
    if (answer === undefined) throw error;
    return answer;
  }
}

async function kept(request: Request, url: string): Promise<Response> {
  const own = await (await caches.open(CACHE)).match(url);
  return own ?? (await caches.match(url)) ?? fetch(request);
}
