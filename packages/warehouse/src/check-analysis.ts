import { type Day, dayOf } from "@yihao/kernel/days";
import type { RawItem, Violation } from "@yihao/ledger/check";
import { placeOf } from "./books.ts";

const wayOf = (from: string, to: string) =>
  to === "customer" ? "o" : from === "supplier" || from === "opening" ? "i" : "a";

/**
 * What the analysis of stock is made from, over every item of the table: a state that was kept at a day's end is the sum of the transfers up to then; and (a copy,
 * which follows the stream) each day's flow is the sum of its transfers, from the day after a space's first flow on.
 */
export function checkAnalysis(items: Iterable<RawItem>, options: { copies?: boolean } = {}): Violation[] {
  const zones = new Map<string, string>();
  const since = new Map<string, string>();
  const transfers: { space: string; product: string; at: string; from: string; to: string; amount: number }[] = [];
  const flows = new Map<string, number>();
  const firsts = new Map<string, Day>();
  const states: { space: string; product: string; day: Day; units: number }[] = [];
  for (const item of items) {
    const [space = "", kind, a = "", , c = ""] = String(item.pk).split("#");
    const opened = `${String(item.since)} ${String(item.id)}`;
    if (item.k === "whs" && opened < (since.get(space) ?? "~")) {
      zones.set(space, String(item.zone));
      since.set(space, opened);
    } else if (item.k === "xfr" && kind === "book" && a === "place")
      transfers.push({
        ...{ space, product: c, at: String(item.at), amount: Number(item.amount) },
        ...{ from: String(item.from), to: String(item.to) },
      });
    else if (item.k === "sval") states.push({ space, product: a, day: String(item.day), units: Number(item.units) });
    else if (item.k === "flow")
      for (const [name, units] of Object.entries(item)) {
        const [, way, date] = /^([ioa]):(\d\d)$/.exec(name) ?? [];
        if (way === undefined) continue;
        const day = `${String(item.month)}-${date}`;
        flows.set(`${space} ${String(item.product)} ${day} ${way}`, Number(units));
        const first = firsts.get(space);
        if (first === undefined || day < first) firsts.set(space, day);
      }
  }
  const byProduct = new Map<string, { day: Day; change: number }[]>();
  const moved = new Map<string, number>();
  for (const { space, product, at, from, to, amount } of transfers) {
    const change = (placeOf(to) ? amount : 0) - (placeOf(from) ? amount : 0);
    if (change === 0) continue;
    const day = dayOf(at, zones.get(space) ?? "Asia/Shanghai");
    const key = `${space} ${product}`;
    byProduct.set(key, [...(byProduct.get(key) ?? []), { day, change }]);
    const way = wayOf(from, to);
    const flow = `${key} ${day} ${way}`;
    moved.set(flow, (moved.get(flow) ?? 0) + (way === "o" ? amount : change));
  }
  const violations: Violation[] = [];
  for (const { space, product, day, units } of states) {
    const steps = byProduct.get(`${space} ${product}`) ?? [];
    const expected = steps.reduce((sum, step) => sum + (step.day <= day ? step.change : 0), 0);
    if (expected !== units)
      violations.push({
        rule: "warehouse.state-is-transfers",
        where: `${space} ${product} ${day}`,
        expected,
        found: units,
      });
  }
  if (options.copies === false) return violations;
  for (const key of new Set([...moved.keys(), ...flows.keys()])) {
    const [space = "", , day = ""] = key.split(" ");
    if (day <= (firsts.get(space) ?? "")) continue;
    const [expected, found] = [moved.get(key) ?? 0, flows.get(key) ?? 0];
    if (expected !== found) violations.push({ rule: "warehouse.flow-is-transfers", where: key, expected, found });
  }
  return violations;
}
