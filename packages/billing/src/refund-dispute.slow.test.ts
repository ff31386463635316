import { PayStage } from "@yihao/testing/pay-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Refund } from "./approval-model.ts";
import type { PaymentId } from "./model.ts";
import { openOf } from "./open.ts";
import { paymentOf } from "./store.ts";

/** A payment of ¥150.00 of which a part is given back the way it came, and whose bank takes it back: never more goes than had come, and after each test every identity of the books holds. */
let pay: PayStage;
let intent: string;
let payment: PaymentId;
beforeEach(async () => {
  pay = await PayStage.open();
  intent = await pay.payBill();
  payment = (await pay.view()).payments[0]?.id as PaymentId;
  const lines = [{ line: 0, amountMinor: 5_000 }];
  await pay.stage.ask("per_finance", "POST", at(`/invoices/${pay.invoice}/credits`), { reason: "少拣了", lines });
});
afterEach(async () => {
  expect(await pay.stage.faults()).toEqual([]);
  await pay.close();
});

const at = (path: string) => `/accounts/spaces/spc_test${path}`;
type Asked = { id: string; code?: string };
const propose = async (amountMinor: number, way = "hosted") => {
  const wish = { kind: "refund", company: pay.company, amountMinor, way, payment };
  const facts = { reference: `R-${amountMinor}`, paidOn: "2026-11-23" };
  return (
    await pay.stage.ask<Asked>("per_finance", "POST", at("/approvals"), { wish: { ...wish, ...facts }, reason: "少拣" })
  ).body;
};
const approve = (id: string) =>
  pay.stage.ask<Asked>("per_finance2", "POST", at(`/approvals/${id}/decision`), { decision: "approve" });
const refunds = async () =>
  (await pay.stage.ask<{ items: Refund[] }>("per_finance", "GET", at(`/refunds?company=${pay.company}`))).body.items;
const paid = async () => {
  const one = await paymentOf(pay.stage.scope(), payment);
  return [one?.refundedMinor ?? 0, one?.disputedMinor ?? 0];
};
/** What is with the provider by the transfers of all books: what came, less what went back either way and its fees. */
const withProvider = async () => -(await pay.total("stripe"));
const feeMinor = 10_500;

it("what is left of it is disputed after a part was given back; lost, that part stays given and the bill is open by the rest alone, in whatever order it is told", async () => {
  const { id } = await propose(5_000);
  expect((await approve(id)).status).toBe(201);
  await pay.ring();
  await pay.tell();
  expect(await refunds()).toMatchObject([{ state: "sent", amountMinor: 5_000 }]);
  expect(await withProvider()).toBe(10_000);

  const opened = await pay.dispute(intent);
  await pay.tell((all) => [...all, ...all].reverse());
  expect(await pay.disputes()).toMatchObject([{ state: "needs-response", amountMinor: 10_000, heldMinor: 10_000 }]);
  expect(await paid()).toEqual([5_000, 10_000]);
  expect(await withProvider()).toBe(-feeMinor);
  // Balance that came otherwise is not given back by way of this payment.
  const transfer = { company: pay.company, amountMinor: 3_000, reference: "BOC-1", receivedOn: "2026-11-23" };
  await pay.stage.ask("per_finance", "POST", "/payments", transfer);
  for (const way of ["hosted", "transfer"]) expect((await propose(1, way)).code).toBe("refund.more-than-paid");

  await pay.settleDispute(opened, "lost");
  await pay.tell((all) => [...all, ...all].reverse());
  expect(await pay.disputes()).toMatchObject([
    { state: "lost", heldMinor: 0, reopened: [{ invoice: pay.invoice, amountMinor: 10_000 }] },
  ]);
  const bill = await pay.view();
  expect([bill.state, openOf(bill)]).toEqual(["due", 10_000]);
  expect(await paid()).toEqual([5_000, 10_000]);
  expect(await pay.balance()).toMatchObject({ receivableMinor: 10_000, creditMinor: 3_000 });
  expect((await propose(1)).code).toBe("refund.more-than-paid");
});

it("a part that was approved but not sent yet goes nowhere once the whole is disputed: the balance has it again, no transfer takes its place, and won it may be given back after all", async () => {
  const { id } = await propose(5_000);
  expect((await approve(id)).status).toBe(201);
  const opened = await pay.dispute(intent);
  await pay.tell();
  expect(await pay.disputes()).toMatchObject([{ amountMinor: 15_000, heldMinor: 15_000 }]);
  await pay.ring();
  await pay.tell();
  expect(await refunds()).toMatchObject([{ state: "failed" }]);
  expect([await paid(), await pay.balance()]).toMatchObject([[0, 15_000], { creditMinor: 5_000 }]);
  type Waiting = { items: { id: string; state: string; wish: { way?: string } }[] };
  const { items } = (await pay.stage.ask<Waiting>("per_finance", "GET", at("/approvals"))).body;
  expect(items.filter(({ state, wish }) => state === "open" && wish.way === "transfer")).toEqual([]);
  expect(await withProvider()).toBe(-feeMinor);

  await pay.settleDispute(opened, "won");
  await pay.tell((all) => [...all].reverse());
  expect([await paid(), await withProvider()]).toEqual([[0, 0], 15_000 - feeMinor]);
  const again = await propose(5_000);
  expect((await approve(again.id)).status).toBe(201);
  await pay.ring();
  expect(await paid()).toEqual([5_000, 0]);
  expect(await withProvider()).toBe(10_000 - feeMinor);
});

it("a part that was approved but not sent yet, whole dispute lost: what the credit note had freed is taken from the balance and nobody is paid twice", async () => {
  const { id } = await propose(5_000);
  await approve(id);
  const opened = await pay.dispute(intent);
  await pay.settleDispute(opened, "lost");
  await pay.tell((all) => [...all].reverse());
  await pay.ring();
  await pay.tell();
  expect(await refunds()).toMatchObject([{ state: "failed" }]);
  const [lost] = await pay.disputes();
  const { receivableMinor, creditMinor } = await pay.balance();
  expect(openOf(await pay.view())).toBe(10_000);
  // The part came back to the balance after the loss had looked there: it is still withheld, for two people to decide on.
  expect([lost?.heldMinor, receivableMinor, creditMinor]).toEqual([5_000, 10_000, 5_000]);
  expect(await withProvider()).toBe(-feeMinor);
  expect((await propose(5_000)).code).toBe("refund.more-than-paid");
});
