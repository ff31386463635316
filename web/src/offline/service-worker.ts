/**
 * Opens the app without a network. It keeps the files of one build, together and under the build's version, and nothing else: no answer of the API is ever kept here, so that no
 * person sees what another has read. What pages read and do is theirs to keep, see `reading.ts` and `outbox.ts`.
 */

interface Shell {
  readonly version: string;
  readonly files: readonly string[];
  readonly reader: readonly string[];
}
declare const __SHELL__: Shell;

interface LongEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskedEvent extends LongEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface ToldEvent extends LongEvent {
  readonly data: unknown;
}
interface Worker {
  addEventListener(kind: "install" | "activate", hear: (event: LongEvent) => void): void;
  addEventListener(kind: "fetch", hear: (event: AskedEvent) => void): void;
  addEventListener(kind: "message", hear: (event: ToldEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const shell = __SHELL__;
const cacheName = `yihao-shell-${shell.version}`;
const worker = globalThis as unknown as Worker;

/** Asked of the server and not of the browser's own cache: a build is whole or it is not kept. */
const fresh = (path: string) => new Request(path, { cache: "no-cache", credentials: "same-origin" });

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(shell.files.map(fresh))));
});

worker.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys())
      if (name.startsWith("yihao-shell-") && name !== cacheName) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener("message", (event) => {
  // The person said that now is a good time; without that a new build waits until no page of the old one is open.
  if (event.data === "take-over") void worker.skipWaiting();
  if (event.data === "warm")
    event.waitUntil(
      caches.open(cacheName).then(async (cache) => {
        for (const path of shell.reader) if (!(await cache.match(path))) await cache.add(fresh(path));
      }),
    );
});

/** Pages of the warehouse phone open from what is kept, at once and in one build with their files; all others from the network, and only when there is none from here. */
const isPhone = (path: string) => path === "/wh" || /^\/s\/[^/]+\/wh(\/|$)/.test(path);
/** What is not of the app. */
const isOther = (path: string) => /^\/(api|webhooks|sandbox|outbox|door)(\/|$)/.test(path);

async function page(request: Request, path: string): Promise<Response> {
  const kept = () => caches.match("/index.html", { cacheName });
  const here = isPhone(path) ? await kept() : undefined;
  if (here) return here;
  try {
    return await fetch(request);
  } catch (error) {
    const page = await kept();
    if (!page) throw error;
    return page;
  }
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || isOther(pathname)) return;
  if (request.mode === "navigate") return event.respondWith(page(request, pathname));
  if (shell.files.includes(pathname) || shell.reader.includes(pathname))
    event.respondWith(caches.match(pathname, { cacheName }).then((kept) => kept ?? fetch(request)));
});

export type {};
