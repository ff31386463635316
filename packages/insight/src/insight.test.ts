import { billingReactions } from "@yihao/billing/reactions";
import { invoiceIdOf } from "@yihao/billing/store";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { insightReactions } from "./reactions.ts";
import { readRevenue, readToday } from "./reads.ts";

let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open({ reactions: [...billingReactions, ...insightReactions] });
});
afterEach(() => stage.table.close());

it("each fact counts once, however often it is heard and wherever its charge moves", async () => {
  const company = await stage.company("湖畔鲜集");
  await stage.happen("handling.done", company, {
    company,
    operation: "pick",
    units: 30,
    document: "ord_1",
    day: "2026-11-20",
    warehouse: "whs_1",
  });
  await stage.happen("goods.received", company, {
    company,
    product: "prd_1",
    units: 118,
    warehouse: "whs_1",
    document: "asn_1",
  });
  await stage.happen("order.shipped", company, {
    company,
    order: "ord_1",
    warehouse: "whs_1",
    units: 30,
    lines: 1,
    day: "2026-11-23",
  });
  await stage.settle(2);
  await stage.ask("per_finance", "POST", "/invoices/run", { month: "2026-11" });
  await stage.settle(2);
  const invoice = invoiceIdOf(stage.scope(), company, "2026-11");
  await stage.ask("per_finance", "POST", `/invoices/${invoice}/finalise`, {});
  await stage.ask("per_finance", "POST", "/payments", {
    company,
    amountMinor: 4500,
    reference: "A",
    receivedOn: "2026-11-23",
  });
  await stage.settle(2);
  const scope = stage.scope();
  const today = await readToday(scope);
  expect(today).toMatchObject({
    day: "2026-11-23",
    stock: { today: { inUnits: 118, outUnits: 30 }, week: { inUnits: 118, outUnits: 30 } },
    invoices: { draft: { count: 0 }, due: { count: 0 }, paidThisMonth: { count: 1, amountMinor: 4500 } },
    revenue: {
      thisMonth: { grossMinor: 4500, netMinor: 4245, finalisedMinor: 4245, paidMinor: 4500 },
      lastMonth: { grossMinor: 0 },
    },
    todo: { overdue: [], deadLetters: 0 },
  });
  expect(today.revenue?.thisByDay).toHaveLength(23);
  expect([today.revenue?.thisByDay[18], today.revenue?.thisByDay[19], today.revenue?.thisByDay[22]]).toEqual([
    0, 4500, 4500,
  ]);
  expect(scope.meter.read).toBeLessThan(20);
  // What a role may not see elsewhere Today does not tell it either.
  const picker = { kind: "staff", person: "per_picker", roles: ["warehouse"] } as const;
  const seen = await readToday({ ...stage.scope(), actor: picker });
  expect([seen.invoices, seen.revenue, seen.todo.overdue]).toEqual([undefined, undefined, []]);
  const clerk = { ...picker, roles: ["rol_clerk"], rights: ["billing.read"] } as const;
  expect(await readToday({ ...stage.scope(), actor: clerk })).toMatchObject({
    invoices: { paidThisMonth: { count: 1, amountMinor: 4500 } },
  });
  expect((await readRevenue(stage.scope(), 12)).map(({ grossMinor }) => grossMinor)).toEqual([
    ...Array(11).fill(0),
    4500,
  ]);
});

it("bills that are over stand in the list of things to do", async () => {
  const company = await stage.company("湖畔鲜集");
  await stage.happen("handling.done", company, {
    company,
    operation: "pick",
    units: 30,
    document: "ord_1",
    day: "2026-11-20",
    warehouse: "whs_1",
  });
  await stage.ask("per_finance", "POST", "/invoices/run", { month: "2026-11" });
  await stage.settle();
  await stage.ask("per_finance", "POST", `/invoices/${invoiceIdOf(stage.scope(), company, "2026-11")}/finalise`, {});
  stage.now = "2026-12-05T02:00:00.000Z";
  expect(await readToday(stage.scope())).toMatchObject({
    invoices: { overdue: { count: 1, amountMinor: 4500 } },
    todo: { overdue: [{ number: "ZD-202611-0001" }] },
  });
});
