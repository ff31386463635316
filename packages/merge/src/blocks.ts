import { readBalance } from "@yihao/billing/reads";
import { draftsOf, listBillsOf } from "@yihao/billing/store";
import { rowsOf } from "@yihao/booking/store";
import { companyParcels } from "@yihao/community/parcel-store";
import { companyTickets } from "@yihao/community/ticket-store";
import { peopleIn } from "@yihao/identity/company-move";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { agreementsOf } from "@yihao/members/agreement-store";
import { today } from "@yihao/members/days";
import { documentsOf } from "@yihao/members/document-store";
import type { Company } from "@yihao/members/model";
import { bothRun } from "@yihao/members/plan-move";
import { companyOf, lotsOf } from "@yihao/members/store";
import { goesOn } from "@yihao/members/subscription";
import { goodsBlocks, goodsToMove } from "@yihao/warehouse/move-blocks";
import { type Block, type Moves, namedMost } from "./model.ts";

/** What of a company stands in the way of merging it into another, and must be settled first. */
export async function blocksOf(scope: Scope, company: Company, into: Company): Promise<Block[]> {
  const id = company.id as CompanyId;
  const day = await today(scope);
  const goods = await goodsBlocks(scope, id, into.id as CompanyId);
  return [
    ...(company.state === "left" ? [{ what: "gone", count: 1 } as const] : []),
    ...(company.state === "active" && company.exit ? [{ what: "exit", count: 1 } as const] : []),
    ...(bothRun(company, into, day) ? [{ what: "plan", count: 2 } as const] : []),
    ...goods.map(({ what, items }) => ({ what, count: items.length, items: items.slice(0, namedMost) })),
  ];
}

async function countOf(read: (cursor: string | undefined) => Promise<Page<unknown>>): Promise<number> {
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    count += page.items.length;
    if (!page.next) return count;
    cursor = page.next;
  }
}

/** A page of a company's bookings that have not ended: those of which something is still to come. */
async function toCome(scope: Scope, id: CompanyId, cursor: string | undefined): Promise<Page<unknown>> {
  const from = plusMinutes(scope.now, -1440);
  const page = await rowsOf(scope, id, { from, cursor, limit: 200, consistent: true });
  return { ...page, items: page.items.filter(({ state, until }) => state !== "cancelled" && until > scope.now) };
}

/** What of a company moves, counted: bookings to come, and drafts apart from bills that have a number. */
export async function movesOf(scope: Scope, id: CompanyId): Promise<Moves> {
  const limit = 200;
  const [people, day, company, lots, agreements, documents, tickets, parcels, bills, balance, bookings, drafts, goods] =
    await Promise.all([
      peopleIn(scope, id),
      today(scope),
      companyOf(scope, id),
      lotsOf(scope, id),
      agreementsOf(scope, id),
      documentsOf(scope, id),
      countOf((cursor) => companyTickets(scope, id, { cursor, limit })),
      countOf((cursor) => companyParcels(scope, id, { cursor, limit })),
      countOf((cursor) => listBillsOf(scope, id, { cursor, limit: 100 })),
      readBalance(scope, id),
      countOf((cursor) => toCome(scope, id, cursor)),
      draftsOf(scope, id),
      goodsToMove(scope, id),
    ]);
  const { receivableMinor, creditMinor, depositMinor } = balance;
  return {
    people: people.length,
    plans: [company?.subscription, company?.next].filter((one) => goesOn(one, day)).length,
    packs: lots.filter(({ until }) => until > day).length,
    agreements: agreements.length,
    documents: documents.length,
    ...{ bookings, drafts: drafts.length, tickets, parcels, bills: bills - drafts.length },
    ...goods,
    ...{ receivableMinor, creditMinor, depositMinor },
  };
}
