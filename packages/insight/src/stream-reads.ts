import { creditsOn } from "@yihao/billing/credit-store";
import { headOf, linesOn } from "@yihao/billing/store";
import { zoneOf } from "@yihao/billing/zone";
import { sitesOf } from "@yihao/booking/store";
import { dayOf, type Month, monthOf, plusMonths } from "@yihao/kernel/days";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { forecastOf, moveOf, mrrOf } from "./recurring.ts";
import { sitesOfLines } from "./stream-entries.ts";
import type { Entry, Mover, RecurringView, StreamLine, Streams } from "./stream-model.ts";
import { cellsBetween, costsBetween, entriesOf, isFilled, recurringOf, sizesOf } from "./stream-store.ts";

/** The last months up to and with the one that runs, oldest first. */
function lastMonths(last: Month, count: number): Month[] {
  return Array.from({ length: count }, (_, index) => plusMonths(last, index - count + 1));
}
const todayOf = async (scope: Scope) => dayOf(scope.now, await zoneOf(scope));

/** Revenue by stream and site of the last months, with costs and sizes. Two queries and a few reads. */
export async function readStreams(scope: Scope, count: number): Promise<Streams> {
  const months = lastMonths(monthOf(await todayOf(scope)), count);
  const [from = "", to = ""] = [months[0], months.at(-1)];
  const [cells, costs, sites, sizes, filled] = await Promise.all([
    cellsBetween(scope, from, to),
    costsBetween(scope, from, to),
    sitesOf(scope),
    sizesOf(scope),
    isFilled(scope),
  ]);
  return {
    months: months.map((month) => {
      const entered = costs.get(month);
      return {
        month,
        cells: cells.get(month) ?? [],
        costs: { month, costs: entered?.costs ?? {}, rev: entered?.rev ?? 0 },
      };
    }),
    sites: sites.map(({ id, name }) => ({ id, name })),
    sizes,
    filled,
  };
}

/** A page of the documents posted to a month, by company. */
export async function readEntries(
  scope: Scope,
  month: Month,
  page: { company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Entry>> {
  const { items, next } = await entriesOf(scope, month, page);
  return { items: items.map(({ rev: _rev, ...entry }) => entry), next };
}

/** How many documents of a company and month are looked into. */
const documentsMost = 60;

/** The lines of a company's bills and credit notes that were posted to a month: two queries a document. */
export async function readStreamLines(scope: Scope, month: Month, company: string): Promise<StreamLine[]> {
  const { items } = await entriesOf(scope, month, { company, limit: documentsMost });
  const all: StreamLine[] = [];
  for (const entry of items) {
    const { document, kind, invoice, number } = entry;
    const sign = kind === "bill" ? 1 : -1;
    const head = await headOf(scope, invoice);
    const lines =
      kind === "bill"
        ? head
          ? await linesOn(scope, head)
          : []
        : ((await creditsOn(scope, invoice)).find(({ id }) => id === document)?.lines ?? []);
    const siteOf = await sitesOfLines(scope, company, lines);
    for (const line of lines) {
      const { service, stream, about, amountMinor, taxMinor } = line;
      if (amountMinor === 0) continue;
      all.push({
        ...{ document, kind, invoice, number, site: siteOf(line), stream, service },
        ...(about ? { name: about.name } : {}),
        ...("quantity" in line ? { quantity: line.quantity, per: line.per, unitMinor: line.unitMinor } : {}),
        amountMinor: sign * amountMinor,
        taxMinor: sign * taxMinor,
      });
    }
  }
  return all;
}

/** Monthly recurring revenue of the last months and what plans and rents will bring in those to come. One query of a row a company. */
export async function readRecurring(scope: Scope, wish: { months: number; ahead: number }): Promise<RecurringView> {
  const [today, companies] = await Promise.all([todayOf(scope), recurringOf(scope)]);
  const now = monthOf(today);
  return {
    months: lastMonths(now, wish.months).map((month) => mrrOf(companies, month, today)),
    forecast: Array.from({ length: wish.ahead }, (_, index) => forecastOf(companies, plusMonths(now, index + 1))),
  };
}

/** Companies whose monthly revenue changed over a month, the largest change first. */
export async function readMovers(scope: Scope, month: Month): Promise<Mover[]> {
  const [today, companies] = await Promise.all([todayOf(scope), recurringOf(scope)]);
  const change = ({ beforeMinor, afterMinor }: Mover) => Math.abs(afterMinor - beforeMinor);
  return companies.flatMap((one) => moveOf(one, month, today) ?? []).sort((a, b) => change(b) - change(a));
}
