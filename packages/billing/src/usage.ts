/**
 * What companies use of the warehouse, by month, and what tariffs (仓储与作业价目) make of it.
 *
 * | item          | key                                   | written by                       | units | size     |
 * |---------------|---------------------------------------|----------------------------------|-------|----------|
 * | usage         | `goods-use#<month>`, `<company>`          | a day of storage, goods handled  | 2–6   | 0.3–3 kB |
 * | document      | `goods-use-doc#<document>`, `<operation>[#<bin>]` | its first movement, and the first to each bin | 2 | 0.1 kB |
 * | charged       | `goods-use-charged#<company>`, `<month>#<line>` | with a charge              | 2     | 0.1 kB   |
 */
import { dayOf, type Month, monthOf, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { taxWithin } from "@yihao/kernel/money";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { defaultTax } from "@yihao/pricing/model";
import { rateCardOf } from "@yihao/pricing/store";
import { dueOf, tariffFor } from "@yihao/pricing/tariff";
import type { DayUse, DueLine, Tariff, Usage } from "@yihao/pricing/tariff-model";
import { tariffsOf } from "@yihao/pricing/tariff-store";
import type { TaxBackground } from "@yihao/pricing/tax-settings";
import { digest } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get, query, queryAll } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { WarehouseEvents } from "@yihao/warehouse/model";
import type { Charge } from "./model.ts";
import { payerOf } from "./payer.ts";
import { unsigned } from "./plan-month.ts";
import { postCharge } from "./store.ts";
import { taxBackground, taxedOnDay } from "./taxes.ts";
import { zoneOf } from "./zone.ts";

type Kept = Readonly<Record<string, unknown>> & { readonly company: string; readonly month: Month };
const usageKind = kindOf<Kept>("goods-use");
const documentKind = kindOf<{ document: string }>("goods-use-doc");
const chargedKind = kindOf<{ line: string; quantity: number; amountMinor: number; count: number }>("goods-use-charged");
const usageKey = (scope: Scope, month: Month, company: string) => keyIn(partition(scope, "goods-use", month), company);

type StorageDay = WarehouseEvents["storage.day"];
type HandlingDone = WarehouseEvents["handling.done"];

/** The write that keeps a day of storage: the same however often it is made. */
export function storageUse(scope: Scope, data: StorageDay): Write {
  const { company, day, warehouse, bins, shared = [], stock = { products: 0, peakUnits: 0, peakMl: 0 } } = data;
  const month = monthOf(day);
  const shares = shared.map(({ owners }) => ({ owners: owners.length, at: [...owners].sort().indexOf(company) }));
  const use = { day, bins: bins - shared.length, shared: shares, ...stock };
  return {
    ...{ do: "update", key: usageKey(scope, month, company), kind: usageKind },
    set: { company, month, [`d:${day}:${warehouse}`]: use },
  };
}

/** What of some work is the first of its document, which it counts once: the document itself, and the bin that it went to. */
export type First = { readonly document: boolean; readonly bin: boolean };

/** The writes that count what was handled. With `first` also its document and its bin, lost as `document` and `bin` when those were counted before; work that belongs to no document, as goods put away on sight, counts its bin each time and no document. */
export function handlingUse(scope: Scope, data: HandlingDone, first: First): Write[] {
  const { company, day, operation, units, document, lines = 1, cartons = 0, grams = 0, ml = 0, pallets = 0 } = data;
  const month = monthOf(day);
  const named = first.document && document !== "" && lines > 0;
  const there = data.bin !== undefined && (document === "" || first.bin);
  const counts: Readonly<Record<string, number>> = {
    ...{ unit: units, line: lines, order: named ? 1 : 0, carton: cartons, kg: grams, cubic: ml },
    ...{ bin: (data.bins ?? 0) + (there ? 1 : 0), pallet: pallets },
  };
  const add = Object.fromEntries(
    Object.entries(counts).flatMap(([by, count]) => (count === 0 ? [] : [[`n:${operation}:${by}`, count]])),
  );
  const counted: Write = {
    ...{ do: "update", key: usageKey(scope, month, company), kind: usageKind },
    ...{ set: { company, month }, add },
  };
  const mark = (tag: "document" | "bin", ...rest: string[]): Write =>
    insert(keyIn(partition(scope, "goods-use-doc", document), operation, ...rest), documentKind, { document }, tag);
  return [
    counted,
    ...(named ? [mark("document")] : []),
    ...(there && document !== "" && data.bin !== undefined ? [mark("bin", data.bin)] : []),
  ];
}

/** Days of several warehouses are summed. */
function usageFrom(kept: Kept, companyName: string): Usage {
  const days = new Map<string, DayUse>();
  const done: Record<string, number> = {};
  for (const [name, value] of Object.entries(kept)) {
    if (name.startsWith("n:")) done[name.slice(2)] = Number(value);
    if (!name.startsWith("d:")) continue;
    const one = value as DayUse;
    const before = days.get(one.day);
    days.set(one.day, {
      day: one.day,
      bins: (before?.bins ?? 0) + one.bins,
      shared: [...(before?.shared ?? []), ...one.shared],
      peakUnits: (before?.peakUnits ?? 0) + one.peakUnits,
      peakMl: (before?.peakMl ?? 0) + one.peakMl,
      products: (before?.products ?? 0) + one.products,
    });
  }
  const { company, month } = kept;
  return { company, companyName, month, days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), done };
}

/** What a company used in a month; nothing when it used nothing. One read. */
export async function usageOf(scope: Scope, company: string, month: Month): Promise<Usage | undefined> {
  const kept = await get(scope, usageKind, usageKey(scope, month, company));
  return kept && usageFrom(kept, "");
}

/** A page of what companies used in a month, each with its name and the days with goods of the months since its tariff holds. */
export async function readUsage(
  scope: Scope,
  month: Month,
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Usage>> {
  const found = await query(scope, usageKind, partition(scope, "goods-use", month), {
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const names = await Promise.all(found.items.map(({ company }) => companyOf(scope, company as CompanyId)));
  return {
    items: found.items.map((kept, at) => usageFrom(kept, names[at]?.name ?? kept.company)),
    next: found.next,
  };
}

/** Days with goods here in the months since a tariff holds, before one. A read a month. */
async function daysBefore(scope: Scope, company: string, tariff: Tariff, month: Month): Promise<number> {
  let days = 0;
  for (let one = tariff.from; one < month && days < (tariff.freeDays ?? 0); one = plusMonths(one, 1))
    days += (await usageOf(scope, company, one))?.days.length ?? 0;
  return days;
}

/** The tariff of a company in a month, if one holds. One query. */
export async function tariffIn(scope: Scope, company: string, month: Month): Promise<Tariff | undefined> {
  return tariffFor(await tariffsOf(scope, { consistent: false }), company, month);
}

/**
 * Charges what a company's use of a month comes to under its tariff and was not charged yet, line by line: each difference once, however often it is asked. Once the month is over the minimum is among it.
 */
export async function settleUsage(scope: Scope, company: CompanyId, month: Month): Promise<void> {
  const tariff = await tariffIn(scope, company, month);
  if (!tariff) return;
  const [usage, zone, card, background] = await Promise.all([
    usageOf(scope, company, month),
    zoneOf(scope),
    rateCardOf(scope),
    taxBackground(scope, company),
  ]);
  if (!usage) return;
  const over = monthOf(dayOf(scope.now, zone)) > month;
  const before = tariff.freeDays ? await daysBefore(scope, company, tariff, month) : 0;
  const due = dueOf(tariff, usage, { over, daysBefore: before });
  const pk = partition(scope, "goods-use-charged", company);
  const charged = await queryAll(scope, chargedKind, pk, { prefix: `${month}#`, consistent: true });
  const gone = charged
    .filter(({ line }) => due.every(({ key }) => key !== line))
    .map(({ line: key }): DueLine => {
      const operation = key.split(":")[0] as DueLine["service"];
      const service = key === "storage" || key === "minimum" ? "storage" : operation;
      const stream = service === "storage" ? "storage" : "handling";
      return {
        ...{
          key,
          service,
          stream,
          of: key === "storage" ? tariff.storage.by : key.endsWith("minimum") ? "minimum" : key,
        },
        quantity: 0,
        unitMinor: 0,
        amountMinor: 0,
      };
    });
  const tax = card?.taxBasis ?? defaultTax;
  const lastDay = usage.days.at(-1)?.day ?? `${month}-01`;
  for (const line of [...due, ...gone])
    await chargeLine(scope, {
      company,
      month,
      day: lastDay,
      tariff,
      line,
      taxBasis: line.service === "storage" ? tax.storage : tax.pick,
      background,
    });
}

type Wanted = {
  readonly company: CompanyId;
  readonly month: Month;
  readonly day: string;
  readonly tariff: Tariff;
  readonly line: DueLine;
  readonly taxBasis: number;
  readonly background: TaxBackground | undefined;
};

async function chargeLine(scope: Scope, wanted: Wanted): Promise<void> {
  const { company, month, line } = wanted;
  const payer = await payerOf(scope, company);
  const key = keyIn(partition(scope, "goods-use-charged", company), month, line.key);
  for (;;) {
    const kept = await get(scope, chargedKind, key);
    const amountMinor = line.amountMinor - (kept?.amountMinor ?? 0);
    const quantity = line.quantity - (kept?.quantity ?? 0);
    if (amountMinor === 0 && quantity === 0) return;
    const data = {
      ...{ line: line.key, quantity: line.quantity, amountMinor: line.amountMinor },
      count: (kept?.count ?? 0) + 1,
    };
    const id: Charge["id"] = `chg_${digest(scope.space, company, month, line.key, String(data.count)).slice(0, 16)}`;
    const mark = kept
      ? replace(key, chargedKind, data, kept.rev, "charged")
      : insert(key, chargedKind, data, "charged");
    const bare = taxedOnDay(chargeOf(wanted, quantity, amountMinor), wanted.background);
    const charge: Charge = { ...bare, company: payer, id, at: scope.now };
    if ((await commit(unsigned(scope), [postCharge(scope, charge), mark], { answer: null })).done) return;
  }
}

/** A charge of a difference. Bins and fees are counted; what goes by volume, by product or to the minimum is one sum of the month. */
function chargeOf(
  { company, month, day, tariff, line, taxBasis }: Wanted,
  quantity: number,
  amountMinor: number,
): Omit<Charge, "id" | "at"> {
  const { id, name } = tariff;
  const least = line.of === "minimum";
  const counts = line.of === "bin-day" || (line.service !== "storage" && !least);
  const by = line.service === "storage" || least ? "month" : (line.of.split(":")[1] as Charge["per"]);
  const per = line.of === "bin-day" ? "bin-day" : by;
  return {
    ...{ company, month, day, service: line.service, stream: line.stream },
    about: { id: least ? `${id}-minimum` : id, name },
    ...{ quantity: counts ? quantity : 1, per, unitMinor: counts ? line.unitMinor : line.amountMinor, amountMinor },
    ...{ taxBasis, taxMinor: taxWithin(amountMinor, taxBasis) },
    source: { kind: line.service === "storage" ? "storage" : "handling", document: id },
  };
}
