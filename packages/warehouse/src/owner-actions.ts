import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { Content, ProductId } from "./model.ts";
import type { OwnerRules, OwnerRulesEdit, OwnerRulesView, OwnerUse } from "./owner-model.ts";
import { mayStore, mayUseBin, useOf } from "./owner-rules.ts";
import { maySee } from "./owners.ts";
import type { Product } from "./product-model.ts";
import { mlOf } from "./storage.ts";
import { elevationOf, ownerKind, owners, productsOf, warehousesOf } from "./store.ts";

/*
 * What owners may store (货主规则).
 *
 * | item           | key                | written by | W |
 * |----------------|--------------------|------------|---|
 * | rules of one   | `ownr` / `<company>` | edit     | 2 |
 *
 * Limits are judged by what lies in the warehouses as the copies tell it: what two receipts bring at one moment may pass the limit together, and the next one is refused. Only an owner who has limits
 * costs the reading of them.
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
  const [rules, contents] = await Promise.all([
    get(scope, ownerRulesKind, keyOf(scope, company)),
    everything(scope).then((all) => all.filter((one) => one.company === company)),
  ]);
  const uses = await usesOf(scope, contents);
  return accept(viewOf(company, found.name, rules, uses.get(company) ?? none));
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

/** Whether an owner may have these goods come in (预报、收货). Half a read unit for an owner without rules. Refused: by the rule. */
export async function checkComing(
  scope: Scope,
  company: CompanyId,
  coming: readonly { readonly product: Product; readonly units: number }[],
): Promise<Outcome<undefined>> {
  const rules = await rulesFor(scope, company);
  if (!rules) return accept(undefined);
  const limited = rules.mostUnits !== null || rules.mostMl !== null;
  const contents = limited ? (await everything(scope)).filter((one) => one.company === company) : [];
  const use = (await usesOf(scope, contents)).get(company) ?? none;
  return mayStore(
    rules,
    use,
    coming.map(({ product, units }) => ({
      ...{ name: product.name, class: product.class ?? "general", units, ml: mlOf(product) },
    })),
  );
}

/** Whether goods of an owner may go into a bin, by how many it uses. Refused: `owner.bins`. */
export async function checkBin(
  scope: Scope,
  company: CompanyId,
  to: { readonly warehouse: string; readonly bin: string },
): Promise<Outcome<undefined>> {
  const rules = await rulesFor(scope, company);
  if (!rules || rules.mostBins === null) return accept(undefined);
  const contents = (await everything(scope)).filter((one) => one.company === company && one.place === "bin");
  const already = contents.some((one) => one.warehouse === to.warehouse && one.bin === to.bin);
  const use = useOf(contents, () => 0).get(company) ?? none;
  return mayUseBin(rules, use, already);
}
