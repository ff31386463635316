import type { CreditNote, InvoiceCredited } from "@yihao/billing/credit-model";
import { creditsOn } from "@yihao/billing/credit-store";
import type { Invoice, InvoiceFinalised, Line } from "@yihao/billing/model";
import { type PlanPhase, phasesToCharge } from "@yihao/billing/plan-charge";
import { rentsToCharge } from "@yihao/billing/rent";
import { headOf, linesOn } from "@yihao/billing/store";
import { resourceOf, sitesOf } from "@yihao/booking/store";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Agreement } from "@yihao/members/agreement-model";
import { agreementsOf } from "@yihao/members/agreement-store";
import { companyOf, subscriptionsOf } from "@yihao/members/store";
import type { Subscription } from "@yihao/members/subscription-model";
import { commit } from "@yihao/table/commit";
import { warehouseOf } from "@yihao/warehouse/store";
import { type Entry, noSite, type Recurring, type RecurringPhase } from "./stream-model.ts";
import { entryWrites, keptRecurring, writeRecurring } from "./stream-store.ts";
import { partsOf } from "./streams.ts";

/** The same scope for commits whose own conditions make a second time a no-op. */
const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });

type Placed = Pick<Line, "about">;

/**
 * Finds the site of lines: that of the resource, warehouse or agreement they are about. What has no place of its own belongs to the space's only site, and to none when it has several. A read of half
 * a unit for each thing.
 */
export async function sitesOfLines(scope: Scope, company: string, lines: readonly Placed[]) {
  const sites = await sitesOf(scope);
  const fallback = sites.length === 1 ? (sites[0]?.id ?? noSite) : noSite;
  const found = new Map<string, string>();
  const ids = new Set(lines.flatMap(({ about }) => about?.id ?? []));
  const ofResource = async (id: string) => (await resourceOf(scope, id, { consistent: false }))?.site;
  const agreements = [...ids].some((id) => id.startsWith("agr_"))
    ? await agreementsOf(scope, company as CompanyId)
    : [];
  for (const id of ids) {
    const site = id.startsWith("res_")
      ? await ofResource(id)
      : id.startsWith("whs_")
        ? (await warehouseOf(scope, id))?.site
        : await siteOfAgreement(agreements, id, ofResource);
    if (site) found.set(id, site);
  }
  return ({ about }: Placed) => found.get(about?.id ?? "") ?? fallback;
}

/** Rent belongs to the site of the first resource that it is for. */
async function siteOfAgreement(
  agreements: readonly Agreement[],
  phase: string,
  ofResource: (id: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const resource = agreements.find(({ id }) => phase.startsWith(id))?.resources[0];
  return resource ? await ofResource(resource) : undefined;
}

/** Writes an entry once; false when it was there. */
async function keep(scope: Scope, entry: Entry): Promise<boolean> {
  return (await commit(unsigned(scope), entryWrites(scope, entry), { answer: null })).done;
}

/** Enters a finalised bill into the revenue of its month, once. */
export async function enterBill(scope: Scope, told: Pick<InvoiceFinalised, "invoice">): Promise<boolean> {
  const head = await headOf(scope, told.invoice);
  if (!head?.finalisedOn || head.opening) return false;
  const lines = await linesOn(scope, head);
  const { id, number = "", company, companyName, month, period = month, finalisedOn } = head;
  const parts = partsOf(lines, await sitesOfLines(scope, company, lines));
  const entry: Entry = {
    document: id,
    kind: "bill",
    invoice: id,
    number,
    company,
    companyName,
    month: period,
    on: finalisedOn,
    parts,
  };
  return await keep(scope, entry);
}

/** Takes what a credit note took back off the revenue of the month it is posted to, once. */
export async function enterCredit(scope: Scope, told: Pick<InvoiceCredited, "invoice" | "credit">): Promise<boolean> {
  const [head, notes] = await Promise.all([headOf(scope, told.invoice), creditsOn(scope, told.invoice)]);
  const note = notes.find(({ id }) => id === told.credit);
  if (!head || !note || head.opening) return false;
  return await keep(scope, await entryOfCredit(scope, head, note));
}

async function entryOfCredit(scope: Scope, head: Invoice, note: CreditNote): Promise<Entry> {
  const { id, number, company, companyName, issuedOn, lines, invoice } = note;
  const month = note.period ?? head.period ?? head.month;
  const parts = partsOf(lines, await sitesOfLines(scope, company, lines), -1);
  return { document: id, kind: "credit", invoice, number, company, companyName, month, on: issuedOn, parts };
}

/** What credit notes took back of a bill, each once. Gives how many were new. */
export async function enterCreditsOf(scope: Scope, invoice: string): Promise<number> {
  const [head, notes] = await Promise.all([headOf(scope, invoice), creditsOn(scope, invoice)]);
  let entered = 0;
  for (const note of head && !head.opening ? notes : [])
    if (head && (await keep(scope, await entryOfCredit(scope, head, note)))) entered += 1;
  return entered;
}

const plain = ({ id, from, until, snapshot, pauses = [] }: PlanPhase): RecurringPhase => ({
  id,
  from,
  ...(until === undefined ? {} : { until }),
  monthlyMinor: snapshot.monthlyMinor,
  pauses: pauses.map((pause) => ({ from: pause.from, ...(pause.until ? { until: pause.until } : {}) })),
});

/** What comes of a company each month, from its plans and agreements with all they went through. */
export function recurringFrom(
  company: { readonly id: string; readonly name: string },
  subscriptions: readonly Subscription[],
  agreements: readonly Agreement[],
): Recurring {
  const byId = (a: RecurringPhase, b: RecurringPhase) => (a.id < b.id ? -1 : 1);
  return {
    company: company.id,
    name: company.name,
    plans: subscriptions.flatMap((one) => phasesToCharge(one).map(plain)).sort(byId),
    rents: agreements
      .filter(({ state }) => state !== "draft")
      .flatMap((one) => rentsToCharge(one).map(plain))
      .sort(byId),
  };
}

/** Keeps what comes of a company each month, as it stands now; safe to run again and at the same time. */
export async function followRecurring(scope: Scope, id: string): Promise<void> {
  for (;;) {
    const kept = await keptRecurring(scope, id);
    const company = await companyOf(scope, id as CompanyId);
    if (!company) return;
    const [subscriptions, agreements] = await Promise.all([
      subscriptionsOf(scope, company),
      agreementsOf(scope, company.id),
    ]);
    const one = recurringFrom(company, subscriptions, agreements);
    if (!kept && one.plans.length + one.rents.length === 0) return;
    const outcome = await commit(unsigned(scope), [writeRecurring(scope, one, kept?.rev ?? 0)], { answer: null });
    if (outcome.done) return;
  }
}
