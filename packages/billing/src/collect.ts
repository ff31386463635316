import { type Day, plusDays } from "@yihao/kernel/days";
import { type Attempt, type Collection, type CollectSettings, isUnderWay } from "./collect-model.ts";
import type { DeclineKind } from "./decline.ts";
import type { Invoice } from "./model.ts";
import { openOf } from "./open.ts";

/** A finalised bill as far as collection asks. */
export type Collectable = Pick<
  Invoice,
  "state" | "dueOn" | "opening" | "totalMinor" | "paidMinor" | "creditedMinor" | "freedMinor" | "writtenOffMinor"
>;
export type CollectFacts = {
  readonly settings: CollectSettings;
  readonly bill: Collectable;
  readonly collection?: (Pick<Collection, "state" | "nextOn"> & { readonly attempts: readonly Attempt[] }) | undefined;
  /** Whether the company has a saved way to pay, and whether the one that is being charged is still it to charge. */
  readonly canPay: boolean;
  readonly mayFinish: boolean;
  readonly today: Day;
  readonly leastMinor: number;
};
export type CollectStep =
  | { readonly do: "nothing" | "try" | "settle" }
  | { readonly do: "wait"; readonly on: Day }
  | { readonly do: "stop"; readonly why: "no-method" | "off" }
  /** A try whose end is not known is ended first: `drop` when it is not to be made any more. */
  | { readonly do: "finish"; readonly drop: boolean };

/** The first day of a bill's collection. */
export const firstOn = ({ days }: CollectSettings, dueOn: Day): Day => plusDays(dueOn, days[0] ?? 0);

/**
 * Decides what a day does to a bill's collection (到期扣款). What is taken over from old books is never collected by itself, nor what is less than the provider takes; without a saved way to pay nothing begins, and what began
 * stops.
 */
export function decideCollect(facts: CollectFacts): CollectStep {
  const { settings, bill, collection, canPay, today } = facts;
  const last = collection?.attempts.at(-1);
  const open = bill.state === "due" || bill.state === "part-paid" ? openOf(bill) : 0;
  if (last?.state === "asked")
    return { do: "finish", drop: open < last.amountMinor || !facts.mayFinish || !settings.on };
  if (collection && !isUnderWay(collection)) return { do: "nothing" };
  if (open <= 0) return { do: collection ? "settle" : "nothing" };
  if (!collection && (!settings.on || !canPay || bill.opening || !bill.dueOn || open < facts.leastMinor))
    return { do: "nothing" };
  if (!settings.on) return { do: "stop", why: "off" };
  if (!canPay) return { do: "stop", why: "no-method" };
  const on = collection?.nextOn ?? firstOn(settings, bill.dueOn ?? today);
  return today < on ? { do: "wait", on } : { do: "try" };
}

/**
 * What follows a refused try, the `tries`th of the bill: the schedule's next day, never before tomorrow, when the refusal may pass; otherwise the end. What asks for the card's holder or never will work is not tried again.
 */
export function afterDecline(
  settings: CollectSettings,
  dueOn: Day,
  { tries, kind, today }: { readonly tries: number; readonly kind: DeclineKind; readonly today: Day },
): { readonly nextOn: Day } | { readonly why: "hard" | "action" | "exhausted" } {
  if (kind !== "soft") return { why: kind };
  const next = settings.days[tries];
  if (next === undefined) return { why: "exhausted" };
  const [byDue, tomorrow] = [plusDays(dueOn, next), plusDays(today, 1)];
  return { nextOn: byDue > tomorrow ? byDue : tomorrow };
}
