import type { RawItem, Violation } from "@yihao/ledger/check";

/** Checks that every wait has its copy and the other way about, and that each company's count is how many it has. */
export function checkWaits(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const waits = new Set<string>();
  const copies = new Set<string>();
  const held = new Map<string, number>();
  const counted = new Map<string, number>();
  for (const item of items) {
    const space = String(item.pk).split("#", 1)[0] ?? "";
    if (item.k === "wait") {
      waits.add(`${space} ${String(item.id)}`);
      const key = `${space}#waitn#${String(item.company)}`;
      held.set(key, (held.get(key) ?? 0) + 1);
    } else if (item.k === "waitof") copies.add(`${space} ${String(item.id)}`);
    else if (item.k === "waitn") counted.set(String(item.pk), Number(item.n));
  }
  for (const one of waits) if (!copies.has(one)) say("wait.copy", one, "copy", null);
  for (const one of copies) if (!waits.has(one)) say("wait.of-copy", one, null, "copy");
  for (const key of new Set([...held.keys(), ...counted.keys()]))
    if ((held.get(key) ?? 0) !== (counted.get(key) ?? 0))
      say("wait.count", key, held.get(key) ?? 0, counted.get(key) ?? 0);
  return violations;
}
