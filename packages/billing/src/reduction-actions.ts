import { dayOf, monthOf, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { claim } from "@yihao/table/unique";
import { insert, replace, type Write } from "@yihao/table/write";
import type { BillingRefusal, Invoice, InvoiceId } from "./model.ts";
import { chargeDifference } from "./plan-month.ts";
import { type Part, partName, reductionCharge, reductionParts } from "./reduction.ts";
import type {
  Coupon,
  CouponId,
  NewCoupon,
  NewReduction,
  Reduction,
  ReductionId,
  ReductionTold,
} from "./reduction-model.ts";
import {
  couponByCode,
  couponKey,
  couponKind,
  couponOf,
  reductionKey,
  reductionKind,
  reductionOf,
  reductionsOf,
} from "./reduction-store.ts";
import { chargedPlanMonths, chargesOn } from "./store.ts";
import { zoneOf } from "./zone.ts";

type Answer<Value> = Promise<Outcome<Value, BillingRefusal | "missing">>;

/** A company that may be charged: one that was merged is the other. */
export async function chargeable(scope: Scope, id: CompanyId): Promise<Company | undefined> {
  const company = await companyOf(scope, id);
  return company?.merged ? companyOf(scope, company.merged.into as CompanyId) : company;
}

function told(scope: Scope, type: "reduction.granted" | "reduction.ended", reduction: Reduction): Write {
  const { id, company, name, less, from, through, coupon } = reduction;
  const data: ReductionTold = {
    ...{ reduction: id, company, name, less, from, through },
    ...(coupon ? { code: coupon.code } : {}),
  };
  return happened(scope, type, company, data);
}

/** Gives a company a reduction (优惠减免) of its bills of some months; drafts take it when they are drawn again. Refused as `missing`, and `reduction.past` when its last month is over. */
export async function grantReduction(scope: Scope, wish: NewReduction): Answer<Reduction> {
  const company = await chargeable(scope, wish.company);
  if (!company) return refuse("missing");
  const month = monthOf(dayOf(scope.now, await zoneOf(scope)));
  if (wish.through < plusMonths(month, -1)) return refuse("reduction.past", { month: wish.through });
  const { streams, ...facts } = wish;
  const reduction: Reduction = {
    ...{ ...facts, id: idFor(scope, "rdc"), company: company.id, state: "active", at: scope.now, by: actorName(scope) },
    ...(streams ? { streams } : {}),
  };
  const key = reductionKey(scope, company.id, reduction.id);
  const writes = [insert(key, reductionKind, reduction), told(scope, "reduction.granted", reduction)];
  const outcome = await commit(scope, writes, { answer: reduction });
  return outcome.done ? accept(outcome.answer) : refuse("missing");
}

/** Ends a reduction: bills that are final keep what it took, drafts give it back when they are drawn again. Refused as `missing` and `reduction.ended`. */
export async function endReduction(scope: Scope, company: CompanyId, id: ReductionId): Answer<Reduction> {
  const stored = await reductionOf(scope, company, id);
  if (!stored) return refuse("missing");
  const { rev, ...before } = stored;
  if (before.state === "ended") return refuse("reduction.ended");
  const after: Reduction = { ...before, state: "ended" };
  const writes = [
    replace(reductionKey(scope, company, id), reductionKind, after, rev),
    told(scope, "reduction.ended", after),
  ];
  const outcome = await commit(scope, writes, { answer: after });
  return outcome.done ? accept(outcome.answer) : refuse("reduction.ended");
}

/** Makes a coupon (优惠券). Refused as `coupon.code-taken`: a code is never given twice. */
export async function addCoupon(scope: Scope, wish: NewCoupon): Answer<Coupon> {
  const { streams, leastMinor, ...facts } = wish;
  const coupon: Coupon = {
    ...{ ...facts, code: wish.code.toUpperCase(), id: idFor(scope, "cpn"), used: 0, state: "active", at: scope.now },
    ...(streams ? { streams } : {}),
    ...(leastMinor ? { leastMinor } : {}),
  };
  const writes = [
    insert(couponKey(scope, coupon.id), couponKind, coupon),
    claim(scope, "coupon", coupon.code, coupon.id),
    happened(scope, "coupon.added", "billing-settings", coupon),
  ];
  const outcome = await commit(scope, writes, { answer: coupon });
  return outcome.done ? accept(outcome.answer) : refuse("coupon.code-taken", { code: coupon.code });
}

/** Retires a coupon: nobody takes it any more; whoever has it keeps it. */
export async function retireCoupon(scope: Scope, id: CouponId): Answer<Coupon> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const stored = await couponOf(scope, id);
    if (!stored) return refuse("missing");
    const { rev, ...before } = stored;
    const after: Coupon = { ...before, state: "retired" };
    const writes = [
      replace(couponKey(scope, id), couponKind, after, rev),
      happened(scope, "coupon.retired", "billing-settings", { coupon: id, code: before.code }),
    ];
    const outcome = await commit(scope, writes, { answer: after });
    if (outcome.done) return accept(outcome.answer);
  }
  throw new Refused("busy");
}

/**
 * Takes a coupon for a company: its bills of this month and of the months after it are lessened, as many as it says. Refused as `missing`, `coupon.unknown`, `coupon.not-now` outside its days or when it is retired, `coupon.used` when the
 * company has had it, and `coupon.none-left`. Each use is counted under a condition, so that never more take it than it says, however many at once.
 */
export async function redeemCoupon(scope: Scope, id: CompanyId, code: string): Answer<Reduction> {
  const [company, coupon, zone] = await Promise.all([chargeable(scope, id), couponByCode(scope, code), zoneOf(scope)]);
  if (!company) return refuse("missing");
  if (!coupon) return refuse("coupon.unknown", { code });
  const today = dayOf(scope.now, zone);
  const { from, until, usesMost } = coupon;
  if (coupon.state === "retired" || today < from || today >= until) return refuse("coupon.not-now", { from, until });
  const month = monthOf(today);
  const reduction: Reduction = {
    ...{ id: idFor(scope, "rdc"), company: company.id, name: coupon.name, less: coupon.less },
    ...(coupon.streams ? { streams: coupon.streams } : {}),
    ...(coupon.leastMinor ? { leastMinor: coupon.leastMinor } : {}),
    ...{ from: month, through: plusMonths(month, coupon.months - 1) },
    coupon: { id: coupon.id, code: coupon.code },
    ...{ state: "active", at: scope.now, by: actorName(scope) },
  };
  const use: Write = {
    ...{ do: "update", key: couponKey(scope, coupon.id), add: { used: 1, rev: 1 }, tag: "coupon" },
    when: [
      ["used", "<", usesMost],
      ["state", "=", "active"],
    ],
  };
  const writes = [
    insert(reductionKey(scope, company.id, reduction.id), reductionKind, reduction),
    claim(scope, "coupon-use", `${coupon.id} ${company.id}`, reduction.id),
    use,
    told(scope, "reduction.granted", reduction),
  ];
  const outcome = await commit(scope, writes, { answer: reduction });
  if (outcome.done) return accept(outcome.answer);
  if ("unique coupon-use" in outcome.lost) return refuse("coupon.used", { code: coupon.code });
  return refuse("coupon.none-left", { code: coupon.code });
}

/** Charges what reductions take of a month by what is on its bill, or bills, now, each part as the difference to what was charged of it before. Gives whether anything was new. */
export async function reduceDraft(
  scope: Scope,
  bill: Pick<Invoice, "company" | "month"> & { readonly invoices: readonly InvoiceId[] },
): Promise<boolean> {
  const reductions = await reductionsOf(scope, bill.company);
  const mine = reductions.filter(({ from, through }) => from <= bill.month && bill.month <= through);
  if (mine.length === 0) return false;
  const charged = (await chargedPlanMonths(scope, bill.company, "rdc_", bill.month)).filter(
    ({ month }) => month === bill.month,
  );
  const charges = await Promise.all(bill.invoices.map((invoice) => chargesOn(scope, invoice)));
  const parts = reductionParts(charges.flat(), mine, bill.month);
  const due = new Map(parts.map((part) => [partName(part), part]));
  let isNew = false;
  const follow = (name: string, part: Part) =>
    chargeDifference(scope, bill.company, bill.month, name, (chargedMinor) => {
      const bare = reductionCharge(bill, part, chargedMinor);
      isNew ||= bare !== undefined;
      return bare;
    });
  for (const [name, part] of due) await follow(name, part);
  // What is not taken any more goes back: the reduction has ended, or what it lessened was given back itself.
  for (const { id } of charged.filter((one) => !due.has(one.id))) {
    const gone = partOf(id, mine);
    if (gone) await follow(id, gone);
  }
  return isNew;
}

/** A part of nothing by the name under which it was charged. */
function partOf(name: string, reductions: readonly Reduction[]): Part | undefined {
  const [id = "", stream = "", basis = "", ...reason] = name.split("-");
  const reduction = reductions.find((one) => one.id === id);
  if (!reduction) return undefined;
  const taxReason = reason.length > 0 ? { taxReason: reason.join("-") as Part["taxReason"] } : {};
  return { reduction, stream: stream as Part["stream"], taxBasis: Number(basis), ...taxReason, amountMinor: 0 };
}
