import type { RawItem, Violation } from "@yihao/ledger/check";
import type { StoredVisitor } from "./visitor-store.ts";

/**
 * Compares every visit with itself and with its company's list: what was erased holds no personal data and no pass, its state agrees with its times, and a
 * company lists exactly its own. Takes all items of one or many spaces.
 */
export function checkVisitors(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const wanted = new Set<string>();
  const listed = new Set<string>();
  for (const item of items) {
    const [pk, sk] = [String(item.pk), String(item.sk)];
    const space = pk.split("#", 1)[0] ?? "";
    if (item.k === "visof") listed.add(`${pk} ${sk}`);
    if (item.k !== "vis") continue;
    const visit = item as unknown as StoredVisitor;
    const where = `${pk} ${sk}`;
    if (visit.company) wanted.add(`${space}#visof#${visit.company} ${visit.id}`);
    if (pk !== `${space}#vis#${visit.day}`) say("visitor.on-its-day", where, visit.day, pk);
    const kept = [visit.guest, visit.hostName, visit.hash].filter((one) => one !== undefined).length;
    if (visit.erasedAt !== undefined && kept > 0) say("visitor.erased", where, 0, kept);
    if (visit.erasedAt === undefined && !visit.guest) say("visitor.guest", where, "a guest", null);
    const came = visit.state === "here" || visit.state === "left";
    if (came !== (visit.arrivedAt !== undefined)) say("visitor.arrived", where, came, visit.arrivedAt ?? null);
    if ((visit.state === "left") !== (visit.leftAt !== undefined))
      say("visitor.left", where, visit.state, visit.leftAt ?? null);
    if (visit.leftAt !== undefined && visit.leftAt < (visit.arrivedAt ?? ""))
      say("visitor.left-after", where, visit.arrivedAt, visit.leftAt);
  }
  for (const key of wanted) if (!listed.has(key)) say("visitor.listed", key, 1, 0);
  for (const key of listed) if (!wanted.has(key)) say("visitor.listed", key, 0, 1);
  return violations;
}
