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
import { type Gate, gateOf } from "./owner-gate.ts";
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
 * Limits are judged by what lies in the warehouses as the copies tell it and what its gate has let in since (owner-gate.ts), under the gate's revision: receipts at one moment never pass a limit together. What
 * goes out counts until the copies know. What a count finds or a return gives back is there whatever the limit, and counts for what comes next. Only an owner who has limits costs the reading of them.
 */
export const ownerRulesKind = kindOf<OwnerRules>("ownr");
const rulesOfSpace = (scope: Scope) => partition(scope, "ownr");
const keyOf = (scope: Scope, company: string): Key => keyIn(rulesOfSpace(scope), company);
const none: OwnerUse = { bins: 0, units: 0, ml: 0 };

type Placed = Content & { readonly warehouse: string };
async function everything(scope: Scope, consistent = false): Promise<Placed[]> {
  const warehouses = await warehousesOf(scope);
  const all = await Promise.all(
    warehouses.map(async (one) =>
      (await elevationOf(scope, one, consistent)).contents.map((content) => ({ ...content, warehouse: one.id })),
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

/** How often something is judged anew when the copies caught up while it was judged. */
const judgedMost = 3;

/** Judges by the gate and then the copies. What was counted in both, since the stream heard of it meanwhile, is judged anew before it is refused. */
async function judged(
  scope: Scope,
  company: CompanyId,
  judge: (gate: Gate, contents: readonly Placed[]) => Promise<Outcome<undefined>>,
): Promise<Outcome<Gate>> {
  let gate = await gateOf(scope, company);
  for (let attempt = 1; ; attempt += 1) {
    const contents = (await everything(scope, true)).filter((one) => one.company === company);
    const outcome = await judge(gate, contents);
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
  return judged(scope, company, async ({ pending }, contents) => {
    const { bins, units, ml } = (await usesOf(scope, contents)).get(company) ?? none;
    const sum = (what: "units" | "ml") => [...pending.values()].reduce((all, one) => all + (one[what] ?? 0), 0);
    return mayStore(rules, { bins, units: units + sum("units"), ml: Math.round(ml + sum("ml")) }, goods);
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
  return judged(scope, company, async ({ pending }, contents) => {
    const bins = new Set(contents.flatMap((one) => (one.place === "bin" ? [placeName(one.warehouse, one.bin)] : [])));
    for (const { bin } of pending.values()) if (bin !== undefined) bins.add(bin);
    return mayUseBin(rules, { ...none, bins: bins.size }, bins.has(placeName(to.warehouse, to.bin)));
  });
}

/** A bin as the gate names it. */
export const placeName = (warehouse: string, bin: string | undefined) => `${warehouse} ${bin ?? ""}`;
