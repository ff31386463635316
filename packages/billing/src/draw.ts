import { type Month, plusDays, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { companyOf, subscriptionsOf } from "@yihao/members/store";
import type { TaxBackground } from "@yihao/pricing/tax-settings";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { catchUp } from "./charging.ts";
import { linesOf, totalsOf } from "./lines.ts";
import { type BillPart, billParts, type Charge } from "./model.ts";
import { touches } from "./plan-charge.ts";
import { chargePlanMonth, unsigned } from "./plan-month.ts";
import { todayOf } from "./reads.ts";
import { reduceDraft } from "./reduction-actions.ts";
import { chargeRents, monthsAhead } from "./rent.ts";
import {
  billedKey,
  billWayOf,
  chargeKind,
  chargesOn,
  companyListKey,
  drawName,
  type Head,
  headKey,
  headKind,
  headOf,
  headsOf,
  invoiceIdOf,
  invoiceIdsFor,
  invoiceIdsOf,
  lineKey,
  lineKind,
  oldLineKeys,
  openChargesOf,
  openKey,
  partOf,
  pointerKind,
  rowWrites,
} from "./store.ts";
import { retaxed, taxBackground } from "./taxes.ts";
import { undraw } from "./undraw.ts";
import { settleUsage } from "./usage.ts";

/** What became of a company in a run. */
export type Drawn = "drawn" | "carried" | "closed" | "nothing";

/**
 * Draws a company's bill of a month (出账草稿), or its bills where it has one for each part of it (单独出账): charges the plan's month and the rent in advance, moves every open charge up to that month into its draft, and writes its
 * lines anew. Drawing again takes what came since and never counts anything twice, since a charge lies in one place only. A month whose bill is
 * finalised stays as it is; its late charges go to the next month drawn. When there is more to give back than to pay, nothing is drawn and the charges wait; a draft that comes to that is none any more.
 */
export async function drawInvoice(scope: Scope, id: CompanyId, month: Month): Promise<Drawn> {
  const company = await companyOf(scope, id);
  if (!company) return "nothing";
  const parts = await partsOf(scope, id, month);
  const heads = await headsOf(
    scope,
    parts.map((part) => invoiceIdOf(scope, id, month, part)),
    true,
  );
  if (heads.every((head) => head && head.state !== "draft")) return "closed";
  const background = await taxBackground(scope, id);
  for (const subscription of await subscriptionsOf(scope, company))
    if (touches(subscription, month)) await chargePlanMonth(scope, id, subscription, month, background);
  await chargeRents(scope, id, month, background);
  await catchUp(scope, id);
  await settleUsage(scope, id, month);
  const open = await takeable(scope, await billable(scope, company), month);
  const taken: Drawn[] = [];
  for (const part of parts) taken.push(await takeIn(scope, company, month, part, open, background));
  // Reductions are of all that the month charges, whatever bill it stands on, so that a fixed sum is given once.
  const invoices = parts.map((part) => invoiceIdOf(scope, id, month, part));
  if (taken.includes("drawn") && (await reduceDraft(scope, { invoices, company: id, month }))) {
    const reduced = (await openChargesOf(scope, id)).filter((one) => one.service === "discount" && one.month === month);
    for (const [at, part] of parts.entries()) {
      const invoice = invoices[at];
      if (!invoice || taken[at] !== "drawn") continue;
      if (!(await moveIn(scope, invoice, ofPart(reduced, part)))) taken[at] = "closed";
    }
  }
  for (const [at, invoice] of invoices.entries())
    if (taken[at] === "drawn") taken[at] = await writeLines(scope, invoice);
  return (["drawn", "carried", "closed"] as const).find((one) => taken.includes(one)) ?? "nothing";
}

/** What a month is drawn in: as it was begun, else as the company is billed now. Everything in one, or each part. */
async function partsOf(scope: Scope, id: CompanyId, month: Month): Promise<readonly (BillPart | undefined)[]> {
  const [whole, ...each] = await headsOf(scope, invoiceIdsOf(scope, id, month), true);
  if (whole) return [undefined];
  if (each.some((head) => head !== undefined)) return billParts;
  return (await billWayOf(scope, id)).bills === "separate" ? billParts : [undefined];
}

const ofPart = <One extends Charge>(charges: readonly One[], part: BillPart | undefined): One[] =>
  charges.filter(({ stream }) => part === undefined || partOf(stream) === part);

/** Takes open charges into a draft, which is opened for them; `drawn` once they are on it and taxed by what is known now, and its lines can be written. */
async function takeIn(
  scope: Scope,
  company: Company,
  month: Month,
  part: BillPart | undefined,
  all: readonly Stored<Charge>[],
  background: TaxBackground | undefined,
): Promise<Drawn> {
  const invoice = invoiceIdOf(scope, company.id, month, part);
  const open = ofPart(all, part);
  let before = await headOf(scope, invoice);
  if (before && before.state !== "draft") return "closed";
  const on = before ? await chargesOn(scope, invoice) : [];
  if (open.length === 0 && on.length === 0) return "nothing";
  if (!before && sum(open) < 0) return "carried";
  while (!before) {
    await openDraft(scope, company, month, part);
    before = await headOf(scope, invoice);
  }
  if (!(await moveIn(scope, invoice, open))) return "closed";
  return (await retaxDraft(scope, invoice, background)) ? "drawn" : "closed";
}

/** Open charges as far as they may be billed: a guest's once its day is well over, so that nothing on their bill is cancelled any more and what they paid is theirs until they had it. */
async function billable(scope: Scope, company: Company): Promise<Stored<Charge>[]> {
  const open = await openChargesOf(scope, company.id);
  if (company.kind !== "guest") return open;
  const last = plusDays(await todayOf(scope), -2);
  return open.filter(({ day }) => day <= last);
}

const sum = (charges: readonly Charge[]) => charges.reduce((total, { amountMinor }) => total + amountMinor, 0);

/** Whether a charge is due with the bill of a month: what is of that month or earlier, and rent of the next. */
const isDue = (charge: Charge, month: Month) =>
  charge.month <= month || (charge.service === "rent" && charge.month === plusMonths(month, monthsAhead));

/** Open charges that the bill of a month takes: its own, rent in advance, and earlier ones, unless their own month's draft will still take them. */
async function takeable(scope: Scope, open: readonly Stored<Charge>[], month: Month): Promise<Stored<Charge>[]> {
  const wanted = open.filter((charge) => isDue(charge, month));
  const others = [...new Set(wanted.map((charge) => charge.month))].filter((one) => one !== month);
  const company = wanted[0]?.company;
  if (!company || others.length === 0) return wanted;
  const heads = await headsOf(
    scope,
    others.flatMap((one) => invoiceIdsOf(scope, company, one)),
    true,
  );
  const drafts = new Set(heads.flatMap((head) => (head?.state === "draft" ? [head.id as string] : [])));
  return wanted.filter(
    (charge) => charge.month === month || !invoiceIdsFor(scope, charge).some((invoice) => drafts.has(invoice)),
  );
}

/** Makes the empty draft; false when somebody else did just now. */
async function openDraft(scope: Scope, company: Company, month: Month, part: BillPart | undefined): Promise<boolean> {
  const head: Head = {
    id: invoiceIdOf(scope, company.id, month, part),
    company: company.id,
    companyName: company.name,
    ...(company.code ? { companyCode: company.code } : {}),
    month,
    ...(part ? { part } : {}),
    state: "draft",
    totalMinor: 0,
    taxMinor: 0,
    paidMinor: 0,
    streams: [],
    drawnAt: scope.now,
    draw: "",
    moved: 0,
    counted: 0,
  };
  const list: Write = { do: "put", key: companyListKey(scope, head), kind: pointerKind, data: { id: head.id }, rev: 1 };
  const writes = [insert(headKey(scope, head.id), headKind, head, "head"), list, ...rowWrites(scope, undefined, head)];
  return (await commit(unsigned(scope), writes, { answer: null })).done;
}

const chunk = 45;
/** So many lines are written in one commit with their head. */
const withHead = 80;

/**
 * Moves charges from the open list into a draft, in chunks that each stand on their own: whatever was moved stays moved when the work is
 * interrupted, and the next draw goes on. False when the bill is no draft any more.
 */
async function moveIn(scope: Scope, invoice: Head["id"], open: readonly Stored<Charge>[]): Promise<boolean> {
  for (let at = 0; at < open.length; at += chunk) {
    const part = open.slice(at, at + chunk);
    const moves = part.flatMap(({ rev: _rev, ...charge }): Write[] => [
      { do: "delete", key: openKey(scope, charge), when: [["pk", "present"]], tag: `moved ${charge.id}` },
      insert(billedKey(scope, invoice, charge.id), chargeKind, { ...charge, invoice }, `on ${charge.id}`),
    ]);
    const head: Write = {
      do: "update",
      key: headKey(scope, invoice),
      add: { moved: part.length, rev: 1 },
      when: [["state", "=", "draft"]],
      tag: "head",
    };
    const outcome = await commit(unsigned(scope), [head, ...moves], { answer: null });
    if (outcome.done) continue;
    if ("head" in outcome.lost) return false;
    const gone = new Set(Object.keys(outcome.lost).map((tag) => tag.replace(/^\w+ /, "")));
    if (
      !(await moveIn(
        scope,
        invoice,
        part.filter(({ id }) => !gone.has(id)),
      ))
    )
      return false;
  }
  return true;
}

/** Taxes charges of a draft anew that are taxed otherwise by what is known now. False when the bill is no draft any more. */
async function retaxDraft(scope: Scope, invoice: Head["id"], background: TaxBackground | undefined): Promise<boolean> {
  const changed = background ? retaxed(await chargesOn(scope, invoice), background) : [];
  for (let at = 0; at < changed.length; at += chunk) {
    const head: Write = {
      ...{ do: "update", key: headKey(scope, invoice), add: { rev: 1 }, when: [["state", "=", "draft"]], tag: "head" },
    };
    const writes = changed
      .slice(at, at + chunk)
      .map(({ rev, ...charge }) => replace(billedKey(scope, invoice, charge.id), chargeKind, charge, rev));
    // Whoever draws at the same moment taxes them the same.
    const outcome = await commit(unsigned(scope), [head, ...writes], { answer: null });
    if (!outcome.done && "head" in outcome.lost) return false;
  }
  return true;
}

/**
 * Writes a draft's lines and totals from the charges on it; starts over when more were moved in or somebody else drew meanwhile. Each try writes a
 * set of lines of its own, named for the head's revision it read, so that two at once never write over one another's and one of them always comes through.
 */
async function writeLines(scope: Scope, invoice: Head["id"]): Promise<Drawn> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const stored = await headOf(scope, invoice);
    if (stored?.state !== "draft") return "closed";
    const { rev, ...head } = stored;
    const draw = drawName(rev, crypto.randomUUID().slice(0, 8));
    const charges = await chargesOn(scope, invoice);
    const lines = linesOf(charges, head.month);
    const puts = lines.map(
      (line, n): Write => ({
        ...{ do: "put", key: lineKey(scope, invoice, draw, n), kind: lineKind, data: { ...line, draw, n }, rev: 1 },
      }),
    );
    // What fits into the commit of the head is written with it; more goes before it, in sets that nobody sees yet.
    const early = puts.length > withHead ? puts : [];
    for (let at = 0; at < early.length; at += 90)
      await commit(unsigned(scope), early.slice(at, at + 90), { answer: null });
    const company = await companyOf(scope, head.company);
    const after: Head = {
      ...head,
      ...(company ? { companyName: company.name } : {}),
      ...(company?.code ? { companyCode: company.code } : {}),
      ...totalsOf(lines),
      drawnAt: scope.now,
      draw,
      counted: charges.length,
    };
    const writes = [
      replace(headKey(scope, invoice), headKind, after, rev),
      ...rowWrites(scope, head, after),
      ...(early.length > 0 ? [] : puts),
    ];
    const outcome = await commit(unsigned(scope), writes, { answer: null });
    if (!outcome.done) continue;
    const old = head.draw === "" ? [] : await oldLineKeys(scope, invoice, rev);
    for (let at = 0; at < old.length; at += 90)
      await commit(
        unsigned(scope),
        old.slice(at, at + 90).map((key): Write => ({ do: "delete", key })),
        { answer: null },
      );
    // One that gives back more than it charges is no bill: nobody could finalise it, nor close its month. What it has waits for the next.
    if (after.totalMinor < 0 && (await undraw(scope, invoice, ({ totalMinor }) => totalMinor < 0))) return "carried";
    return "drawn";
  }
  throw new Refused("busy");
}
