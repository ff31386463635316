/**
 * Items of tariffs (仓储与作业价目).
 *
 * | item    | key              | written by                | units | size   |
 * |---------|------------------|---------------------------|-------|--------|
 * | tariff  | `tariff`, `<id>` | added, ended              | 2     | 0.5 kB |
 * | guard   | `tariff`, `-`    | the same commits          | 2     | 0.1 kB |
 *
 * There are few: what holds for a company is one query. The guard's revision is what two additions race for, so that no two hold for the same company and month.
 */
import type { Month } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { overlaps } from "./tariff.ts";
import type { NewTariff, Tariff } from "./tariff-model.ts";

const tariffKind = kindOf<Tariff>("tariff");
const guardKind = kindOf<{ count: number }>("tariff-guard");
const tariffKey = (scope: Scope, id: string) => keyIn(partition(scope, "tariff"), id);
const guardKey = (scope: Scope) => keyIn(partition(scope, "tariff-guard"));

/** Every tariff of the space, those that ended too. One query. */
export const tariffsOf = (
  scope: Scope,
  options: { consistent?: boolean } = { consistent: true },
): Promise<Stored<Tariff>[]> => queryAll(scope, tariffKind, partition(scope, "tariff"), options);

async function guard(scope: Scope): Promise<Write> {
  const kept = await get(scope, guardKind, guardKey(scope));
  return kept
    ? replace(guardKey(scope), guardKind, { count: kept.count + 1 }, kept.rev, "guard")
    : insert(guardKey(scope), guardKind, { count: 1 }, "guard");
}

/**
 * Adds a tariff from a month to come on, so that nothing that was charged is priced anew. `month` is the present one. Refused as `tariff.begun` {month} when it would hold earlier, and `tariff.overlap` {name}
 * when another holds for the same company, or for all, in one of its months.
 */
export async function addTariff(
  scope: Scope,
  wish: NewTariff,
  month: Month,
): Promise<Outcome<Stored<Tariff>, "tariff.begun" | "tariff.overlap" | "stale">> {
  if (wish.from <= month || (wish.until !== undefined && wish.until <= wish.from))
    return refuse("tariff.begun", { month });
  for (;;) {
    const race = await guard(scope);
    const other = (await tariffsOf(scope)).find((one) => overlaps(one, wish));
    const tariff: Tariff = { ...wish, id: idFor(scope, "trf") };
    if (other && other.id !== tariff.id) return refuse("tariff.overlap", { name: other.name });
    const told = happened(scope, "tariff.changed", tariff.id, { before: null, after: tariff });
    const writes = [race, insert(tariffKey(scope, tariff.id), tariffKind, tariff, "tariff"), told];
    const outcome = await commit(scope, writes, { answer: { ...tariff, rev: 1 } });
    if (outcome.done) return accept(outcome.answer);
    if (!("guard" in outcome.lost)) return refuse("stale");
  }
}

/** Ends a tariff before a month to come. Refused as `missing`, `stale` and `tariff.begun` {month} when it would have ended by now. */
export async function endTariff(
  scope: Scope,
  id: string,
  until: Month,
  facts: { readonly month: Month; readonly rev: number },
): Promise<Outcome<Stored<Tariff>, "missing" | "stale" | "tariff.begun">> {
  const kept = (await tariffsOf(scope)).find((one) => one.id === id);
  if (!kept) return refuse("missing");
  const { rev, ...before } = kept;
  if (rev !== facts.rev) return refuse("stale", { current: rev });
  const past = before.until !== undefined && before.until <= facts.month;
  if (past || until <= facts.month || until < before.from || (before.until !== undefined && until > before.until))
    return refuse("tariff.begun", { month: facts.month });
  const after: Tariff = { ...before, until };
  const told = happened(scope, "tariff.changed", id, { before, after });
  const outcome = await commit(scope, [replace(tariffKey(scope, id), tariffKind, after, rev), told], {
    answer: { ...after, rev: rev + 1 },
  });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}
