import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { keyIn } from "@yihao/table/key";
import { get } from "@yihao/table/read";
import { overwrite, type Write } from "@yihao/table/write";
import { gtin14 } from "./gtin.ts";
import type { BatchAnswer, ImportFault, ProductRow } from "./import-model.ts";
import { ownerFor } from "./owners.ts";
import { packGtins } from "./packaging.ts";
import { codesTaken, gtinsOf, newProduct, productWrites, taken } from "./product-actions.ts";
import type { Product } from "./product-model.ts";
import { ownerKind, owners } from "./store.ts";

/** Writes of one commit at most, beside its receipt. */
const writesMost = 99;
/** Commits under way at one time. */
const parallel = 4;

type Fresh = { readonly row: ProductRow; readonly product: Product; readonly writes: Write[] };

/** The owner's own item, so that staff can choose them; written once, not by every row. */
async function knownOwner(scope: Scope, company: CompanyId): Promise<void> {
  const key = keyIn(owners(scope), company);
  if (await get(scope, ownerKind, key, { consistent: false })) return;
  const name = (await companyOf(scope, company, { consistent: false }))?.name ?? company;
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  await commit(unsigned, [overwrite(key, ownerKind, { company, name })], { answer: null });
}

/** Products that fit into one commit together, in the order of their rows: the same rows always make the same commits. */
function packed(all: readonly Fresh[]): Fresh[][] {
  const packs: Fresh[][] = [];
  let weight = writesMost + 1;
  for (const one of all) {
    weight += one.writes.length;
    if (weight > writesMost) {
      packs.push([]);
      weight = one.writes.length;
    }
    packs.at(-1)?.push(one);
  }
  return packs;
}

const faultOf = (row: number, column: string, reason: string, value: unknown): ImportFault => ({
  ...{ row, column, reason },
  value: String(value ?? "").slice(0, 60),
});

async function write(scope: Scope, company: CompanyId, pack: readonly Fresh[]): Promise<ImportFault[]> {
  const [first] = pack;
  const step = stepOf(scope, `products ${first?.row.row ?? 0} ${pack.length}`);
  const outcome = await commit(
    step,
    pack.flatMap(({ writes }) => writes),
    { answer: null },
  );
  if (outcome.done) return [];
  if (pack.length > 1) {
    const faults: ImportFault[] = [];
    for (const one of pack) faults.push(...(await write(scope, company, [one])));
    return faults;
  }
  const refused = taken(outcome.lost, company);
  const { code, params } = refused.ok ? { code: "conflict", params: {} } : refused.refusal;
  const { of = "code", value } = params as { of?: string; value?: unknown };
  return first ? [faultOf(first.row.row, columnOf(first.row, of, value), code, value)] : [];
}

/** The column in which a row says what is held already: its own code or GTIN, or the GTIN of its case or of another pack. */
const columnOf = (row: ProductRow, of: string, value: unknown): string => {
  const at = row.packs?.findIndex(({ gtin }) => gtin !== undefined && gtin14(gtin) === String(value)) ?? -1;
  return of !== "gtin" || at < 0 ? of : at === 0 ? "caseGtin" : "packs";
};

/** A GTIN that is held, as the row has it. */
const asWritten = ({ gtin, packs }: ProductRow, held: { of: string; value: string }): string =>
  held.of === "code"
    ? held.value
    : ([...(gtin ? [gtin] : []), ...packGtins(packs)].find((one) => gtin14(one) === held.value) ?? held.value);

/** What a row is refused for whose code or a GTIN of which stands further up in the batch; notes them otherwise. */
function repeatedIn(seen: Map<string, number>, row: ProductRow, product: Product): ImportFault | undefined {
  const own = [
    { of: "code", value: product.code.toUpperCase() },
    ...gtinsOf(product).map((value) => ({ of: "gtin", value })),
  ];
  const held = own.find(({ of, value }) => seen.has(`${of} ${value}`));
  if (held)
    return faultOf(row.row, columnOf(row, held.of, held.value), "row.repeated", seen.get(`${held.of} ${held.value}`));
  for (const { of, value } of own) seen.set(`${of} ${value}`, row.row);
  return undefined;
}

/** What is wrong with a row that makes no product. */
function wrongOf(row: ProductRow, { code, params }: { code: string; params: Readonly<Record<string, unknown>> }) {
  if (code === "packs.same") return faultOf(row.row, "caseUnits", code, params.units);
  return faultOf(row.row, params.gtin === row.gtin ? "gtin" : "caseGtin", code, params.gtin);
}

/**
 * Brings in products of an owner (导入货品), each whole or not at all; sent again it adds nothing and gives the same answer. Faults: `gtin.invalid`, `row.repeated` for a code or GTIN that stands further up in
 * the batch, and `product.taken` for one that the owner has already. With `dry` nothing is written.
 */
export async function importProducts(
  scope: Scope,
  wish: { company?: string | undefined; dry?: boolean | undefined; rows: readonly ProductRow[] },
): Promise<Outcome<BatchAnswer>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  const faults: ImportFault[] = [];
  const fresh: Fresh[] = [];
  const seen = new Map<string, number>();
  for (const row of wish.rows) {
    const { row: _row, ...facts } = row;
    const decided = newProduct(company, idFor(scope, "prd", `row ${row.row}`), facts);
    const twice = decided.ok ? repeatedIn(seen, row, decided.value) : undefined;
    if (!decided.ok) faults.push(wrongOf(row, decided.refusal));
    else if (twice) faults.push(twice);
    else fresh.push({ row, product: decided.value, writes: productWrites(scope, decided.value) });
  }
  if (wish.dry) {
    const known = await codesTaken(
      scope,
      company,
      fresh.map(({ product }) => product),
    );
    for (const { row, product } of fresh) {
      const held = known(product);
      if (held)
        faults.push(faultOf(row.row, columnOf(row, held.of, held.value), "product.taken", asWritten(row, held)));
    }
  } else {
    await knownOwner(scope, company);
    const packs = packed(fresh);
    for (let start = 0; start < packs.length; start += parallel)
      faults.push(
        ...(await Promise.all(packs.slice(start, start + parallel).map((pack) => write(scope, company, pack)))).flat(),
      );
  }
  const wrong = new Set(faults.map(({ row }) => row));
  return accept({ done: wish.rows.length - wrong.size, faults: faults.sort((a, b) => a.row - b.row) });
}
