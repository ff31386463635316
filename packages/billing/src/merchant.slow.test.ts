import { PayStage } from "@yihao/testing/pay-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { paymentsOn } from "./store.ts";

let pay: PayStage;
beforeEach(async () => {
  pay = await PayStage.open();
});
afterEach(async () => {
  expect(await pay.stage.faults()).toEqual([]);
  await pay.close();
});

const path = "/pay/spaces/spc_test/merchant";
type Seen = { merchant: { account: string; enabled: boolean } | null };
const merchant = async () => (await pay.stage.ask<Seen>("per_finance", "GET", path)).body.merchant;
type Intent = { account: string | null; feeMinor: number | null; amountMinor: number };
const intents = async () => (await pay.bench.control("GET", "intents")) as Intent[];

async function open(): Promise<string> {
  const asked = await pay.stage.ask<{ url: string }>("per_owner", "POST", `${path}/page`, {});
  expect(asked.status).toBe(201);
  const account = asked.body.url.split("/").at(-1) ?? "";
  await pay.bench.control("POST", `accounts/${account}/enable`, {});
  return account;
}

it("a space is a merchant of its own once its account may charge: pages, cards and collections are made there, and the platform keeps its fee", async () => {
  expect(await merchant()).toBeNull();
  expect((await pay.stage.ask("per_finance", "POST", `${path}/page`, {})).status).toBe(403);
  const account = await open();
  expect(await open()).toBe(account);
  expect(await pay.tell((all) => [...all, ...all])).toContain("applied");
  expect(await merchant()).toMatchObject({ account, enabled: true });
  await pay.save();
  pay.at("2026-12-03T00:00:30.000Z");
  expect(await pay.ring()).toEqual([]);
  await pay.tell((all) => all.reverse());
  expect(await pay.view()).toMatchObject({ state: "paid", collection: { state: "received" } });
  expect(await intents()).toMatchObject([{ account, feeMinor: 75, amountMinor: 15_000 }]);
});

it("news of another account than a payment's own is nothing to it, whatever its notes say", async () => {
  await open();
  await pay.tell();
  const checkout = `/pay/spaces/spc_test/invoices/${pay.invoice}/checkout`;
  await pay.stage.ask<{ url: string }>(pay.payer, "POST", checkout, { language: "zh" });
  const [payment] = await paymentsOn(pay.stage.scope(), pay.invoice);
  const told = (account: object) =>
    JSON.stringify({
      ...{
        id: `evt_${JSON.stringify(account).length}`,
        object: "event",
        type: "payment_intent.succeeded",
        created: 1_795_401_600,
      },
      ...account,
      data: {
        object: {
          ...{ id: "pi_1", metadata: { space: "spc_test", payment: payment?.id } },
          ...{ amount_received: 15_000, currency: "cny" },
        },
      },
    });
  expect(await pay.deliver({ payload: told({}) })).toBe("ignored");
  expect(await pay.deliver({ payload: told({ account: "acct_of_somebody_else" }) })).toBe("ignored");
  expect(await pay.view()).toMatchObject({ state: "due" });
  expect(await pay.deliver({ payload: told({ account: payment?.account }) })).toBe("applied");
  expect(await pay.view()).toMatchObject({ state: "paid" });
});

it("what was saved in the platform's account is not charged in the space's own: the company saves anew", async () => {
  expect(await pay.save()).toHaveLength(1);
  await open();
  await pay.tell();
  expect(await pay.methods()).toEqual([]);
  pay.at("2026-12-03T00:00:30.000Z");
  expect(await pay.ring()).toEqual([]);
  expect(await pay.charged()).toEqual([]);
  expect(await pay.save()).toMatchObject([{ isDefault: true }]);
});
