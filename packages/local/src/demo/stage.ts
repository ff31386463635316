import type { PaymentProvider } from "@yihao/billing/provider";
import type { Files, PutLink } from "@yihao/http/files";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import { type Outcome, take } from "@yihao/kernel/outcome";
import type { Actor, PlatformScope, Scope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import { idFor } from "@yihao/table/command";
import { recall } from "@yihao/table/commit";
import type { DemoCompany } from "./catalogue.ts";
import type { Timeframe } from "./plan-days.ts";

/** People of the demo who can sign in, by their part of it. */
export const parts = ["owner", "warehouse", "finance", "admin", "member", "teacher"] as const;
export type Part = (typeof parts)[number];
export type People = Partial<Record<Part, PersonId>>;

/** Everything a step of the demo works with. */
export type DemoPay = {
  readonly provider: PaymentProvider;
  readonly control: (path: string, body: object) => Promise<unknown>;
  readonly home: string;
};
export type Stage = {
  readonly table: Table;
  readonly frame: Timeframe;
  readonly companies: readonly DemoCompany[];
  /** Who has an account already; kept between starts. */
  readonly people: People;
  /** Sends one request to the auth function. */
  readonly request: (path: string, init: RequestInit) => Promise<Response>;
  /** Where documents and plans lie, and how bytes get there by a link. */
  readonly files: Files;
  readonly send: (link: PutLink, bytes: Uint8Array) => Promise<void>;
  /** Settles when everything written so far has been heard by every reaction. */
  readonly drained: () => Promise<void>;
  /** The payment provider, its control beside its API, and where payers come back to; absent where nothing is paid online. */
  readonly pay?: DemoPay | undefined;
  /** The instant that it really is. */
  readonly clock: () => string;
};

const command = (name: string) => ({ id: `demo ${name}`, print: "demo" });
const common = (stage: Stage, name: string, now: string) => ({
  now,
  command: command(name),
  meter: { read: 0, write: 0 },
  table: stage.table,
});

/** A request of the platform; its command is made from the name, so that it is done once. */
export function platformAt(stage: Stage, name: string, now: string): PlatformScope {
  return { space: "platform", actor: { kind: "system", name: "demo" }, ...common(stage, name, now) };
}

/** A request in a space at an instant of the past. */
export function scopeAt(stage: Stage, space: SpaceId, name: string, now: string, actor: Actor): Scope {
  return { space, actor, ...common(stage, name, now) };
}

const here = (stage: Stage, name: string) => platformAt(stage, name, stage.frame.now);
/** The spaces' ids, made from the names of the commands that create them. */
export const mainSpace = (stage: Stage): SpaceId => idFor(here(stage, "space main"), "spc");
export const schoolSpace = (stage: Stage): SpaceId => idFor(here(stage, "space school"), "spc");

/** The id that the command of a name makes in a space. */
export function madeBy<P extends string>(stage: Stage, space: SpaceId, name: string, prefix: P) {
  return idFor({ ...here(stage, name), space } as unknown as Scope, prefix);
}

/** A person of the demo with an account. */
export function personOf(stage: Stage, part: Part): PersonId {
  const person = stage.people[part];
  if (!person) throw new Error(`the demo has no ${part} yet`);
  return person;
}

export const staff = (stage: Stage, part: "owner" | "warehouse" | "finance" | "teacher"): Actor => ({
  kind: "staff",
  person: personOf(stage, part),
  roles: [part === "teacher" ? "owner" : part],
});

export const companyId = (stage: Stage, space: SpaceId, key: string): CompanyId =>
  madeBy(stage, space, `company ${key}`, "cmp");

/** The contact person of a company that nobody signs in as. */
export const contactPerson = (stage: Stage, key: string): PersonId =>
  madeBy(stage, mainSpace(stage), `contact ${key}`, "per");

/** The value of an action. What is refused because it was done before gets the first answer; any other refusal is thrown. */
export async function done<Value>(scope: Scope | PlatformScope, outcome: Outcome<Value>): Promise<Value> {
  if (outcome.ok) return outcome.value;
  const before = await recall(scope);
  if (before) return before.answer as Value;
  return take(outcome);
}

/** Does work on every one, a few at a time and each in the order given. */
export async function few<One>(all: readonly One[], most: number, work: (one: One) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, lane));
}
