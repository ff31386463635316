import type { CompanyId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { endSubscription, startSubscription } from "@yihao/members/subscription-actions";
import { addPlan } from "@yihao/pricing/actions";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drawInvoice } from "./draw.ts";
import type { InvoiceView } from "./invoice-view.ts";
import { invoiceIdOf } from "./store.ts";

let stage: BillingStage;
let company: CompanyId;
beforeEach(async () => {
  stage = await BillingStage.open();
  company = await stage.company("甲");
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

const id = (month: string) => invoiceIdOf(stage.scope(), company, month);
const bill = async (month: string) =>
  (await stage.ask<InvoiceView & { code?: string }>("per_finance", "GET", `/invoices/${id(month)}`)).body;
const finalise = (month: string) =>
  stage.ask<InvoiceView>("per_finance", "POST", `/invoices/${id(month)}/finalise`, {});
const close = (through: string) =>
  stage.ask("per_owner", "POST", "/accounts/spaces/spc_test/closed-period", { through });
const draw = (month: string) => drawInvoice(stage.scope(), company, month);

it("a draft that comes to give back more than it charges is none any more: nothing stands in the way of closing its month, and the next bill takes all of it, each charge once", async () => {
  const plan = take(
    await addPlan(stage.scope(), { name: "团队", monthlyMinor: 3100_00, allowances: { roomMinutes: 0 } }),
  );
  take(await startSubscription(stage.scope(), company, { plan: plan.id, from: "2026-10-25" }));
  await stage.settle();
  await draw("2026-10");
  // Seven days of 31, billed for good.
  expect((await finalise("2026-10")).body.totalMinor).toBe(700_00);
  expect(await draw("2026-11")).toBe("drawn");
  expect((await bill("2026-11")).totalMinor).toBe(3100_00);
  // It had left after its second day: 500.00 of October and all of November go back.
  take(await endSubscription(stage.scope(), company, "2026-10-27"));
  await stage.settle();
  expect(await draw("2026-11")).toBe("carried");
  expect((await bill("2026-11")).code).toBe("missing");
  expect(await draw("2026-11")).toBe("carried");
  stage.now = "2026-12-05T02:00:00.000Z";
  expect((await close("2026-11")).status).toBeLessThan(300);
  const charge = { company, name: "布展", stream: "services", quantity: 1, unitMinor: 800_00, taxClass: "service" };
  await stage.ask("per_finance", "POST", "/accounts/spaces/spc_test/charges", { ...charge, day: "2026-12-03" });
  expect(await draw("2026-12")).toBe("drawn");
  const next = await bill("2026-12");
  expect(next.totalMinor).toBe(300_00);
  expect(next.lines.map(({ late, amountMinor }) => [late, amountMinor])).toEqual([
    [undefined, 800_00],
    ["2026-10", -500_00],
  ]);
  expect((await finalise("2026-12")).body.state).toBe("due");
});
