import type { ClientResponse } from "hono/client";
import { createSignal } from "solid-js";
import { Problem, problemOf } from "./problem.ts";

/** Where the API lives. A typed client is made as `hc<Api>(apiBase, { fetch: apiFetch })` once, in `client.ts`. */
export const apiBase = "/api/v1";

const [actingCompany, setActingCompany] = createSignal<string | undefined>(undefined);

/** The company the person acts for in the portal; it goes with every request as `X-Company`. */
export { actingCompany, setActingCompany };

const [offlineSince, setOfflineSince] = createSignal<Date | undefined>(undefined);

/** Since when this device has had no answer from the server, or nothing while it has. */
export { offlineSince };

if (typeof window !== "undefined") {
  window.addEventListener("offline", () => setOfflineSince((since) => since ?? new Date()));
  window.addEventListener("online", () => setOfflineSince(undefined));
}

/** What a person means to do once: every try carries the same key, so that the server does it once. */
export interface Intent {
  readonly key: string;
  /** Headers to hand to a typed call: `api.x.$post({ json }, intent.with())`; `ifMatch` is the tag that was read. */
  with(extra?: { ifMatch?: string; company?: string }): { headers: Record<string, string> };
  /** The intent of one request of many that together do what is meant; the same name gives the same one. */
  part(name: string): Intent;
}

/** Starts a new intent; make it when the form opens or after the last one succeeded, not on each press. */
export const newIntent = (): Intent => intentOf(crypto.randomUUID());

/**
 * Intents of a button whose wish may change under it: the same wish keeps its intent until it is answered, so that pressing again
 * after a lost answer does it once; another wish, or the next after an answer, is a new one.
 */
export function createMeaning(): { of(wish: unknown): Intent; answered(): void } {
  let meant: { readonly wish: string; readonly intent: Intent } | undefined;
  return {
    of(wish) {
      const now = JSON.stringify(wish);
      if (meant?.wish !== now) meant = { wish: now, intent: newIntent() };
      return meant.intent;
    },
    answered() {
      meant = undefined;
    },
  };
}

const intentOf = (key: string): Intent => ({
  key,
  with: (extra = {}) => ({ headers: { "Idempotency-Key": key, ...named(extra) } }),
  part: (name) => intentOf(`${key}:${encodeURIComponent(name)}`),
});

/** Headers of an edit under a condition: refused with 412 when someone else changed it since it was read. */
export function ifMatch(tag: string): { headers: Record<string, string> } {
  return { headers: named({ ifMatch: tag }) };
}

function named(extra: { ifMatch?: string; company?: string }): Record<string, string> {
  return {
    ...(extra.ifMatch ? { "If-Match": extra.ifMatch } : {}),
    ...(extra.company ? { "X-Company": extra.company } : {}),
  };
}

const lost = new Set(["auth.role", "missing"]);
let whenLost = () => {};

/** Hears when something is not, or no more, the person's: what they are allowed may have changed since it was read. */
export const onLost = (hear: () => void): void => {
  whenLost = hear;
};

let renewal: Promise<boolean> | undefined;

/** Asks for the session once, however many requests found it stale at the same time. */
function renewSession(): Promise<boolean> {
  renewal ??= fetch("/api/auth/get-session", { credentials: "same-origin" })
    // Read to its end, or the browser holds the request open.
    .then((response) => response.text().then(() => response.ok))
    .catch(() => false)
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}

async function ask(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(input, init);
    setOfflineSince(undefined);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    setOfflineSince((since) => since ?? new Date());
    throw new Problem({ code: navigator.onLine ? "client.unreachable" : "client.offline", status: 0 });
  }
}

/**
 * The fetch under the typed client. Adds an `Idempotency-Key` to a POST that has none and `X-Company` while acting for
 * one, renews a stale session once, and throws a `Problem` for every answer that is not a success.
 */
export const apiFetch: typeof fetch = async (input, init = {}) => {
  const headers = new Headers(init.headers);
  const company = actingCompany();
  if (company && !headers.has("X-Company")) headers.set("X-Company", company);
  const posts = (init.method ?? "GET").toUpperCase() === "POST";
  if (posts && !headers.has("Idempotency-Key")) headers.set("Idempotency-Key", crypto.randomUUID());
  // By it the request, and what follows from it, is found in the logs.
  if (!headers.has("X-Request-Id")) headers.set("X-Request-Id", crypto.randomUUID());
  const request: RequestInit = { ...init, headers, credentials: "same-origin" };

  let response = await ask(input, request);
  if (response.status === 401) {
    const problem = await problemOf(response.clone());
    if (problem.code === "session.stale" && (await renewSession())) response = await ask(input, request);
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (lost.has(problem.code)) whenLost();
    throw problem;
  }
  return response;
};

type Success<R> =
  R extends ClientResponse<infer T, infer S, string>
    ? S extends 200 | 201 | 202 | 203 | 204 | 206 | 207
      ? T
      : never
    : never;

/** Waits for a typed call and gives the body of its success; anything else has been thrown as a `Problem`. */
export async function ok<R extends ClientResponse<unknown, number, string>>(call: Promise<R>): Promise<Success<R>> {
  const response = await call;
  return (response.status === 204 ? undefined : await response.json()) as Success<R>;
}

/** Like `ok`, with the `ETag` to hand to `ifMatch` later. */
export async function okWithTag<R extends ClientResponse<unknown, number, string>>(
  call: Promise<R>,
): Promise<{ value: Success<R>; tag: string | undefined }> {
  const response = await call;
  return { value: (await response.json()) as Success<R>, tag: response.headers.get("etag") ?? undefined };
}
