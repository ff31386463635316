import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { listCollections, underWay } from "./collect-store.ts";
import { dunningView } from "./dunning.ts";
import type { DunningView } from "./dunning-model.ts";
import { dunningSettingsOf, fileOf, filesOf } from "./dunning-store.ts";
import type { InvoiceRow } from "./model.ts";
import { todayOf } from "./reads.ts";
import { allRows, dueBillsOf } from "./store.ts";

type Seen = { readonly on: boolean; readonly items: DunningView[] };

/** Every company with bills that are over, the furthest first (催缴列表). Two queries. */
export async function readDunning(scope: Scope): Promise<Seen> {
  const [settings, today, rows, files, collected] = await Promise.all([
    dunningSettingsOf(scope),
    todayOf(scope),
    allRows(scope, "due"),
    filesOf(scope),
    allUnderWay(scope),
  ]);
  const bills = new Map<CompanyId, InvoiceRow[]>();
  for (const { rev: _, ...row } of rows) bills.set(row.company, [...(bills.get(row.company) ?? []), row]);
  const companies = new Set([...bills.keys(), ...files.map(({ company }) => company)]);
  const items = await Promise.all(
    [...companies].map(async (company) => {
      const own = bills.get(company) ?? [];
      const file = files.find((one) => one.company === company);
      const companyName = own[0]?.companyName ?? (await companyOf(scope, company))?.name ?? "";
      return dunningView(settings, { company, companyName }, own, file, today, collected);
    }),
  );
  const oldest = ({ bills: [first] }: DunningView) => first?.daysOver ?? 0;
  return {
    on: settings.on,
    items: items.filter((one) => one !== undefined).sort((a, b) => b.level - a.level || oldest(b) - oldest(a)),
  };
}

/** The bills of every collection that is under way. */
async function allUnderWay(scope: Scope): Promise<ReadonlySet<string>> {
  const bills = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const page = await listCollections(scope, { open: true, cursor, limit: 100 });
    for (const { invoice } of page.items) bills.add(invoice);
    if (!page.next) return bills;
    cursor = page.next;
  }
}

/** One company's dunning, as its own people see it: not what staff noted of its promise. */
export async function readDunningOf(scope: Scope, company: CompanyId): Promise<Seen> {
  const [settings, today, bills, stored, found] = await Promise.all([
    dunningSettingsOf(scope),
    todayOf(scope),
    dueBillsOf(scope, company),
    fileOf(scope, company),
    companyOf(scope, company),
  ]);
  const file = stored && { ...stored, ...(stored.promise ? { promise: { ...stored.promise, note: "" } } : {}) };
  const named = { company, companyName: found?.name ?? "" };
  const view = dunningView(settings, named, bills, file, today, await underWay(scope, bills));
  return { on: settings.on, items: view ? [view] : [] };
}
