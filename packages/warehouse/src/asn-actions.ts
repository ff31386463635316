import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { keyIn } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { insert, type Write } from "@yihao/table/write";
import type { z } from "zod";
import { parseAsnCsv } from "./asn-csv.ts";
import type { ArriveSchema, Asn, AsnCheck, AsnLine, AsnView, ListedAsn, NewAsn, RowError } from "./asn-model.ts";
import { asnDifference, asnState } from "./asn-state.ts";
import type { ProductId, WarehouseEvents } from "./model.ts";
import { checkComing } from "./owner-actions.ts";
import { maySee, ownerFor } from "./owners.ts";
import { rowUnits } from "./packaging.ts";
import { addProduct, productByCode } from "./product-actions.ts";
import { lineView } from "./receive-actions.ts";
import {
  asnKey,
  asnKind,
  asnLineKey,
  asnLineKind,
  asnList,
  asnWithLines,
  entryKind,
  listed,
  productsOf,
  revise,
  warehouseOf,
} from "./store.ts";

const linesPerCommit = 90;
const parallel = 16;

type Wanted = { product?: ProductId; gtin?: string; name?: string; units: number; costMinor?: number };
type Read = { lines: Wanted[]; errors: RowError[] };

async function inChunks<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (let start = 0; start < items.length; start += parallel)
    done.push(...(await Promise.all(items.slice(start, start + parallel).map(work))));
  return done;
}

/** Lines of a wish with products found; what is one product is one line. */
async function readLines(scope: Scope, company: CompanyId, wish: NewAsn): Promise<Outcome<Read>> {
  if ((wish.lines === undefined) === (wish.csv === undefined)) return refuse("asn.lines");
  const sums = new Map<string, Wanted>();
  const add = (key: string, line: Wanted) => {
    const known = sums.get(key);
    sums.set(key, known ? { ...known, units: known.units + line.units } : line);
  };
  const errors: RowError[] = [];
  if (wish.csv !== undefined) {
    const parsed = parseAsnCsv(wish.csv);
    errors.push(...parsed.errors);
    const found = await inChunks(parsed.rows, (row) => productByCode(scope, company, row));
    const known = [...new Set(found.filter((id) => id !== undefined))];
    const products = new Map((await productsOf(scope, known)).map((one) => [one?.id, one]));
    parsed.rows.forEach((row, index) => {
      const product = found[index];
      if (product) add(product, { product, units: row.units * rowUnits(products.get(product), row.gtin) });
      else if (row.gtin && row.name) add(row.gtin, { gtin: row.gtin, name: row.name, units: row.units });
      else errors.push({ row: row.row, column: "name", reason: "product.unknown", value: row.gtin ?? row.code ?? "" });
    });
    errors.sort((a, b) => a.row - b.row);
  } else {
    const lines = wish.lines ?? [];
    const products = await productsOf(
      scope,
      lines.map(({ product }) => product as ProductId),
    );
    for (const [index, line] of lines.entries()) {
      const product = products[index];
      if (!product || product.company !== company) return refuse("missing");
      const cost = line.costMinor === undefined ? {} : { costMinor: line.costMinor };
      add(product.id, { product: product.id, units: line.units, ...cost });
    }
  }
  return accept({ lines: [...sums.values()], errors });
}

/** Tries a notice without writing anything: every fault by row, and which products would be made (试导入). */
export async function checkAsn(scope: Scope, wish: NewAsn): Promise<Outcome<AsnCheck>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  if (!(await warehouseOf(scope, wish.warehouse))) return refuse("missing");
  const read = await readLines(scope, owner.value, wish);
  if (!read.ok) return read;
  const { lines, errors } = read.value;
  return accept({
    errors,
    lines: lines.length,
    units: lines.reduce((sum, line) => sum + line.units, 0),
    fresh: lines.flatMap(({ product, gtin, name }) => (product === undefined && gtin && name ? [{ gtin, name }] : [])),
  });
}

/**
 * Announces goods (预报入库). Unknown products of a CSV are made from name and GTIN first; the notice is there once its head
 * is, with all its lines. Refused: `asn.rows` with every fault, nothing written; `missing`, `asn.lines`, and what its owner may not store.
 */
export async function createAsn(scope: Scope, wish: NewAsn): Promise<Outcome<AsnView>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  const warehouse = await warehouseOf(scope, wish.warehouse);
  if (!warehouse) return refuse("missing");
  const read = await readLines(scope, company, wish);
  if (!read.ok) return read;
  const { lines: wanted, errors } = read.value;
  if (errors.length > 0) return refuse("asn.rows", { count: errors.length, errors: errors.slice(0, 200) });

  const ids = await inChunks(wanted, (line) => productFor(scope, company, line));
  const products = await productsOf(scope, ids);
  const known = products.map((product, index) => {
    if (!product) throw new Error(`product ${ids[index]} is not there`);
    return { product, units: wanted[index]?.units ?? 0 };
  });
  const allowed = await checkComing(scope, company, known);
  if (!allowed.ok) return allowed;
  const lines = wanted.map((line, index): AsnLine => {
    const { product } = known[index] as (typeof known)[number];
    return {
      line: index + 1,
      product: product.id,
      name: product.name,
      code: product.code,
      ...(product.gtin === undefined ? {} : { gtin: product.gtin }),
      expected: line.units,
      received: 0,
      damaged: 0,
      done: false,
      ...(product.track === undefined ? {} : { track: product.track }),
      ...(product.dated ? { dated: true } : {}),
      ...(line.costMinor === undefined ? {} : { costMinor: line.costMinor }),
    };
  });
  const id = idFor(scope, "asn");
  const asn: Asn = {
    id,
    company,
    warehouse: warehouse.id,
    at: scope.now,
    by: actorName(scope),
    ...(wish.reference === undefined ? {} : { reference: wish.reference }),
    ...(wish.expectedOn === undefined ? {} : { expectedOn: wish.expectedOn }),
    lines: lines.length,
    expected: lines.reduce((sum, line) => sum + line.expected, 0),
  };
  const inserts = lines.map(
    (line): Write => ({
      do: "put",
      key: asnLineKey(scope, id, line.line),
      kind: asnLineKind,
      data: line,
      rev: 1,
      when: [["pk", "absent"]],
    }),
  );
  for (let start = linesPerCommit; start < inserts.length; start += linesPerCommit)
    await commit(stepOf(scope, `lines ${start}`), inserts.slice(start, start + linesPerCommit), { answer: null });
  const entry = { id, company, at: scope.now };
  const answer = viewOf({ ...asn, rev: 1 }, lines);
  const outcome = await commit(
    scope,
    [
      insert(asnKey(scope, id), asnKind, asn, "asn"),
      insert(keyIn(asnList(scope, company), scope.now, id), entryKind, entry),
      insert(keyIn(asnList(scope, warehouse.id), scope.now, id), entryKind, entry),
      ...inserts.slice(0, linesPerCommit),
    ],
    { answer },
  );
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

async function productFor(scope: Scope, company: CompanyId, line: Wanted): Promise<ProductId> {
  if (line.product !== undefined) return line.product;
  const { gtin = "", name = "" } = line;
  const step = stepOf(scope, `product ${gtin}`);
  const made = await addProduct(step, { company, name, gtin });
  if (made.ok) return made.value.id as ProductId;
  // Somebody may have added it a moment ago.
  const known = await productByCode(scope, company, { gtin, code: gtin });
  if (known) return known;
  throw new Error(`product ${gtin} could not be added: ${made.refusal.code}`);
}

/** A notice as it is shown with its lines; the state and counts are exact, from the lines. */
export function viewOf(asn: Stored<Asn>, lines: readonly AsnLine[]): AsnView {
  const received = lines.reduce((sum, line) => sum + line.received, 0);
  const damaged = lines.reduce((sum, line) => sum + line.damaged, 0);
  const exact = { ...asn, received, damaged, linesDone: lines.filter((line) => line.done).length };
  return {
    ...listedView(exact),
    ...asnDifference(lines),
    items: lines.map((line) => lineView({ rev: 1, ...line })),
  };
}

/** A notice as a list shows it. */
export function listedView(asn: Stored<Asn>): ListedAsn {
  const { id, company, warehouse, at, by, reference, expectedOn, lines, expected } = asn;
  return {
    id,
    company,
    warehouse,
    at,
    by,
    ...(reference === undefined ? {} : { reference }),
    ...(expectedOn === undefined ? {} : { expectedOn }),
    lines,
    expected,
    received: asn.received ?? 0,
    damaged: asn.damaged ?? 0,
    putaway: asn.putaway ?? 0,
    ...(asn.pallets === undefined ? {} : { pallets: asn.pallets }),
    state: asnState(asn),
  };
}

/** A notice with its lines, for those who may see it. */
export async function readAsn(scope: Scope, id: string): Promise<Outcome<AsnView>> {
  const found = await asnWithLines(scope, id);
  return found && maySee(scope, found.asn.company) ? accept(viewOf(found.asn, found.lines)) : refuse("missing");
}

/** Notices newest first: a company's own, or for staff those of a company or a warehouse. */
export async function listAsns(
  scope: Scope,
  wish: {
    company?: string | undefined;
    warehouse?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<Outcome<Page<ListedAsn>>> {
  const of = ownCompany(scope) ?? wish.company ?? wish.warehouse;
  if (of === undefined) return refuse("owner.missing");
  if (!maySee(scope, wish.company ?? of)) return refuse("missing");
  const page = await listed(scope, asnList(scope, of), asnKind, (id) => asnKey(scope, id), wish);
  return accept({ items: page.items.map(listedView), next: page.next });
}

/** Closes a notice; what is missing stays on its lines. Refused: `missing`, `asn.state`. */
export async function closeAsn(scope: Scope, id: string): Promise<Outcome<AsnView>> {
  return markAsn(scope, id, async ({ asn, lines }) => {
    if (asn.closedAt !== undefined) return refuse("asn.state", { state: asnState(asn) });
    const set = { closedAt: scope.now };
    return accept({ set, writes: [await closing(scope, viewOf({ ...asn, ...set }, lines))] });
  });
}

/**
 * Marks a notice as arrived (到货), on so many pallets where they were counted, which is told as handling; counted again until it is closed, the difference is told. Refused: `missing`, and `asn.state` when it arrived
 * before and no pallets are named, or is closed.
 */
export async function arriveAsn(
  scope: Scope,
  id: string,
  { pallets }: z.infer<typeof ArriveSchema> = {},
): Promise<Outcome<AsnView>> {
  return markAsn(scope, id, async ({ asn }) => {
    const before = asn.arrivedAt !== undefined;
    if (asn.closedAt !== undefined || (before && pallets === undefined))
      return refuse("asn.state", { state: asnState(asn) });
    const set = { arrivedAt: asn.arrivedAt ?? scope.now, ...(pallets === undefined ? {} : { pallets }) };
    const more = (pallets ?? 0) - (pallets === undefined ? 0 : (asn.pallets ?? 0));
    if (more === 0) return accept({ set, writes: [] });
    const zone = (await warehouseOf(scope, asn.warehouse))?.zone ?? "Asia/Shanghai";
    const work: WarehouseEvents["handling.done"] = {
      ...{ company: asn.company, operation: "receive", units: 0, lines: 0, pallets: more, document: id },
      ...{ day: dayOf(scope.now, zone), warehouse: asn.warehouse },
    };
    return accept({ set, writes: [happened(scope, "handling.done", asn.company, work, { seed: `pallets ${id}` })] });
  });
}

type Marked = { readonly set: Partial<Asn>; readonly writes: readonly Write[] };

async function markAsn(
  scope: Scope,
  id: string,
  decide: (found: { asn: Stored<Asn>; lines: Stored<AsnLine>[] }) => Promise<Outcome<Marked>>,
): Promise<Outcome<AsnView>> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const found = await asnWithLines(scope, id);
    if (!found || !maySee(scope, found.asn.company)) return refuse("missing");
    const decided = await decide(found);
    if (!decided.ok) return decided;
    const { set, writes } = decided.value;
    const answer = viewOf({ ...found.asn, ...set }, found.lines);
    const outcome = await commit(scope, [revise(asnKey(scope, id), found.asn.rev, set), ...writes], { answer });
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("busy");
}

/** What the end of a notice tells. */
async function closing(scope: Scope, { id, company, warehouse, reference, over, short }: AsnView): Promise<Write> {
  const zone = (await warehouseOf(scope, warehouse))?.zone ?? "Asia/Shanghai";
  const data: WarehouseEvents["asn.closed"] = {
    ...{ company, asn: id, warehouse, day: dayOf(scope.now, zone), over, short },
    ...(reference === undefined ? {} : { reference }),
  };
  return happened(scope, "asn.closed", company, data);
}
