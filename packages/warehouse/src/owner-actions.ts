import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { balancesOf } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query, queryAll } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import { placeBook, placeOf } from "./books.ts";
import type { Content, ProductId } from "./model.ts";
import { type Gate, gateOf } from "./owner-gate.ts";
import type { OwnerRules, OwnerRulesEdit, OwnerRulesView, OwnerUse } from "./owner-model.ts";
import { mayStore, mayUseBin, useOf } from "./owner-rules.ts";
import { maySee } from "./owners.ts";
import type { ListedProduct, Product } from "./product-model.ts";
import { mlOf } from "./storage.ts";
import {
  binsOfWarehouse,
  contentKind,
  elevationOf,
  listedKind,
  listOf,
  ownerKind,
  owners,
  productsOf,
  warehousesOf,
} from "./store.ts";

/*
 * What owners may store (货主规则).
 *
 * | item           | key                | written by | W |
 * |----------------|--------------------|------------|---|
 * | rules of one   | `ownr` / `<company>` | edit     | 2 |
 *
 * Limits are judged by what the owner has, as its list tells it, and what its gate has let in since (owner-gate.ts), under the gate's revision: receipts at one moment never pass a limit together. What
 * goes out counts until the list knows. What a count finds or a return gives back is there whatever the limit, and counts for what comes next. Only an owner who has limits costs the reading of them, and what is read
 * is its own: it grows with the products it has here and with nothing else. The overview of all owners reads all that lies in the warehouses.
 */
export const ownerRulesKind = kindOf<OwnerRules>("ownr");
const rulesOfSpace = (scope: Scope) => partition(scope, "ownr");
const keyOf = (scope: Scope, company: string): Key => keyIn(rulesOfSpace(scope), company);
const none: OwnerUse = { bins: 0, units: 0, ml: 0 };

type Placed = Content & { readonly warehouse: string };
async function everything(scope: Scope): Promise<Placed[]> {
  const warehouses = await warehousesOf(scope);
  const all = await Promise.all(
    warehouses.map(async (one) =>
      (await elevationOf(scope, one)).contents.map((content) => ({ ...content, warehouse: one.id })),
    ),
  );
  return all.flat();
}

type Having = Pick<ListedProduct, "id" | "onHand">;

/** Products of an owner of which there is some, by its own list: one query, whatever the warehouses hold of others. */
async function having(scope: Scope, company: CompanyId): Promise<Having[]> {
  const page = await query(scope, listedKind, listOf(scope, company), {
    limit: Number.POSITIVE_INFINITY,
    consistent: true,
  });
  return page.items.filter(({ onHand }) => onHand > 0);
}

const unitsIn = (goods: readonly Having[]) => goods.reduce((sum, { onHand }) => sum + onHand, 0);

/** Their volume in millilitres, as far as sizes are known. */
async function mlIn(scope: Scope, goods: readonly Having[]): Promise<number> {
  const products = await productsOf(
    scope,
    goods.map(({ id }) => id as ProductId),
  );
  return goods.reduce((sum, { onHand }, at) => sum + onHand * mlOf(products[at]), 0);
}

/** The bins that hold some of them, by their own books: one query a product. */
async function binsIn(scope: Scope, company: CompanyId, goods: readonly Having[]): Promise<Set<string>> {
  const books = await Promise.all(
    goods.map(({ id }) => balancesOf(scope, placeBook(company, id as ProductId), { consistent: true })),
  );
  return new Set(
    books.flat().flatMap(({ account, available, held }) => {
      const at = placeOf(account);
      return at?.place === "bin" && available + held > 0 ? [placeName(at.warehouse, at.bin)] : [];
    }),
  );
}

/** What owners have now, all of them or one. */
async function usesOf(scope: Scope, contents: readonly Placed[]): Promise<ReadonlyMap<string, OwnerUse>> {
  const ids = [...new Set(contents.map(({ product }) => product))] as ProductId[];
  const products = await productsOf(scope, ids);
  const sizes = new Map(ids.map((id, at) => [id as string, mlOf(products[at])]));
  return useOf(contents, (product) => sizes.get(product) ?? 0);
}

const viewOf = (company: string, name: string, rules: Stored<OwnerRules> | undefined, use: OwnerUse) => ({
  ...{ company, name, classes: rules?.classes ?? [], mostBins: rules?.mostBins ?? null },
  ...{ mostUnits: rules?.mostUnits ?? null, mostMl: rules?.mostMl ?? null, use, rev: rules?.rev ?? 0 },
});

/** What each owner may store and has now. */
export async function listOwnerRules(scope: Scope): Promise<OwnerRulesView[]> {
  const [known, rules, contents] = await Promise.all([
    queryAll(scope, ownerKind, owners(scope)),
    queryAll(scope, ownerRulesKind, rulesOfSpace(scope)),
    everything(scope),
  ]);
  const uses = await usesOf(scope, contents);
  const named = new Map(known.map((one) => [one.company as string, one.name]));
  for (const { company } of rules)
    if (!named.has(company)) named.set(company, (await companyOf(scope, company))?.name ?? company);
  const byCompany = new Map(rules.map((one) => [one.company as string, one]));
  return [...named].map(([company, name]) => viewOf(company, name, byCompany.get(company), uses.get(company) ?? none));
}

/** What one owner may store and has now, for staff and itself. Refused: `missing`. */
export async function readOwnerRules(scope: Scope, company: CompanyId): Promise<Outcome<OwnerRulesView>> {
  const found = maySee(scope, company) ? await companyOf(scope, company) : undefined;
  if (!found) return refuse("missing");
  const [rules, goods] = await Promise.all([get(scope, ownerRulesKind, keyOf(scope, company)), having(scope, company)]);
  const [bins, ml] = await Promise.all([binsIn(scope, company, goods), mlIn(scope, goods)]);
  return accept(viewOf(company, found.name, rules, { bins: bins.size, units: unitsIn(goods), ml: Math.round(ml) }));
}

/** Says what an owner may store. What is there already stays, also beyond a limit. Refused: `missing`, `stale`. */
export async function editOwnerRules(
  scope: Scope,
  company: CompanyId,
  rev: number,
  edit: OwnerRulesEdit,
): Promise<Outcome<OwnerRulesView>> {
  const before = await readOwnerRules(scope, company);
  if (!before.ok) return before;
  const set: OwnerRules = { company, ...edit, classes: [...new Set(edit.classes)] };
  const write: Write = {
    ...{ do: "update", key: keyOf(scope, company), kind: ownerRulesKind, set, add: { rev: 1 }, tag: "stale" },
    when: [rev === 0 ? ["rev", "absent"] : ["rev", "=", rev]],
  };
  const answer: OwnerRulesView = { ...before.value, ...set, rev: rev + 1 };
  const outcome = await commit(scope, [write], { answer });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

const rulesFor = (scope: Scope, company: CompanyId) =>
  get(scope, ownerRulesKind, keyOf(scope, company), { consistent: false });

/** How often something is judged anew when the copies caught up while it was judged. */
const judgedMost = 3;

/** Judges by the gate and then the copies. What was counted in both, since the stream heard of it meanwhile, is judged anew before it is refused. */
async function judged(
  scope: Scope,
  company: CompanyId,
  judge: (gate: Gate) => Promise<Outcome<undefined>>,
): Promise<Outcome<Gate>> {
  let gate = await gateOf(scope, company);
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await judge(gate);
    if (outcome.ok) return accept(gate);
    const now = await gateOf(scope, company);
    const caughtUp = [...gate.pending.keys()].some((id) => !now.pending.has(id));
    if (!caughtUp || attempt === judgedMost) return outcome;
    gate = now;
  }
}

/**
 * Whether an owner may have these goods come in (预报、收货): the gate under which they do, none without limits. Half a read unit for an owner without rules. Refused: by the rule.
 */
export async function checkComing(
  scope: Scope,
  company: CompanyId,
  coming: readonly { readonly product: Product; readonly units: number }[],
): Promise<Outcome<Gate | undefined>> {
  const rules = await rulesFor(scope, company);
  if (!rules) return accept(undefined);
  const goods = coming.map(({ product, units }) => ({
    ...{ name: product.name, class: product.class ?? "general", units, ml: mlOf(product) },
  }));
  if (rules.mostUnits === null && rules.mostMl === null) {
    const allowed = mayStore(rules, none, goods);
    return allowed.ok ? accept(undefined) : allowed;
  }
  return judged(scope, company, async ({ pending }) => {
    const there = await having(scope, company);
    const ml = rules.mostMl === null ? 0 : await mlIn(scope, there);
    const sum = (what: "units" | "ml") => [...pending.values()].reduce((all, one) => all + (one[what] ?? 0), 0);
    const use = { ...none, units: unitsIn(there) + sum("units"), ml: Math.round(ml + sum("ml")) };
    return mayStore(rules, use, goods);
  });
}

/** Whether goods of an owner may go into a bin, by how many it uses: the gate under which they do, none without a limit. Refused: `owner.bins`. */
export async function checkBin(
  scope: Scope,
  company: CompanyId,
  to: { readonly warehouse: string; readonly bin: string },
): Promise<Outcome<Gate | undefined>> {
  const rules = await rulesFor(scope, company);
  if (!rules || rules.mostBins === null) return accept(undefined);
  return judged(scope, company, async ({ pending }) => {
    const inside = await queryAll(scope, contentKind, binsOfWarehouse(scope, to.warehouse), {
      prefix: `bin#${to.bin}#${company}#`,
    });
    if (inside.some(({ units }) => units > 0)) return accept(undefined);
    const bins = await binsIn(scope, company, await having(scope, company));
    for (const { bin } of pending.values()) if (bin !== undefined) bins.add(bin);
    return mayUseBin(rules, { ...none, bins: bins.size }, bins.has(placeName(to.warehouse, to.bin)));
  });
}

/** A bin as the gate names it. */
export const placeName = (warehouse: string, bin: string | undefined) => `${warehouse} ${bin ?? ""}`;
