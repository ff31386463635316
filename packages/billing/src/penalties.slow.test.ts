import { decideFee, penaltyCause } from "@yihao/booking/cancellation";
import type { Booking } from "@yihao/booking/model";
import { bookingKey, bookingKind } from "@yihao/booking/store";
import type { CompanyId } from "@yihao/kernel/ids";
import { companyKey, companyKind } from "@yihao/members/store";
import { penaltyAmong } from "@yihao/pricing/tariff";
import type { Penalties, PenaltyCause, TariffItem } from "@yihao/pricing/tariff-model";
import { addTariff } from "@yihao/pricing/tariff-store";
import { commit } from "@yihao/table/commit";
import { get } from "@yihao/table/read";
import { overwrite } from "@yihao/table/write";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenCharge } from "./model.ts";
import { openChargesOf } from "./store.ts";

let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open();
  const penalty = (name: string, unitMinor: number, on: PenaltyCause): TariffItem => ({
    ...{ kind: "penalty", name, unitMinor, on },
  });
  const items = [
    penalty("未到", 30_00, "no-show"),
    penalty("迟取消", 20_00, "late-cancel"),
    { ...penalty("快递超期", 1_00, "parcel-kept"), freeDays: 7 },
    penalty("拣后取消", 10_00, "order-undone"),
    penalty("超出预报", 50, "notice-over"),
    penalty("退驻滞留", 5_00, "goods-left"),
  ];
  const terms = { storage: { by: "bin-day" as const, dayMinor: 0 }, fees: [], items };
  expect((await addTariff(stage.scope(), { ...terms, name: "标准", from: "2026-12" }, "2026-11")).ok).toBe(true);
  stage.now = "2026-12-12T02:00:00.000Z";
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

const day = "2026-12-10";
/** A booking of the tenth at ten, free until a day before, that ended at an instant. */
async function ended(company: CompanyId, id: string, at: string, data: object = {}, booking: Partial<Booking> = {}) {
  const price = { lines: [], totalMinor: 0, taxMinor: 0, allowanceMinutes: 0 };
  const kept = { id, company, day, from: `${day}T02:00:00.000Z`, until: `${day}T04:00:00.000Z`, price };
  const terms = { cancellation: { freeHours: 24, percent: 100 }, state: "cancelled", cancelledAt: at };
  const scope = stage.scope();
  const whole = { ...kept, ...terms, ...booking } as unknown as Booking;
  await commit(scope, [overwrite(bookingKey(scope, id), bookingKind, whole)], { answer: null });
  const now = stage.now;
  stage.now = at;
  const about = { booking: id, company, day, resource: "res_1", resourceName: "R1" };
  const money = { refundMinor: 0, feeMinor: 0, allowanceMinutes: 0 };
  await stage.happen("booking.cancelled", company, { ...about, ...money, ...data });
  stage.now = now;
}
const charged = async (company: CompanyId) =>
  (await openChargesOf(stage.scope(), company))
    .map(({ about, quantity, amountMinor, taxMinor }) => [about?.name, quantity, amountMinor, taxMinor])
    .sort();

describe("penalties of a tariff", () => {
  it("are charged by what happens, each once however often it is heard, wait among what is not billed, and are taken back by hand", async () => {
    const company = await stage.company("湖畔鲜集");
    await ended(company, "bok_1", `${day}T02:15:00.000Z`, { noShow: true });
    await ended(company, "bok_2", "2026-12-09T12:00:00.000Z");
    await stage.happen("parcel.handed-out", "par_1", { parcel: "par_1", company, waitedDays: 9 });
    await stage.happen("order.cancelled", company, { company, order: "ord_1", units: 12, picked: 4 });
    await stage.happen("asn.closed", company, {
      ...{ company, asn: "asn_1", warehouse: "whs_1", day, over: 6, short: 0 },
    });
    await stage.settle(3);
    expect(await charged(company)).toEqual([
      ["快递超期", 2, 2_00, 11],
      ["拣后取消", 1, 10_00, 57],
      ["未到", 1, 30_00, 170],
      ["超出预报", 6, 3_00, 17],
      ["迟取消", 1, 20_00, 113],
    ]);
    const { items } = (await stage.ask<{ items: OpenCharge[] }>("per_finance", "GET", "/charges")).body;
    const noShow = items.find(({ about }) => about?.name === "未到");
    expect(noShow).toMatchObject({ service: "penalty", why: "not-drawn", source: { document: "bok_1" } });
    const undo = { id: noShow?.id, month: "2026-12" };
    const path = `/accounts/spaces/spc_test/companies/${company}/charge-reversals`;
    expect((await stage.ask("per_finance", "POST", path, undo)).status).toBe(201);
    const sum = (await charged(company)).reduce((total, [, , amount]) => total + Number(amount), 0);
    expect(sum).toBe(2_00 + 10_00 + 3_00 + 20_00);
  });

  it("are none for what was early, moved, waived, given back whole, a guest's, or picked up and cancelled in time", async () => {
    const company = await stage.company("湖畔鲜集");
    const late = "2026-12-09T12:00:00.000Z";
    await ended(company, "bok_1", "2026-12-08T02:00:00.000Z");
    await ended(company, "bok_2", late, {}, { movedTo: "bok_9" });
    await ended(company, "bok_3", late, { waived: { percent: 100, feeMinor: 0, reason: "停电" } });
    const paid = { price: { lines: [], totalMinor: 90_00, taxMinor: 0, allowanceMinutes: 0 } } as Partial<Booking>;
    await ended(company, "bok_4", late, { refundMinor: 90_00 }, paid);
    await ended(company, "bok_5", `${day}T02:15:00.000Z`, { noShow: true }, { guest: {} as Booking["guest"] });
    await stage.happen("parcel.handed-out", "par_1", { parcel: "par_1", company, waitedDays: 7 });
    await stage.happen("parcel.returned", "par_2", { parcel: "par_2", company, waitedDays: 30, reason: "mistake" });
    await stage.happen("order.cancelled", company, { company, order: "ord_1", units: 12 });
    await stage.settle(2);
    expect(await charged(company)).toEqual([]);
  });

  it("are shown to a company before it cancels, to the fen what is charged then; of another company they say nothing", async () => {
    const company = await stage.company("湖畔鲜集");
    const other = await stage.company("青禾农选");
    const own = { storage: { by: "bin-day" as const, dayMinor: 0 }, fees: [], company, name: "自有", from: "2027-01" };
    const item = { kind: "penalty" as const, name: "拣后取消", unitMinor: 33_33, on: "order-undone" as const };
    expect((await addTariff(stage.scope(), { ...own, items: [item] }, "2026-11")).ok).toBe(true);
    const admin = company.replace("cmp_", "per_");
    const path = (of: string) => `/accounts/spaces/spc_test/companies/${of}/penalties`;
    const read = async (query = "") => (await stage.ask<Penalties>(admin, "GET", `${path(company)}${query}`)).body;
    const shown = await read("?month=2026-12");
    expect(shown.items.map(({ name }) => name).sort()).toEqual(
      ["未到", "快递超期", "拣后取消", "超出预报", "迟取消", "退驻滞留"].sort(),
    );
    // Each month has its own tariff, as the charge of its day has.
    expect((await read("?month=2027-01")).items).toEqual([item]);
    expect(await read()).toEqual(shown);
    expect((await stage.ask(admin, "GET", path(other))).status).toBe(404);

    let told = 0;
    let number = 0;
    for (const totalMinor of [0, 90_01])
      for (const cancellation of [{ freeHours: 24, percent: 50 }, { freeHours: 2, percent: 100 }, undefined])
        for (const at of ["2026-12-08T01:00:00.000Z", "2026-12-09T02:00:00.000Z", "2026-12-10T01:59:00.000Z"])
          for (const who of [{ staff: false }, { staff: true, fee: "space" as const, reason: "停电" }]) {
            number += 1;
            const price = { lines: [], totalMinor, taxMinor: 0, allowanceMinutes: 0 };
            const booking = { from: `${day}T02:00:00.000Z`, cancellation, price, state: "booked" as const };
            const back = decideFee(booking, who, at);
            if (!back.ok) throw new Error(back.refusal.code);
            const cause = penaltyCause(booking, back.value, at);
            told += (cause && penaltyAmong(shown.items, cause, 1)?.amountMinor) ?? 0;
            await ended(company, `bok_${number}`, at, back.value, { price, cancellation });
          }
    await stage.settle();
    const sum = async () =>
      (await openChargesOf(stage.scope(), company))
        .filter(({ source }) => source.kind === "penalty")
        .reduce((total, { amountMinor }) => total + amountMinor, 0);
    // From the free hours' end on, once under the first terms at each of two instants and once under the second, whatever the price; never where the space waived it.
    expect([told, await sum()]).toEqual([6 * 20_00, 6 * 20_00]);
    const undone = penaltyAmong(shown.items, "order-undone", 1)?.amountMinor ?? 0;
    await stage.happen("order.cancelled", company, { company, order: "ord_9", units: 3, picked: 1 });
    await stage.settle();
    expect(await sum()).toBe(told + undone);
  });

  it("charge goods that stand here after their owner's last day, a bin and day", async () => {
    const company = await stage.company("湖畔鲜集");
    const scope = stage.scope();
    const kept = await get(scope, companyKind, companyKey(scope, company));
    if (!kept) throw new Error("no company");
    const { rev: _, ...plain } = kept;
    const leaving = { ...plain, exit: { on: "2026-12-09", reason: "moved" as const } };
    await commit(scope, [overwrite(companyKey(scope, company), companyKind, leaving)], { answer: null });
    for (const on of ["2026-12-09", "2026-12-10", "2026-12-11"])
      await stage.happen("storage.day", company, { company, warehouse: "whs_1", day: on, bins: 3, codes: [] });
    await stage.settle(2);
    const lines = (await charged(company)).filter(([name]) => name === "退驻滞留");
    expect(lines).toEqual([
      ["退驻滞留", 3, 15_00, 85],
      ["退驻滞留", 3, 15_00, 85],
    ]);
  });
});
