import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { decode, kindOf } from "@yihao/table/kind";
import { upgradeAll } from "@yihao/table/upgrade";
import { overwrite } from "@yihao/table/write";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkBilling } from "./check.ts";
import type { Invoice } from "./model.ts";
import { withTrueState } from "./open.ts";
import { headKey, headKind, headOf, listRows, rowKey, rowKind, rowOf } from "./store.ts";

let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open();
});
afterEach(() => stage.table.close());

it("a bill from before that was told as part paid although all that had paid it was freed is due wherever it is read, for verify too, and the sweep rewrites it and its row", async () => {
  const company = await stage.company("甲");
  await stage.happen("booking.made", company, {
    ...{ booking: "bok_1", company, day: "2026-11-20", resource: "res_1", resourceName: "R1" },
    quote: {
      ...{ totalMinor: 150_00, taxMinor: 8_49, allowanceMinutes: 0, until: stage.now, rev: 1 },
      lines: [
        {
          ...{ service: "room", stream: "room", quantity: 150, per: "hour", unitMinor: 60_00 },
          ...{ amountMinor: 150_00, taxMinor: 8_49, taxBasis: 600 },
        },
      ],
    },
  });
  await stage.settle();
  stage.now = "2026-12-02T02:00:00.000Z";
  await stage.ask("per_finance", "POST", "/invoices/run", { month: "2026-11" });
  await stage.settle();
  const drafts = await stage.ask<{ items: Invoice[] }>("per_finance", "GET", "/invoices?state=draft");
  const id = drafts.body.items[0]?.id ?? "";
  const final = await stage.ask<Invoice>("per_finance", "POST", `/invoices/${id}/finalise`, {});
  const pay = { company, amountMinor: 150_00, reference: "T-1", receivedOn: "2026-12-02" };
  expect((await stage.ask("per_finance", "POST", "/payments", pay)).status).toBe(201);
  const at = `/accounts/spaces/spc_test/invoices/${id}/credits`;
  const lines = [{ line: 0, amountMinor: 50_00 }];
  expect((await stage.ask("per_finance", "POST", at, { reason: "少用了", lines })).status).toBe(201);
  const items = () => allItems(stage.table);
  expect([final.body.state, checkBilling(await items())]).toEqual(["due", []]);
  // The bank took 100.00 of the payment back, as the rule of then told it; what had paid it is what was freed.
  const scope = stage.scope();
  const kept = await headOf(scope, id);
  if (!kept) throw new Error("no bill");
  const { rev: _, paidAt: _paidAt, ...head } = kept;
  const old = { ...head, paidMinor: 50_00, freedMinor: 50_00, creditedMinor: 50_00, state: "part-paid" as const };
  const [bill, row] = [kindOf<typeof old>("bill"), kindOf<ReturnType<typeof rowOf>>("bill-row")];
  await commit(
    scope,
    [
      overwrite(headKey(scope, id), bill, old),
      { do: "delete", key: rowKey(scope, kept) },
      overwrite(rowKey(scope, old), row, rowOf(old)),
    ],
    { answer: null },
  );
  const states = async () => [(await headOf(scope, id))?.state, (await listRows(scope, "due", {})).items[0]?.state];
  expect(await states()).toEqual(["due", "due"]);
  const told = async () => checkBilling(await items()).filter(({ rule }) => rule === "billing.state-is-money");
  expect(await told()).toEqual([]);
  const { upgraded } = await upgradeAll(stage.table);
  expect(upgraded).toBeGreaterThanOrEqual(2);
  const raw = (await items()).filter(({ k }) => k === "bill" || k === "bill-row");
  expect(raw.map(({ k, v, state }) => [k, v, state]).sort()).toEqual([
    ["bill", 2, "due"],
    ["bill-row", 2, "due"],
  ]);
  expect(await states()).toEqual(["due", "due"]);
});

it("one that is part paid, paid, void or a draft stays what it was", () => {
  const sums = { totalMinor: 100, paidMinor: 60, freedMinor: 20, creditedMinor: 20 };
  for (const state of ["part-paid", "paid", "void", "written-off", "draft", "due"]) {
    const kept = { k: "bill", v: 1, ...sums, state };
    expect(decode(headKind, kept)).toEqual({ rev: 1, ...sums, state });
    expect(decode(rowKind, { ...kept, k: "bill-row" }).state).toBe(state);
  }
  expect(withTrueState({ ...sums, paidMinor: 20, state: "part-paid" })).toMatchObject({ state: "due", paidMinor: 20 });
  expect(withTrueState({ totalMinor: 100, paidMinor: 0, state: "draft" })).toMatchObject({ state: "draft" });
});
