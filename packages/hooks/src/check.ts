import type { RawItem, Violation } from "@yihao/ledger/check";
import { type Look, lookTimer, type StoredDelivery } from "./store.ts";

const spaceOf = ({ pk }: RawItem) => String(pk).split("#", 1)[0] ?? "";

/** What must hold of webhooks: the number of endpoints is the one that is counted, each has its secrets, and each delivery that waits has the timer that looks after its last attempt, so that none is forgotten. */
export function checkHooks(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const of = (kind: string) => items.filter(({ k }) => k === kind);
  const named = (kind: string) => new Set(of(kind).map((item) => `${spaceOf(item)} ${String(item.sk)}`));
  const [hooks, secrets] = [named("hook"), named("hook-secrets")];
  const count = new Map<string, number>();
  for (const name of hooks) {
    const space = name.split(" ", 1)[0] ?? "";
    count.set(space, (count.get(space) ?? 0) + 1);
    if (!secrets.has(name)) violations.push({ rule: "hook.secrets", where: name, expected: "secrets", found: null });
  }
  const counted = new Map(of("hook-count").map((item) => [spaceOf(item), Number(item.count)]));
  for (const space of new Set([...count.keys(), ...counted.keys()])) {
    const [expected, found] = [count.get(space) ?? 0, counted.get(space) ?? 0];
    if (expected !== found) violations.push({ rule: "hook.counted", where: space, expected, found });
  }
  const looks = new Set(
    of("due").flatMap((item) => {
      const { hook, delivery, attempt } = (item.data ?? {}) as Partial<Look>;
      return item.type === lookTimer ? [`${hook} ${delivery} ${attempt}`] : [];
    }),
  );
  for (const item of of("hook-out")) {
    const { state, id, attempts } = item as unknown as StoredDelivery;
    const hook = String(item.pk).split("#")[2] ?? "";
    if (state !== "waiting" || looks.has(`${hook} ${id} ${attempts}`)) continue;
    violations.push({ rule: "hook.looked-after", where: `${String(item.pk)} ${id}`, expected: "a timer", found: null });
  }
  return violations;
}
