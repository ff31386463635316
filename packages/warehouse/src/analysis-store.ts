/**
 * Items behind the analysis and valuation of stock. W are write units.
 *
 * | item                    | key                                  | written by                              | W |
 * |-------------------------|--------------------------------------|-----------------------------------------|---|
 * | flow of a month         | `flo#<company>` / `m#<month>#<product>` | reaction: receive, ship, adjust       | 2 |
 * | moves at a bin on a day | `whf#<wh>` / `<day>#<bin>`           | reaction: goods come in or leave        | 2 |
 * | state at a day's end    | `prd#<id>` / `val#<day>`             | the nightly run, of products that moved | 2 |
 * | sheet of a product      | `flo#<company>` / `p#<product>`      | the run, where a figure changed         | 2 |
 * | total of a day          | `flo#<company>` / `r#<day>`          | the run                                 | 2 |
 * | top of each list        | `flo#<company>` / `top#<list>`       | the run                                 | 2 a kB |
 * | figures of an owner     | `stks` / company                     | the run                                 | 2 a kB |
 *
 * A flow has one attribute a day and direction (`i:07` came in, `o:07` left for customers, `a:07` found or lost), so that a year of a product is at most
 * twelve items. Only transfers say what a state is: a flow tells which products to look at, and what was issued.
 */
import type { Day, Month } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import type { Update } from "@yihao/table/write";
import type { Left, Sheet, TopList } from "./analysis.ts";
import type { OwnerFigures, SheetView, StockDay } from "./analysis-model.ts";
import type { StockState } from "./valuation.ts";

export type Flow = { readonly product: string; readonly month: Month } & Readonly<Record<string, unknown>>;
export type KeptSheet = Sheet & {
  readonly byValue?: string;
  readonly byUnits?: string;
  /** What is there by the day it came. */
  readonly left: readonly Left[];
  /** The last ended day of which the product's state is kept. */
  readonly kept?: Day | undefined;
  /** The day of movements that were counted while it was under way. */
  readonly during?: Day | undefined;
};

export const flowKind = kindOf<Flow>("flow");
export const sheetKind = kindOf<KeptSheet>("sht");
export const stockDayKind = kindOf<StockDay>("sday");
export const topKind = kindOf<{ rows: SheetView[] }>("stop");
export const ownerFiguresKind = kindOf<OwnerFigures>("stks");
export const stateKind = kindOf<StockState>("sval");
export const binFlowKind = kindOf<{ bin: string; n: number }>("bflow");

export const flowsOf = (scope: Scope, company: string) => partition(scope, "flo", company);
export const flowKey = (scope: Scope, company: string, month: Month, product: string): Key =>
  keyIn(flowsOf(scope, company), "m", month, product);
export const sheetKey = (scope: Scope, company: string, product: string): Key =>
  keyIn(flowsOf(scope, company), "p", product);
export const stockDayKey = (scope: Scope, company: string, day: Day): Key => keyIn(flowsOf(scope, company), "r", day);
export const topKey = (scope: Scope, company: string, list: TopList): Key =>
  keyIn(flowsOf(scope, company), "top", list);
export const ownersFigures = (scope: Scope) => partition(scope, "stks");
export const ownerFiguresKey = (scope: Scope, company: string): Key => keyIn(ownersFigures(scope), company);
export const statesOf = (scope: Scope, product: string) => partition(scope, "prd", product);
export const stateKey = (scope: Scope, product: string, day: Day): Key => keyIn(statesOf(scope, product), "val", day);
export const binFlowsOf = (scope: Scope, warehouse: string) => partition(scope, "whf", warehouse);

/** The write that counts a change of what is on hand to its day. `way`: came in, left for a customer, or was found or lost. */
export function countFlow(
  scope: Scope,
  company: string,
  product: string,
  day: Day,
  way: "i" | "o" | "a",
  units: number,
): Update {
  const month = day.slice(0, 7);
  return {
    do: "update",
    key: flowKey(scope, company, month, product),
    kind: flowKind,
    set: { product, month },
    add: { [`${way}:${day.slice(8)}`]: units },
  };
}

/** The write that counts a move at a bin. */
export function countAtBin(scope: Scope, warehouse: string, bin: string, day: Day): Update {
  return {
    do: "update",
    key: keyIn(binFlowsOf(scope, warehouse), day, bin),
    kind: binFlowKind,
    set: { bin },
    add: { n: 1 },
  };
}
