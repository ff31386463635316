import type { CompanyId } from "@yihao/kernel/ids";
import { startSubscription } from "@yihao/members/subscription-actions";
import { addPlan } from "@yihao/pricing/actions";
import type { Priced, RateCard } from "@yihao/pricing/model";
import { pricePlanMonth } from "@yihao/pricing/price";
import { priceTime } from "@yihao/pricing/rates";
import { dueOf } from "@yihao/pricing/tariff";
import type { TariffTerms, Usage } from "@yihao/pricing/tariff-model";
import { addTariff } from "@yihao/pricing/tariff-store";
import { BillingStage } from "@yihao/testing/billing-stage";
import fc from "fast-check";
import { expect, it } from "vitest";
import { allocate } from "./allocate.ts";
import { chargesOfLines } from "./charge.ts";
import { drawInvoice } from "./draw.ts";
import type { InvoiceView } from "./invoice-view.ts";
import { linesOf, totalsOf } from "./lines.ts";
import { manualTax } from "./manual-tax.ts";
import type { Charge, Payment } from "./model.ts";
import { reductionCharge, reductionParts } from "./reduction.ts";
import type { Reduction } from "./reduction-model.ts";
import { invoiceIdOf } from "./store.ts";
import { withTax } from "./taxes.ts";

/*
 * The rules that the browser imports, run here as the browser runs them, over what happens at random in a month; then the same is told to the server and drawn. Prices of time, a plan by days, storage and handling
 * under a tariff, charges by hand with their tax, a reduction spread over them, the lines, and how a payment spreads over bills: the preview is the bill, to the fen.
 */
const month = "2026-12";
const zone = "Asia/Shanghai";
const terms: TariffTerms = {
  storage: { by: "bin-day", dayMinor: 233, tiers: [{ from: 7, unitMinor: 199 }] },
  fees: [
    { operation: "pick", per: "unit", unitMinor: 17 },
    { operation: "pack", per: "carton", unitMinor: 351 },
  ],
};
const card: RateCard = {
  ...{ currency: "CNY", taxIncluded: true, taxBasis: { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 } },
  ...{ roomHourMinor: 6_007, deskDayMinor: 4_000, binDayMinor: 240, pickUnitMinor: 150 },
  rates: [{ name: "晚间", from: "18:00", until: "22:00", price: { percent: 73 } }],
};
const stay = fc.record({
  hour: fc.integer({ min: 8, max: 18 }),
  minutes: fc.integer({ min: 1, max: 36 }).map((n) => n * 5),
});
const byHand = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  unitMinor: fc.integer({ min: 1, max: 99_999 }),
  taxClass: fc.constantFrom("service" as const, "lease" as const, "goods" as const),
});
const wishes = fc.record({
  stays: fc.array(stay, { maxLength: 4 }),
  byHand: fc.array(byHand, { maxLength: 3 }),
  monthlyMinor: fc.integer({ min: 1, max: 999_999 }),
  from: fc.integer({ min: 1, max: 28 }),
  bins: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }),
  picked: fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 4 }),
  cartons: fc.integer({ min: 0, max: 3 }),
  percent: fc.integer({ min: 1, max: 60 }),
  share: fc.integer({ min: 1, max: 130 }),
});
const day = (at: number) => `${month}-${String(at).padStart(2, "0")}`;

it("prices, taxes, days of a plan, a tariff's month, a reduction and a payment's spreading are in the browser what the bill has, to the fen, over random months", async () => {
  const stage = await BillingStage.open();
  stage.now = "2026-11-23T02:00:00.000Z";
  expect((await addTariff(stage.scope(), { ...terms, name: "标准", from: month }, "2026-11")).ok).toBe(true);
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(wishes, async (wish) => {
        run += 1;
        stage.now = "2026-11-23T02:00:00.000Z";
        const company = await stage.company(`企业 ${run}`);
        const planned = await addPlan(stage.scope(), {
          name: `套餐 ${run}`,
          monthlyMinor: wish.monthlyMinor,
          roomMinutes: 0,
        } as never);
        if (!planned.ok) throw new Error(planned.refusal.code);
        stage.now = `${month}-01T02:00:00.000Z`;
        const started = await startSubscription(stage.scope(), company, {
          plan: planned.value.id,
          from: day(wish.from),
        });
        if (!started.ok) throw new Error(started.refusal.code);
        const shown: Charge[] = [];
        const show = (bare: Omit<Charge, "id" | "at">) =>
          shown.push({ ...bare, id: `chg_${shown.length}`, at: stage.now });
        const where = (at: number) => ({ company, day: day(at) });

        // What the browser shows.
        const quotes = wish.stays.map(({ hour, minutes }, at): Priced => {
          const from = new Date(`${day(10 + at)}T${String(hour).padStart(2, "0")}:00:00+08:00`);
          const until = new Date(from.getTime() + minutes * 60_000);
          const span = { from: from.toISOString(), until: until.toISOString() };
          return priceTime(card, { ...span, kind: "room", resource: "res_1", zone, member: true } as never);
        });
        for (const [at, quote] of quotes.entries())
          for (const bare of chargesOfLines(
            quote.lines,
            { ...where(10 + at), about: { id: "res_1", name: "会议室 1" } },
            { kind: "booking", document: `bok_${run}_${at}` },
          ))
            show(bare);
        for (const line of pricePlanMonth({ monthlyMinor: wish.monthlyMinor }, month, { from: day(wish.from) }).lines)
          for (const bare of chargesOfLines(
            [line],
            { ...where(1), about: { id: "sub", name: "" } },
            { kind: "plan", document: "sub" },
          ))
            show(bare);
        const usage: Pick<Usage, "month" | "days" | "done"> = {
          month,
          days: wish.bins.map((bins, at) => ({
            day: day(at + 1),
            bins,
            shared: [],
            peakUnits: 0,
            peakMl: 0,
            products: 0,
          })),
          done: {
            "pick:unit": wish.picked.reduce((sum, units) => sum + units, 0),
            "pack:carton": wish.cartons,
          },
        };
        for (const line of dueOf(terms, usage, { over: false })) {
          const { service, stream, quantity, unitMinor, amountMinor } = line;
          const per = line.of === "bin-day" ? "bin-day" : line.service === "pick" ? "unit" : "carton";
          const bare = {
            ...where(1),
            month,
            service,
            stream,
            quantity,
            per,
            unitMinor,
            amountMinor,
            about: { id: "trf", name: "" },
          } as const;
          const { serves: _, ...taxed } = withTax(bare, { basis: 600, service: "other" });
          show({ ...taxed, source: { kind: "storage", document: "trf" } });
        }
        for (const [at, { quantity, unitMinor, taxClass }] of wish.byHand.entries()) {
          const tax = manualTax(undefined, { stream: "services", day: day(2), taxClass });
          const bare = {
            ...where(2),
            month,
            service: "extra",
            stream: "services",
            quantity,
            per: "unit",
            unitMinor,
            amountMinor: quantity * unitMinor,
            about: { id: `extra_${at}`, name: "" },
          } as const;
          const { serves: _, ...taxed } = withTax(bare, { ...tax, service: "other" });
          show({ ...taxed, source: { kind: "manual", document: "chg" } });
        }
        const reduction: Reduction = {
          ...{ id: "rdc_1", company, name: "优惠", less: { percent: wish.percent }, from: month, through: month },
          ...{ state: "active", at: stage.now, by: "" },
        };
        for (const part of reductionParts(shown, [reduction], month)) {
          const bare = reductionCharge({ company, month }, part, 0);
          if (bare) show(bare);
        }
        const preview = totalsOf(linesOf(shown, month));

        // What the server does of it.
        for (const [at, quote] of quotes.entries())
          await stage.happen("booking.made", company, {
            ...{
              booking: `bok_${run}_${at}`,
              resource: "res_1",
              resourceName: "会议室 1",
              kind: "room",
              site: "sit_1",
              company,
              person: "per_x",
            },
            ...{
              from: `${day(10 + at)}T02:00:00.000Z`,
              until: `${day(10 + at)}T03:00:00.000Z`,
              day: day(10 + at),
              zone,
              quote,
            },
          });
        for (const [at, bins] of wish.bins.entries())
          await stage.happen("storage.day", company, {
            company,
            warehouse: "whs_1",
            day: day(at + 1),
            bins,
            codes: [],
          });
        const work = { company, day: day(6), warehouse: "whs_1" };
        for (const [at, units] of wish.picked.entries())
          await stage.happen("handling.done", company, {
            ...work,
            operation: "pick",
            units,
            document: `ord_${run}_${at}`,
          });
        for (let at = 0; at < wish.cartons; at += 1)
          await stage.happen("handling.done", company, {
            ...work,
            operation: "pack",
            units: 1,
            cartons: 1,
            document: `ord_${run}_p`,
          });
        const accounts = (path: string) => `/accounts/spaces/spc_test${path}`;
        for (const [at, charge] of wish.byHand.entries())
          await stage.ask("per_finance", "POST", accounts("/charges"), {
            ...charge,
            company,
            name: `事项 ${at}`,
            stream: "services",
            day: day(2),
          });
        const less = { company, name: "优惠", less: { percent: wish.percent }, from: month, through: month };
        await stage.ask("per_finance", "POST", accounts("/reductions"), less);
        const invoice = invoiceIdOf(stage.scope(), company as CompanyId, month);
        await drawInvoice(stage.scope(), company, month);
        const bill = (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${invoice}`)).body;
        expect({ totalMinor: bill.totalMinor, taxMinor: bill.taxMinor }).toEqual({
          totalMinor: preview.totalMinor,
          taxMinor: preview.taxMinor,
        });
        const sorted = (of: typeof preview.streams) => of.toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
        expect(sorted(bill.streams)).toEqual(sorted(preview.streams));
        expect(bill.taxes).toEqual(preview.taxes);

        // A payment spreads as the drawer showed it.
        if (bill.totalMinor <= 0) return;
        const final = (await stage.ask<InvoiceView>("per_finance", "POST", `/invoices/${invoice}/finalise`, {})).body;
        const amountMinor = Math.max(1, Math.floor((bill.totalMinor * wish.share) / 100));
        const spread = allocate(amountMinor, [final as never]);
        const payment = { company, amountMinor, reference: `T-${run}`, receivedOn: day(1) };
        const paid = (await stage.ask<Payment>("per_finance", "POST", "/payments", payment)).body;
        expect(paid.creditMinor).toBe(spread.creditMinor);
        expect(paid.allocations.map((one) => one.amountMinor)).toEqual(spread.parts.map((one) => one.amountMinor));
      }),
      { numRuns: 12 },
    );
  } finally {
    stage.table.close();
  }
});
