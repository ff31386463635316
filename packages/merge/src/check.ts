import type { RawItem, Violation } from "@yihao/ledger/check";

type Merged = { readonly id: string; readonly merged?: { readonly done: boolean } };
/** Kinds of items that say whose they are, and move with a company. */
const owned = new Set([
  ...["chg", "bok", "row", "vis", "wait", "waitof", "asked"],
  ...[
    "bill",
    "pay",
    "opening",
    "crn",
    "rfd",
    "dep",
    "dpd",
    "dun",
    "rdc",
    "fpq",
    "doc",
    "agr",
    "agrrow",
    "tik",
    "par",
    "annev",
  ],
  ...["prd", "prdl", "own", "asn", "ord", "ret", "plt", "trf", "kit", "face", "cnt", "batch", "stks", "insight-low"],
]);

/** What does not hold of companies and accounts that were merged into others: once all is moved, none of their things, people or money is left behind. */
export function checkMerges(items: Iterable<RawItem>): Violation[] {
  const all = [...items];
  const merged = new Set(
    all.flatMap((item) => {
      const { id, merged: into } = item as unknown as Merged;
      return item.k === "cmp" && into?.done ? [`${String(item.pk).split("#", 1)[0]} ${id}`] : [];
    }),
  );
  const violations: Violation[] = [];
  const say = (rule: string, where: string, found: unknown) =>
    violations.push({ rule, where, expected: "nothing", found });
  checkPeople(all, say);
  if (merged.size === 0) return violations;
  for (const item of all) {
    const space = String(item.pk).split("#", 1)[0];
    const has = (company: unknown) => merged.has(`${space} ${String(company)}`);
    // What stands on a bill with a number stays as it was printed.
    if (owned.has(String(item.k)) && has(item.company) && !(item.k === "chg" && item.invoice))
      say("merge.leaves-nothing", String(item.pk), item.k);
    if (item.k === "member")
      for (const { company } of (item.companies ?? []) as { company: string }[])
        if (has(company)) say("merge.leaves-nobody", String(item.sk), company);
    if (item.k === "bal" && String(item.book).startsWith("credit/") && has(String(item.book).slice("credit/".length)))
      for (const account of ["a:company", "a:booked"])
        if (Number(item[account] ?? 0) !== 0) say("merge.leaves-no-credits", String(item.pk), item[account]);
    const [goods, owner] = String(item.book).split("/");
    if (item.k === "bal" && (goods === "promise" || goods === "place") && has(owner))
      for (const [name, units] of Object.entries(item))
        if (/^[ah](:|$)/.test(name) && units !== 0) say("merge.leaves-no-goods", String(item.pk), `${name} ${units}`);
    if (item.k === "feed" && has(item.side)) say("merge.leaves-nothing", String(item.pk), "a feed");
    if (item.k === "ser" && item.state === "booked" && has(item.company))
      say("merge.leaves-nothing", String(item.pk), "a series");
    if (item.k === "res" && ((item.leases ?? []) as { company: string }[]).some(({ company }) => has(company)))
      say("merge.leaves-nothing", String(item.pk), "a lease");
    if (item.k === "bal" && String(item.book).startsWith("money/") && has(String(item.book).slice("money/".length)))
      for (const [name, amount] of Object.entries(item))
        if (name.startsWith("a:") && amount !== 0) say("merge.leaves-no-money", String(item.pk), `${name} ${amount}`);
  }
  return violations;
}

/** Kinds of items that say which person has them, and move with an account. */
const ofPerson = new Set(["member", "place", "bok", "ser", "trn", "wait", "waitof"]);

/** An account that was merged into another has nothing left in the space once all is moved. */
function checkPeople(all: readonly RawItem[], say: (rule: string, where: string, found: unknown) => void): void {
  const gone = new Set(
    all.flatMap((item) =>
      item.k === "gone" && item.doneAt ? [`${String(item.pk).split("#", 1)[0]} ${item.person}`] : [],
    ),
  );
  if (gone.size === 0) return;
  for (const item of all)
    if (ofPerson.has(String(item.k)) && gone.has(`${String(item.pk).split("#", 1)[0]} ${String(item.person)}`))
      say("merge.leaves-no-person", String(item.pk), item.k);
}
