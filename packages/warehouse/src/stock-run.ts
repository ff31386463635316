import { type Day, dayOf, monthOf, plusDays, type Zone } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { keyIn } from "@yihao/table/key";
import { get, query, queryAll } from "@yihao/table/read";
import { overwrite, type Write } from "@yihao/table/write";
import { ageOf, classesOf, figuresOf, leftOf, topLists, topOf, windows } from "./analysis.ts";
import type { OwnerFigures, SheetView } from "./analysis-model.ts";
import {
  type Flow,
  flowKind,
  flowsOf,
  type KeptSheet,
  ownerFiguresKey,
  ownerFiguresKind,
  sheetKey,
  sheetKind,
  stateKey,
  stateKind,
  stockDayKey,
  stockDayKind,
  topKey,
  topKind,
} from "./analysis-store.ts";
import type { ProductId } from "./model.ts";
import { ownerFor } from "./owners.ts";
import type { Product } from "./product-model.ts";
import { stateOn } from "./stock-state.ts";
import { listedKind, listOf, ownerKind, owners, productsOf, warehousesOf } from "./store.ts";
import { fifoMinor, priced, unpricedUnits } from "./valuation.ts";

const pageOfProducts = 500;
const parallel = 8;
const writesPerCommit = 90;
/** Rows kept of each list of an owner. */
export const topMost = 60;

/** The zone of the space's warehouses, in which days of stock are told. */
export async function stockZone(scope: Scope): Promise<Zone> {
  return (await warehousesOf(scope))[0]?.zone ?? "Asia/Shanghai";
}

type Movement = { issued: [number, number, number]; lastIn?: Day; lastOut?: Day; last: Day };

const later = (a: Day | undefined, b: Day): Day => (a === undefined || a < b ? b : a);

/** What a month's flow of a product adds to what is known of its movements up to a day. */
export function addFlow(known: Movement | undefined, flow: Flow, on: Day): Movement {
  const sum: Movement = known ?? { issued: [0, 0, 0], last: "" };
  for (const [name, value] of Object.entries(flow)) {
    const [, way, date] = /^([ioa]):(\d\d)$/.exec(name) ?? [];
    const units = Number(value);
    const day = `${flow.month}-${date}`;
    if (way === undefined || units === 0 || day > on) continue;
    sum.last = later(sum.last, day);
    if (way === "i") sum.lastIn = later(sum.lastIn, day);
    if (way !== "o") continue;
    sum.lastOut = later(sum.lastOut, day);
    windows.forEach((days, at) => {
      if (day > plusDays(on, -days)) sum.issued[at] = (sum.issued[at] ?? 0) + units;
    });
  }
  return sum;
}

async function movementsOf(scope: Scope, company: CompanyId, on: Day): Promise<Map<string, Movement>> {
  const found = new Map<string, Movement>();
  let cursor: string | undefined;
  do {
    const page = await query(scope, flowKind, flowsOf(scope, company), {
      from: `m#${monthOf(plusDays(on, -(windows[2] ?? 365)))}`,
      until: `m#${monthOf(on)}~`,
      limit: pageOfProducts,
      cursor,
    });
    for (const flow of page.items) found.set(flow.product, addFlow(found.get(flow.product), flow, on));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return found;
}

const unsigned = (scope: Scope): Scope => {
  const step = stepOf(scope, "stock");
  return { ...step, command: { ...step.command, id: `auto:${step.command.id}` } };
};

/** Writes as many commits as it takes; every write may be done again. */
async function writeAll(scope: Scope, writes: readonly Write[]): Promise<void> {
  for (let start = 0; start < writes.length; start += writesPerCommit)
    await commit(unsigned(scope), writes.slice(start, start + writesPerCommit), { answer: null });
}

/** Figures of a product from what it was on a day; last days of before the year that was read are those that were known. */
function sheetOf(
  product: Product,
  known: Pick<KeptSheet, "onHand" | "valueMinor" | "fifoMinor" | "unpriced" | "left">,
  moves: Movement | undefined,
  day: Day,
  before: KeptSheet | undefined,
): KeptSheet {
  const { onHand, valueMinor, left } = known;
  const byThen = (then: Day | undefined) => (then !== undefined && then <= day ? then : undefined);
  const lastIn = moves?.lastIn ?? byThen(before?.lastIn);
  const lastOut = moves?.lastOut ?? byThen(before?.lastOut);
  const costMinor = onHand > 0 && valueMinor > 0 ? Math.round(valueMinor / onHand) : product.costMinor;
  const oldest = left[0]?.day;
  return {
    product: product.id,
    code: product.code,
    name: product.name,
    unit: product.unit,
    onHand,
    valueMinor,
    fifoMinor: known.fifoMinor,
    unpriced: known.unpriced,
    ...(costMinor === undefined ? {} : { costMinor }),
    issued: moves?.issued ?? [0, 0, 0],
    ...(lastIn === undefined ? {} : { lastIn }),
    ...(lastOut === undefined ? {} : { lastOut }),
    ...(oldest === undefined ? {} : { oldest }),
    ages: ageOf(left, day),
    left: [...left],
  };
}

/**
 * Works out the stock figures of an owner (库存日结) at the end of a local day, or of the day under way until now. States are folded from the ledger, of
 * products that moved since the last run; then every sheet, the day's total, the lists and the owner's figures are written where they
 * changed. Done again it writes the same. Reads a year of flows, the list and the sheets: it is the night's work, no page's.
 */
export async function runStock(
  scope: Scope,
  company: CompanyId,
  wish: { day: Day; zone: Zone },
): Promise<OwnerFigures> {
  const { day, zone } = wish;
  const ended = day < dayOf(scope.now, zone);
  const moves = await movementsOf(scope, company, day);
  const before = new Map(
    (await queryAll(scope, sheetKind, flowsOf(scope, company), { prefix: "p#" })).map(({ rev: _rev, ...sheet }) => [
      sheet.product,
      sheet as KeptSheet,
    ]),
  );
  const sheets: KeptSheet[] = [];
  let cursor: string | undefined;
  do {
    const page = await query(scope, listedKind, listOf(scope, company), { limit: pageOfProducts, cursor });
    const products = await productsOf(
      scope,
      page.items.map(({ id }) => id as ProductId),
    );
    const states: Write[] = [];
    for (let start = 0; start < products.length; start += parallel)
      sheets.push(
        ...(await Promise.all(
          products.slice(start, start + parallel).flatMap((product) => {
            if (!product) return [];
            const { rev: _rev, ...facts } = product;
            return oneSheet(scope, facts, { day, zone, ended }, moves.get(product.id), before.get(product.id), states);
          }),
        )),
      );
    await writeAll(scope, states);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);

  const classes = classesOf(sheets);
  const classed = sheets.map((sheet): KeptSheet => {
    const of = classes.get(sheet.product);
    return { ...sheet, byValue: of?.value.join("") ?? "CCC", byUnits: of?.units.join("") ?? "CCC" };
  });
  const figures = figuresOf(sheets, classes, day);
  const name = (await get(scope, ownerKind, keyIn(owners(scope), company), { consistent: false }))?.name ?? company;
  const owner: OwnerFigures = { ...figures, company, name, day, at: scope.now };
  const { units, valueMinor, fifoMinor: fifo, products } = figures;
  await writeAll(scope, [
    ...classed
      .filter((sheet) => !same(sheet, before.get(sheet.product)))
      .map((sheet) => overwrite(sheetKey(scope, company, sheet.product), sheetKind, sheet)),
    ...topLists.map((list) => {
      const rows = topOf(list, classed, day, topMost).map((sheet) => viewOfSheet(sheet, company));
      return overwrite(topKey(scope, company, list), topKind, { rows });
    }),
    ...(ended
      ? [
          overwrite(stockDayKey(scope, company, day), stockDayKind, {
            day,
            units,
            valueMinor,
            fifoMinor: fifo,
            products,
          }),
        ]
      : []),
    overwrite(ownerFiguresKey(scope, company), ownerFiguresKind, owner),
  ]);
  return owner;
}

/** A product's sheet. What did not move since its state was kept is as it was known, without a read. */
async function oneSheet(
  scope: Scope,
  product: Product,
  on: { day: Day; zone: Zone; ended: boolean },
  moves: Movement | undefined,
  before: KeptSheet | undefined,
  states: Write[],
): Promise<KeptSheet> {
  const last = moves?.last ?? "";
  const moved = last > (before?.kept ?? "");
  // Asked for while a later day was under way, it tells of that day too.
  const ahead = (before?.during ?? "") > on.day;
  if (before && !moved && !ahead && before.unpriced === 0) {
    const { kept } = before;
    return { ...sheetOf(product, before, moves, on.day, before), ...(kept === undefined ? {} : { kept }) };
  }
  const raw = await stateOn(scope, product, on.day, on.zone);
  const state = priced(raw, product.costMinor);
  if (on.ended && moved) states.push(overwrite(stateKey(scope, product.id, on.day), stateKind, raw));
  const kept = on.ended && moved ? on.day : before?.kept;
  const known = { onHand: state.units, valueMinor: state.valueMinor, fifoMinor: fifoMinor(state) };
  const sheet = { ...known, unpriced: unpricedUnits(state), left: leftOf(state) };
  return {
    ...sheetOf(product, sheet, moves, on.day, before),
    ...(kept === undefined ? {} : { kept }),
    ...(!on.ended && last === on.day ? { during: last } : {}),
  };
}

/** A sheet as it is shown. */
export function viewOfSheet(sheet: KeptSheet, company?: CompanyId): SheetView {
  const { kept: _kept, during: _during, left: _left, ages, issued, ...plain } = sheet;
  return { ...plain, issued: [...issued], ages: [...ages], ...(company === undefined ? {} : { company }) };
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, one]) => [name, sorted(one)]),
        )
      : value;
const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Works out an owner's figures of this moment. Refused: staff naming no owner, or one that is not there. */
export async function refreshFigures(scope: Scope, named: string | undefined): Promise<Outcome<OwnerFigures>> {
  const owner = await ownerFor(scope, named);
  if (!owner.ok) return owner;
  const zone = await stockZone(scope);
  if (!(await get(scope, ownerKind, keyIn(owners(scope), owner.value)))) return refuse("stock.none");
  return accept(await runStock(scope, owner.value, { day: dayOf(scope.now, zone), zone }));
}
