import { dayOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { queryAll } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import { topLists } from "./analysis.ts";
import {
  flowKey,
  flowKind,
  flowsOf,
  ownerFiguresKey,
  sheetKey,
  sheetKind,
  stockDayKey,
  stockDayKind,
  topKey,
} from "./analysis-store.ts";
import { stockZone } from "./stock-run.ts";

const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });
const write = async (scope: Scope, writes: readonly Write[]) =>
  void (await commit(unsigned(scope), writes, { answer: null }));

/**
 * Gives the figures of an owner's stock to another: flows and sheets of its products, and what it had on each past day added to what the other had, so that the space's sums stay. The other's own figures are worked
 * out anew. Safe to run again: what went over is gone from the first.
 */
export async function moveFigures(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  for (const flow of await queryAll(scope, flowKind, flowsOf(scope, from), { prefix: "m#", consistent: true })) {
    const { product, month } = flow;
    const units = Object.entries(flow).flatMap(([name, value]) =>
      /^[ioa]:\d\d$/.test(name) ? [[name, Number(value)] as const] : [],
    );
    const same = units.map(([name, value]) => [name, "=", value] as const);
    await write(scope, [
      { do: "delete", key: flowKey(scope, from, month, product), when: same, tag: "flow" },
      {
        ...{ do: "update", key: flowKey(scope, into, month, product), kind: flowKind },
        ...{ set: { product, month }, add: Object.fromEntries(units) },
      },
    ]);
  }
  for (const { rev, ...sheet } of await queryAll(scope, sheetKind, flowsOf(scope, from), { prefix: "p#" }))
    await write(scope, [
      { do: "delete", key: sheetKey(scope, from, sheet.product), when: [["rev", "=", rev]], tag: "sheet" },
      insert(sheetKey(scope, into, sheet.product), sheetKind, sheet),
    ]);
  for (const { day, units, valueMinor, fifoMinor, products } of await queryAll(
    scope,
    stockDayKind,
    flowsOf(scope, from),
    { prefix: "r#" },
  ))
    await write(scope, [
      { do: "delete", key: stockDayKey(scope, from, day), when: [["pk", "present"]], tag: "day" },
      {
        ...{ do: "update", key: stockDayKey(scope, into, day), kind: stockDayKind, set: { day } },
        add: { units, valueMinor, fifoMinor, products },
      },
    ]);
  const zone = await stockZone(scope);
  await write(scope, [
    ...topLists.map((list): Write => ({ do: "delete", key: topKey(scope, from, list) })),
    { do: "delete", key: ownerFiguresKey(scope, from) },
    dueAt(scope, scope.now, "warehouse.stock-run", into, { day: plusDays(dayOf(scope.now, zone), -1) }),
  ]);
}
