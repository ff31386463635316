import type { Answer, TestCaller } from "./api.ts";

/** One operation of the OpenAPI document. */
export type RouteCase = { readonly method: string; readonly path: string; readonly nouns: readonly string[] };

/** What the suite needs to know of a world with two spaces and, in the first, two companies. */
export type Walls = {
  readonly space: string;
  /** The first company's thing for each path noun, e.g. `booking: "bok_…"`. A noun without one fails the suite. */
  readonly samples: Readonly<Record<string, string>>;
  /** Nouns that all of a space share: another company may see these. */
  readonly shared: readonly string[];
  /** Bodies that would be accepted from their owner, by `METHOD /path`; needed wherever a company may call. */
  readonly bodies: Readonly<Record<string, unknown>>;
  /** Query texts, by `METHOD /path`, that a route asks for. */
  readonly queries: Readonly<Record<string, string>>;
  /** Texts that only the first company's data holds: names, titles, codes, ids. */
  readonly secrets: readonly string[];
};

type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

/** Every operation of the document below `/spaces/{space}`. */
export function routeCases(document: Document): RouteCase[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace(/^\/api\/v1/, ""),
      nouns: [...path.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1] ?? ""),
    })),
  );
}

/** Calls a route with the first company's samples. Throws when a noun has no sample: the new route is not covered. */
export function call(caller: TestCaller, route: RouteCase, walls: Walls): Promise<Answer> {
  let path = route.path;
  for (const noun of route.nouns) {
    const sample = noun === "space" ? walls.space : walls.samples[noun];
    if (sample === undefined)
      throw new Error(`${route.method} ${route.path}: no sample of {${noun}}; add one to the isolation world`);
    path = path.replace(`{${noun}}`, encodeURIComponent(sample));
  }
  const name = `${route.method} ${route.path}`;
  const query = walls.queries[name];
  const body = route.method === "GET" || route.method === "DELETE" ? undefined : (walls.bodies[name] ?? {});
  return caller.send(route.method, query ? `${path}?${query}` : path, body, {
    "if-match": '"1"',
    "idempotency-key": `isolation-${crypto.randomUUID()}`,
  });
}

/** The secrets that an answer gives away, its headers included. */
export function leaked(answer: Answer, walls: Walls): string[] {
  const text = `${answer.text}\n${[...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n")}`;
  return walls.secrets.filter((secret) => text.includes(secret));
}

/** Whether a route names something that belongs to the first company alone. */
export function namesOwned(route: RouteCase, walls: Walls): boolean {
  return route.nouns.some((noun) => noun !== "space" && !walls.shared.includes(noun));
}
