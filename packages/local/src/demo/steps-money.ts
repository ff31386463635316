import { decide, propose } from "@yihao/billing/approvals";
import { changeDunning, promiseToPay } from "@yihao/billing/dunning-actions";
import { defaultDunning } from "@yihao/billing/dunning-model";
import { askFapiao, changeTitle, readTitle, stepOn } from "@yihao/billing/fapiao-actions";
import type { FapiaoStep } from "@yihao/billing/fapiao-model";
import { addCharge } from "@yihao/billing/manual-charge";
import { openOf } from "@yihao/billing/open";
import { addCoupon, grantReduction, redeemCoupon } from "@yihao/billing/reduction-actions";
import { headOf, invoiceIdOf } from "@yihao/billing/store";
import { dayOf, monthOf, plusDays, plusMonths } from "@yihao/kernel/days";
import type { TariffTerms } from "@yihao/pricing/tariff-model";
import { addTariff } from "@yihao/pricing/tariff-store";
import type { TaxSettings } from "@yihao/pricing/tax-model";
import { at, demoZone, earlier } from "./plan-days.ts";
import { companyId, done, mainSpace, type Stage, scopeAt, staff } from "./stage.ts";
import { billedMonths } from "./steps-bills.ts";

type Who = "finance" | "owner";
const scopeOn = (stage: Stage, name: string, instant: string, part: Who = "finance") =>
  scopeAt(stage, mainSpace(stage), `money ${name}`, earlier(instant, stage.frame.now), staff(stage, part));
const keyOf = (stage: Stage, index: number) => stage.companies[index]?.key;
const idOf = (stage: Stage, key: string) => companyId(stage, mainSpace(stage), key);

/** What storage and handling cost, with what is charged by hand at its price. */
const terms: TariffTerms = {
  storage: { by: "bin-day", dayMinor: 260, tiers: [{ from: 600, unitMinor: 220 }] },
  freeDays: 3,
  fees: [
    { operation: "receive", per: "unit", unitMinor: 30 },
    { operation: "receive", per: "pallet", unitMinor: 2_500 },
    { operation: "putaway", per: "bin", unitMinor: 50 },
    { operation: "pick", per: "unit", unitMinor: 120 },
    { operation: "pack", per: "carton", unitMinor: 350 },
    { operation: "ship", per: "order", unitMinor: 400 },
    { operation: "ship", per: "kg", unitMinor: 60 },
    { operation: "ship", per: "pallet", unitMinor: 3_000 },
    { operation: "return", per: "unit", unitMinor: 150 },
    { operation: "count", per: "bin", unitMinor: 300, minimumMinor: 3_000 },
    { operation: "label", per: "unit", unitMinor: 20, tiers: [{ from: 200, unitMinor: 15 }] },
  ],
  items: [
    { kind: "penalty", name: "货物未预报入库", unitMinor: 5_000 },
    { kind: "penalty", name: "会议室预订未到", unitMinor: 3_000, on: "no-show" },
    { kind: "penalty", name: "临近取消会议室", unitMinor: 3_000, on: "late-cancel" },
    { kind: "penalty", name: "快递超期未取（每天）", unitMinor: 100, on: "parcel-kept", freeDays: 7 },
    { kind: "penalty", name: "拣货后取消订单", unitMinor: 1_000, on: "order-undone" },
    { kind: "penalty", name: "到货超出预报（每件）", unitMinor: 50, on: "notice-over" },
    { kind: "penalty", name: "超期占用收货区（每天）", unitMinor: 2_000 },
    { kind: "event", name: "路演日展位", unitMinor: 30_000 },
    { kind: "service", name: "商品拍照（每款）", unitMinor: 1_500 },
  ],
};

/** What holds before anything is billed: how the space is taxed, decided by two; the tariffs; a coupon that some took and a reduction; and what is charged by hand. */
export async function setMoney(stage: Stage): Promise<void> {
  const { first, today } = stage.frame;
  const start = at(first, "09:30");
  const settings: TaxSettings = {
    rates: [
      { stream: "rent", service: "lease", basis: 500, from: "2024-01-01" },
      { stream: "services", service: "consulting", basis: 600, from: "2024-01-01" },
    ],
    titles: [{ title: "national-space", from: "2024-01-01", number: "国科火字〔2023〕106 号" }],
    separate: [{ from: "2024-01-01" }],
  };
  const asking = scopeOn(stage, "tax", start);
  const wish = { kind: "tax-settings", rev: 0, settings } as const;
  const { id } = await done(asking, await propose(asking, { wish, reason: "备案通过，免税收入单独核算" }, "马超群"));
  const approving = scopeOn(stage, "tax approved", at(first, "10:10"), "owner");
  await done(approving, await decide(approving, id, "approve"));

  const month = monthOf(first);
  const names = ["云仓标准价目", "云仓标准价目（明年）"] as const;
  const changes = plusMonths(monthOf(today), 2);
  const standard = scopeOn(stage, "tariff", start, "owner");
  await done(
    standard,
    await addTariff(standard, { ...terms, name: names[0], from: plusMonths(monthOf(today), 1), until: changes }, month),
  );
  const later = scopeOn(stage, "tariff later", start, "owner");
  const dearer: TariffTerms = { ...terms, storage: { by: "bin-day", dayMinor: 280 }, minimumMinor: 20_000 };
  await done(later, await addTariff(later, { ...dearer, name: names[1], from: changes }, month));
  // The first owner's own terms hold before those of all, so that a bill of it has handling of every kind.
  const own = stage.companies.find(({ products }) => products.length >= 3);
  if (own) {
    const scope = scopeOn(stage, "tariff own", start, "owner");
    const wish = { ...terms, name: `${own.name}协议价`, company: idOf(stage, own.key), from: plusMonths(month, 1) };
    await done(scope, await addTariff(scope, wish, month));
  }

  const coupon = scopeOn(stage, "coupon", start);
  const days = { from: first, until: plusDays(today, 60) };
  const facts = { code: "KAIYUAN-2026", name: "开园券", less: { percent: 10 }, months: 3, usesMost: 20 };
  await done(coupon, await addCoupon(coupon, { ...facts, ...days, streams: ["membership", "desk", "room"] }));
  for (const index of [0, 1, 3]) {
    const key = keyOf(stage, index);
    if (!key) continue;
    const scope = scopeOn(stage, `coupon ${key}`, at(plusDays(first, 1), "11:00"));
    await done(scope, await redeemCoupon(scope, idOf(stage, key), facts.code));
  }
  const helped = keyOf(stage, 2);
  if (helped) {
    const scope = scopeOn(stage, "reduction", at(plusDays(first, 1), "14:00"));
    const less = { name: "大学生创业减免", less: { amountMinor: 20_000 }, from: month, through: plusMonths(month, 5) };
    await done(scope, await grantReduction(scope, { ...less, company: idOf(stage, helped) }));
  }
  const byHand = [
    { index: 0, name: "路演日展位", stream: "events", unitMinor: 30_000, quantity: 1 },
    { index: 2, name: "知识产权咨询", stream: "services", unitMinor: 80_000, quantity: 1 },
    { index: 1, name: "货物未预报入库", stream: "other", unitMinor: 5_000, quantity: 2 },
  ] as const;
  for (const { index, ...charge } of byHand) {
    const key = keyOf(stage, index);
    if (!key) continue;
    const scope = scopeOn(stage, `charge ${key}`, at(plusDays(first, 3), "15:00"));
    const wanted = { ...charge, company: idOf(stage, key), taxClass: "service" as const, day: plusDays(first, 3) };
    await done(scope, await addCharge(scope, wanted));
  }
}

/** What follows bills: reminders of those that are over, with a promise to pay; and fapiao asked for, issued and taken back. */
export async function followBills(stage: Stage): Promise<void> {
  const months = billedMonths(stage);
  const month = months.at(-1);
  if (!month) return;
  const { now, today } = stage.frame;
  const dunning = scopeOn(stage, "dunning", now);
  const levels = defaultDunning.levels.map(({ afterDays }) => ({ afterDays, suspends: false }));
  const fee = { kind: "daily", perTenThousand: 5, graceDays: 3, capPercent: 20 } as const;
  await done(dunning, await changeDunning(dunning, { on: true, levels, fee }, 0));
  await stage.drained();

  let promised = false;
  let issued = 0;
  const numberOf = (place: number, red = false) =>
    `2634${red ? "9" : "0"}${month.replace("-", "")}${String(place).padStart(9, "0")}`;
  const step = async (name: string, id: Parameters<typeof stepOn>[1], next: FapiaoStep) => {
    const scope = scopeOn(stage, name, now);
    await done(scope, await stepOn(scope, id, next));
  };
  for (const { key } of stage.companies.slice(0, 12)) {
    const company = idOf(stage, key);
    const looking = scopeOn(stage, `look ${key}`, now);
    const head = await headOf(looking, invoiceIdOf(looking, company, month));
    if (!head || head.state === "draft" || head.opening) continue;
    const over = head.dueOn !== undefined && head.dueOn < today && openOf(head) > 0;
    if (over && !promised) {
      const scope = scopeOn(stage, `promise ${key}`, now);
      const wish = { amountMinor: openOf(head), on: plusDays(today, 5), note: "月底回款后付清" };
      await done(scope, await promiseToPay(scope, company, wish));
      promised = true;
    }
    if (head.state !== "paid" || issued >= 6) continue;
    issued += 1;
    const title = await readTitle(looking, company);
    if (!title) continue;
    const { rev, ...facts } = title;
    if (rev === 0) {
      const scope = scopeOn(stage, `title ${key}`, now);
      await done(scope, await changeTitle(scope, company, { ...facts, bank: "工行淮北相山支行" }, rev));
    }
    const asking = scopeOn(stage, `fapiao ${key}`, now);
    const { id } = await done(asking, await askFapiao(asking, head.id));
    if (issued > 4) continue;
    const on = dayOf(now, demoZone);
    await step(`issue ${key}`, id, { does: "issue", number: numberOf(issued), on });
    if (issued === 4)
      await step(`red ${key}`, id, { does: "red-ink", number: numberOf(issued, true), on, reason: "抬头写错，重新开" });
  }
}
