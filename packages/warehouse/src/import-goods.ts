import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, type Refusal, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { stepOf } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { ownerOf } from "@yihao/table/unique";
import { createAsn } from "./asn-actions.ts";
import { renewBin } from "./bin-actions.ts";
import { binAccount, placeBook, promiseBook, skuOf } from "./books.ts";
import type { AsnDocument, BatchAnswer, ImportFault, LineRow, OpeningRow, OrderDocument } from "./import-model.ts";
import type { ProductId, Warehouse } from "./model.ts";
import { placeOrder, referenceOf } from "./order-actions.ts";
import type { NewOrder } from "./order-model.ts";
import { ownerFor } from "./owners.ts";
import { rowUnits } from "./packaging.ts";
import { productByCode } from "./product-actions.ts";
import type { Product } from "./product-model.ts";
import { stockOf } from "./projections.ts";
import { arrivalOf } from "./receive-actions.ts";
import { binRefusal, into, takesNow } from "./stock-actions.ts";
import { binKey, binKind, productsOf, warehouseOf } from "./store.ts";

/** Documents, or rows of opening stock, under way at one time. */
const parallel = 6;

type Named = { readonly row: number; readonly code?: string | undefined; readonly gtin?: string | undefined };
const keyOf = ({ code = "", gtin = "" }: Named) => `${code}|${gtin}`;
const fault = (row: number, column: string, reason: string, value: unknown): ImportFault => ({
  ...{ row, column, reason },
  value: String(value ?? "").slice(0, 60),
});

/** Products that rows name by code or GTIN, each looked up once. */
async function productsNamed(
  scope: Scope,
  company: CompanyId,
  rows: readonly Named[],
): Promise<(row: Named) => Stored<Product> | undefined> {
  const wanted = new Map(rows.map((row) => [keyOf(row), row]));
  const ids = await Promise.all(
    [...wanted].map(async ([key, row]) => [key, await productByCode(scope, company, row)] as const),
  );
  const found = ids.filter((one): one is readonly [string, ProductId] => one[1] !== undefined);
  const products = await productsOf(
    scope,
    found.map(([, id]) => id),
  );
  const byKey = new Map(found.map(([key], at) => [key, products[at]]));
  return (row) => byKey.get(keyOf(row));
}

const unknown = (row: Named) => fault(row.row, row.gtin ? "gtin" : "code", "product.unknown", row.gtin ?? row.code);

async function each<One>(all: readonly One[], work: (one: One) => Promise<ImportFault[]>): Promise<ImportFault[]> {
  const faults: ImportFault[] = [];
  for (let start = 0; start < all.length; start += parallel)
    faults.push(...(await Promise.all(all.slice(start, start + parallel).map(work))).flat());
  return faults.sort((a, b) => a.row - b.row);
}

/** What a row of opening stock was refused for, at its column. */
function openingFault(row: OpeningRow, refusal: Refusal): ImportFault {
  const { code, params } = refusal;
  const column = code.startsWith("bin.")
    ? "bin"
    : code === "lot.expiry"
      ? "expiry"
      : code.startsWith("lot.")
        ? "lot"
        : "units";
  const told = params as { room?: number; expected?: string };
  return fault(row.row, column, code, told.room ?? told.expected ?? (column === "bin" ? row.bin : (row.lot ?? "")));
}

async function openOne(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Stored<Product>,
  row: OpeningRow,
  dry: boolean,
): Promise<Outcome<null>> {
  const step = stepOf(scope, `opening ${row.row}`);
  const { bin, units, lot, expiry } = row;
  const serials = product.track === "serial" && lot !== undefined ? [lot] : undefined;
  const wish = { units, ...(serials ? { serials } : { lot }), expiry };
  const arrived = await arrivalOf(step, product, warehouse.id, wish);
  // A row that is in already is not judged again by what it made itself.
  if (!arrived.ok) return !dry && (await recall(step)) ? accept(null) : arrived;
  const refused = (item: Record<string, unknown> | null) => binRefusal(step, warehouse, product, units, bin, item, lot);
  if (dry) {
    const found = await get(scope, binKind, binKey(scope, warehouse.id, bin));
    const fits = found && warehouse.batches.includes(found.batch) && takesNow({ ...found }, product, units);
    return fits ? accept(null) : refused(found ?? null);
  }
  const { parcels, lots, past } = arrived.value;
  const costMinor = row.costMinor ?? product.costMinor;
  const { receivedOn } = row;
  const note = {
    ...(costMinor === undefined ? {} : { costMinor }),
    ...(receivedOn === undefined ? {} : { receivedOn }),
  };
  const common = { do: "move", reason: "opening", note } as const;
  const entries: Entry[] = [
    ...parcels.map(
      (parcel): Entry => ({
        ...common,
        book: placeBook(product.company, product.id),
        unit: skuOf(product.id, parcel.lot),
        from: "opening",
        to: binAccount(warehouse.id, bin),
        amount: parcel.units,
      }),
    ),
    {
      ...common,
      book: promiseBook(product.company, product.id),
      unit: skuOf(product.id),
      from: "outside",
      to: past ? "held" : "free",
      amount: units,
    },
  ];
  const plan = planTransfers(step, entries);
  const key = binKey(step, warehouse.id, bin);
  const write = () =>
    commit(step, [...plan.writes, ...lots, into(step, warehouse, bin, { product, units, lot })], { answer: null });
  let outcome = await write();
  if (!outcome.done && outcome.lost.bin && (await renewBin(step, key, outcome.lost.bin))) outcome = await write();
  if (outcome.done) return accept(null);
  if (lot !== undefined && outcome.lost[`lot ${lot}`] !== undefined) return refuse("lot.here", { serials: [lot] });
  return outcome.lost.bin === undefined ? refuse("conflict") : refused(outcome.lost.bin);
}

/**
 * Enters stock that is there when a warehouse begins (期初库存): opening → the bin and outside → free, each row whole or not at all; it is no receipt and nothing is charged for
 * it. `receivedOn` is since when it counts as there. Faults: `product.unknown`, `bin.missing`, `bin.locked`, `bin.full`, and those of lots as when receiving.
 */
export async function importOpenings(
  scope: Scope,
  wish: { company?: string | undefined; warehouse: string; dry?: boolean | undefined; rows: readonly OpeningRow[] },
): Promise<Outcome<BatchAnswer>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const warehouse = await warehouseOf(scope, wish.warehouse);
  if (!warehouse) return refuse("missing");
  const named = await productsNamed(scope, owner.value, wish.rows);
  const today = scope.now.slice(0, 10);
  const faults = await each(wish.rows, async (row) => {
    const product = named(row);
    if (!product) return [unknown(row)];
    if (row.receivedOn !== undefined && row.receivedOn > today)
      return [fault(row.row, "receivedOn", "day.future", row.receivedOn)];
    const [counted] = inUnits([row], named);
    const done = await openOne(scope, warehouse, product, counted ?? row, wish.dry === true);
    return done.ok ? [] : [openingFault(row, done.refusal)];
  });
  return accept({ done: wish.rows.length - faults.length, faults });
}

/** Rows with their quantities in single units: where a row names a pack by its GTIN, its quantity counts packs. */
function inUnits<Row extends Named & { readonly units: number }>(
  rows: readonly Row[],
  named: (row: Named) => Product | undefined,
): Row[] {
  return rows.map((row) => ({ ...row, units: row.units * rowUnits(named(row), row.gtin) }));
}

/** Faults of a document whose products are not all known; its other lines are held with it. */
function unknownLines(lines: readonly LineRow[], named: (row: Named) => Product | undefined): ImportFault[] {
  return lines.filter((line) => !named(line)).map(unknown);
}

/** What a document is refused for whose number stands further up in the same batch: it would be taken for that one sent again. */
function splitIn<Document extends { readonly document: string; readonly lines: readonly LineRow[] }>(
  documents: readonly Document[],
): (one: Document) => ImportFault[] {
  const firsts = new Map(documents.toReversed().map((one) => [one.document, one]));
  return (one) => {
    const first = firsts.get(one.document);
    if (first === undefined || first === one) return [];
    return [fault(one.lines[0]?.row ?? 0, "document", "document.split", first.lines[0]?.row)];
  };
}

/** Brings in inbound notices (导入预报), each with all its lines or not at all. Faults: `product.unknown`, `document.split` for a number that stands in the batch twice, and whatever refuses the notice. */
export async function importAsns(
  scope: Scope,
  wish: {
    company?: string | undefined;
    warehouse: string;
    dry?: boolean | undefined;
    documents: readonly AsnDocument[];
  },
): Promise<Outcome<BatchAnswer>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  if (!(await warehouseOf(scope, wish.warehouse))) return refuse("missing");
  const named = await productsNamed(
    scope,
    company,
    wish.documents.flatMap(({ lines }) => lines),
  );
  const split = splitIn(wish.documents);
  let done = 0;
  const faults = await each(wish.documents, async (one) => {
    const { document, expectedOn, lines } = one;
    const missing = [...split(one), ...unknownLines(lines, named)];
    if (missing.length > 0) return missing;
    if (!wish.dry) {
      const made = await createAsn(stepOf(scope, `asn ${document}`), {
        company,
        warehouse: wish.warehouse,
        reference: document,
        ...(expectedOn === undefined ? {} : { expectedOn }),
        lines: inUnits(lines, named).map((line) => ({
          product: named(line)?.id ?? "",
          units: line.units,
          ...(line.costMinor === undefined ? {} : { costMinor: line.costMinor }),
        })),
      });
      if (!made.ok) return [fault(lines[0]?.row ?? 0, "document", made.refusal.code, document)];
    }
    done += 1;
    return [];
  });
  return accept({ done, faults });
}

/** Lines that want more than is free, over all documents of a batch in their order. */
async function shortLines(
  scope: Scope,
  documents: readonly OrderDocument[],
  named: (row: Named) => Product | undefined,
): Promise<Map<string, ImportFault[]>> {
  const wanted = documents.flatMap(({ lines }) => lines.flatMap((line) => named(line) ?? []));
  const products = [...new Map(wanted.map((product) => [product.id, product])).values()];
  const free = new Map(
    await Promise.all(products.map(async (product) => [product.id, (await stockOf(scope, product)).free] as const)),
  );
  const short = new Map<string, ImportFault[]>();
  for (const { document, lines } of documents) {
    const left = new Map(free);
    const faults = inUnits(lines, named).flatMap((line) => {
      const id = named(line)?.id;
      if (id === undefined) return [];
      const after = (left.get(id) ?? 0) - line.units;
      left.set(id, after);
      return after < 0 ? [fault(line.row, "units", "stock.short", after + line.units)] : [];
    });
    if (faults.length > 0) short.set(document, faults);
    else for (const [id, units] of left) free.set(id, units);
  }
  return short;
}

/**
 * Brings in orders (导入出库单), each reserved whole or not at all, under the owner's own number: a file that is brought in twice adds nothing. Faults: `product.unknown`, `stock.short` with what is free,
 * `order.serials`, `order.reference` for what is in already, `document.split` for a number that stands in the batch twice.
 */
export async function importOrders(
  scope: Scope,
  wish: { company?: string | undefined; dry?: boolean | undefined; documents: readonly OrderDocument[] },
): Promise<Outcome<BatchAnswer>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  const named = await productsNamed(
    scope,
    company,
    wish.documents.flatMap(({ lines }) => lines),
  );
  const short = wish.dry ? await shortLines(scope, wish.documents, named) : undefined;
  const split = splitIn(wish.documents);
  let done = 0;
  const faults = await each(wish.documents, async (one) => {
    const { document, recipient, note, lines } = one;
    const missing = [...split(one), ...unknownLines(lines, named)];
    if (missing.length > 0) return missing;
    if (wish.dry && (await ownerOf(scope, referenceOf(company), document)))
      return [fault(lines[0]?.row ?? 0, "document", "order.reference", document)];
    const lacking = short?.get(document);
    if (lacking) return lacking;
    if (!wish.dry) {
      const order: NewOrder = {
        company,
        recipient,
        reference: document,
        ...(note === undefined ? {} : { note }),
        lines: inUnits(lines, named).map((line) => ({ product: named(line)?.id ?? "", units: line.units })),
      };
      const placed = await placeOrder(stepOf(scope, `order ${document}`), order);
      if (!placed.ok) return orderFaults(document, lines, placed.refusal);
    }
    done += 1;
    return [];
  });
  return accept({ done, faults });
}

function orderFaults(document: string, lines: readonly LineRow[], { code, params }: Refusal): ImportFault[] {
  const told = params as { line?: number; lines?: readonly { line: number; available: number }[] };
  if (code === "stock.short" && told.lines)
    return told.lines.map(({ line, available }) => fault(lines[line - 1]?.row ?? 0, "units", code, available));
  return [fault(lines[(told.line ?? 1) - 1]?.row ?? 0, told.line === undefined ? "document" : "units", code, document)];
}
