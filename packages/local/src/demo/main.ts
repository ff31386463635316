import { existsSync, readFileSync } from "node:fs";
import { keep } from "../home.ts";

export type DemoCall = {
  /** Whose cookies the request carries: a name of the step's choice. Nobody when absent. */
  readonly as?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Demo = {
  /** Sends one request to the running product and gives the body of its success; throws on any other answer. Writes get an Idempotency-Key from their place in the step, so a step that was cut off runs again without doing anything twice. */
  readonly call: (path: string, wish?: DemoCall) => Promise<unknown>;
};
export type DemoStep = { readonly name: string; readonly run: (demo: Demo) => Promise<void> };
export type DemoAccount = { readonly email: string; readonly password: string; readonly role: string };

/** What fills the demo, in order. A step's name never changes: it is kept when the step is done. */
export const demoSteps: readonly DemoStep[] = [];

/** Who can sign in to the demo, printed at start. */
export const demoAccounts: readonly DemoAccount[] = [];

/** What was done on a home; `closed` on one that came from a backup and is nobody's demo. */
export type Marker = { readonly done: readonly string[]; readonly closed?: boolean };
type Jar = Map<string, string>;

function caller(origin: string, step: string, jars: Map<string, Jar>): Demo["call"] {
  let place = 0;
  return async (path, wish = {}) => {
    const jar = jars.get(wish.as ?? "") ?? new Map<string, string>();
    if (wish.as) jars.set(wish.as, jar);
    place += 1;
    const answer = await fetch(new URL(path, origin), {
      method: wish.method ?? (wish.body === undefined ? "GET" : "POST"),
      headers: {
        accept: "application/json",
        origin,
        "idempotency-key": `demo-${step}-${place}`,
        ...(wish.body === undefined ? {} : { "content-type": "application/json" }),
        ...(jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") } : {}),
        ...wish.headers,
      },
      ...(wish.body === undefined ? {} : { body: JSON.stringify(wish.body) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await answer.text();
    if (!answer.ok) throw new Error(`demo ${step}: ${path} answered ${answer.status}: ${text.slice(0, 400)}`);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  };
}

/** Runs the steps that were not run on this home yet. Gives how many it ran. */
export async function seedDemo(
  origin: string,
  marker: string,
  steps: readonly DemoStep[] = demoSteps,
): Promise<number> {
  const kept: Marker = existsSync(marker) ? JSON.parse(readFileSync(marker, "utf8")) : { done: [] };
  if (kept.closed) return 0;
  const done = [...kept.done];
  const jars = new Map<string, Jar>();
  for (const step of steps) {
    if (done.includes(step.name)) continue;
    await step.run({ call: caller(origin, step.name, jars) });
    done.push(step.name);
    keep(marker, { done });
  }
  if (!existsSync(marker)) keep(marker, { done });
  return done.length - kept.done.length;
}
