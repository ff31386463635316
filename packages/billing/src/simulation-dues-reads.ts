import type { Month } from "@yihao/kernel/days";
import { monthOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import type { Agreement } from "@yihao/members/agreement-model";
import { agreementsOf } from "@yihao/members/agreement-store";
import { companyPage, lotsOf } from "@yihao/members/store";
import { penaltyCauses } from "@yihao/pricing/tariff-model";
import type { Charge, Line } from "./model.ts";
import { touches } from "./plan-charge.ts";
import { rentsToCharge } from "./rent.ts";
import type { UsedDues } from "./simulation-model.ts";
import { billsOf, chargedPlanMonths, linesOn, openChargesOf } from "./store.ts";

type Asked = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

/** How many companies are read at the same time. */
const companiesAtOnce = 6;

/**
 * A page of what companies owed of a month beside bookings, plans and goods: rents, packs, and what was charged by hand or by a penalty's cause. For each company of the page four queries, and one for each bill from that month on:
 * what was charged late stands on a later one.
 */
export async function readDuesUse(scope: Scope, month: Month, page: Asked): Promise<Page<UsedDues>> {
  const { items, next } = await companyPage(scope, page);
  const used: UsedDues[] = [];
  for (let at = 0; at < items.length; at += companiesAtOnce) {
    const part = items.slice(at, at + companiesAtOnce);
    used.push(
      ...(await Promise.all(
        part.map(async ({ id, name }) => ({ company: id, companyName: name, ...(await duesOf(scope, id, month)) })),
      )),
    );
  }
  return {
    items: used.filter(({ rents, packs, items }) => rents.length + packs.length + items.length > 0),
    next,
  };
}

async function duesOf(scope: Scope, company: CompanyId, month: Month) {
  const [agreements, lots, open, bills] = await Promise.all([
    agreementsOf(scope, company),
    lotsOf(scope, company),
    openChargesOf(scope, company, month),
    billsOf(scope, company, month),
  ]);
  const running = agreements.filter(({ state }) => state !== "draft");
  const [charged, lines] = await Promise.all([
    running.length > 0 ? chargedPlanMonths(scope, company, "agr_", month) : [],
    Promise.all(bills.map(async (bill) => ofMonth(await linesOn(scope, bill), bill.month, month))),
  ]);
  const rents = running.flatMap((one) => {
    const own = charged.filter(({ id, month: of }) => of === month && id.startsWith(one.id));
    return rentOf(
      one,
      month,
      own.reduce((sum, { chargedMinor }) => sum + chargedMinor, 0),
    );
  });
  // One that was taken over, or was free, was never charged.
  const packs = lots
    .filter(({ from, priceMinor }) => monthOf(from) === month && priceMinor > 0)
    .map(({ id, pack, name, from, priceMinor }) => ({ lot: id, pack, name, from, priceMinor }));
  return { rents, packs, items: itemsOf([...open, ...lines.flat()]) };
}

/** The rent of an agreement's days of a month. One from before rent was charged here owes nothing for months in which it was not. */
function rentOf(agreement: Agreement, month: Month, chargedMinor: number): UsedDues["rents"] {
  const phases = rentsToCharge(agreement).filter((phase) => touches(phase, month));
  const before = agreement.rentFrom === undefined && chargedMinor === 0;
  if (phases.length === 0 || before) return [];
  return [
    {
      ...{ agreement: agreement.id, title: agreement.title, chargedMinor },
      phases: phases.map(({ id, from, until, snapshot, pauses = [] }) => ({
        ...{ id, from, monthlyMinor: snapshot.monthlyMinor, pauses },
        ...(until === undefined ? {} : { until }),
      })),
    },
  ];
}

/** The lines of a bill that are for a month. */
const ofMonth = (lines: readonly Line[], billed: Month, month: Month): Line[] =>
  lines.filter(({ late, ahead }) => (late ?? ahead ?? billed) === month);

type Made = Pick<Charge, "service" | "stream" | "about" | "per" | "quantity" | "unitMinor" | "amountMinor">;

/** What was charged by hand or by a penalty's cause, by thing and price; what was taken back is gone. */
function itemsOf(made: readonly Made[]): UsedDues["items"] {
  const found = new Map<string, UsedDues["items"][number]>();
  for (const { service, stream, about, per, quantity, unitMinor, amountMinor } of made) {
    if ((service !== "extra" && service !== "penalty") || !about) continue;
    const key = [about.id, stream, per, unitMinor].join("\n");
    const known = found.get(key);
    const cause = service === "penalty" ? penaltyCauses.find((one) => about.id === `penalty_${one}`) : undefined;
    found.set(key, {
      ...{ of: about.id, name: about.name, stream, per, unitMinor, ...(cause ? { cause } : {}) },
      quantity: (known?.quantity ?? 0) + quantity,
      amountMinor: (known?.amountMinor ?? 0) + amountMinor,
    });
  }
  return [...found.values()].filter(({ quantity, amountMinor }) => quantity !== 0 || amountMinor !== 0);
}
