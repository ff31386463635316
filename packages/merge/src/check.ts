import type { RawItem, Violation } from "@yihao/ledger/check";

type Merged = { readonly id: string; readonly merged?: { readonly done: boolean } };
/** Kinds of items that say whose they are, and move with a company. */
const owned = new Set(["bill", "pay", "opening", "doc", "agr", "agrrow", "tik", "par"]);

/** What does not hold of companies that were merged into others: once all is moved, none of their things, people or money is left behind. */
export function checkMerges(items: Iterable<RawItem>): Violation[] {
  const all = [...items];
  const merged = new Set(
    all.flatMap((item) => {
      const { id, merged: into } = item as unknown as Merged;
      return item.k === "cmp" && into?.done ? [`${String(item.pk).split("#", 1)[0]} ${id}`] : [];
    }),
  );
  if (merged.size === 0) return [];
  const violations: Violation[] = [];
  const say = (rule: string, where: string, found: unknown) =>
    violations.push({ rule, where, expected: "nothing", found });
  for (const item of all) {
    const space = String(item.pk).split("#", 1)[0];
    const has = (company: unknown) => merged.has(`${space} ${String(company)}`);
    if (owned.has(String(item.k)) && has(item.company)) say("merge.leaves-nothing", String(item.pk), item.k);
    if (item.k === "member")
      for (const { company } of (item.companies ?? []) as { company: string }[])
        if (has(company)) say("merge.leaves-nobody", String(item.sk), company);
    if (item.k === "bal" && String(item.book).startsWith("money/") && has(String(item.book).slice("money/".length)))
      for (const [name, amount] of Object.entries(item))
        if (name.startsWith("a:") && amount !== 0) say("merge.leaves-no-money", String(item.pk), `${name} ${amount}`);
  }
  return violations;
}
