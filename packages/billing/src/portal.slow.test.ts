import { PayStage } from "@yihao/testing/pay-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { consentVersion } from "./consent.ts";

let pay: PayStage;
beforeEach(async () => {
  pay = await PayStage.open();
});
afterEach(async () => {
  expect(await pay.stage.faults()).toEqual([]);
  expect(pay.failures).toEqual([]);
  await pay.close();
});

const path = "/pay/spaces/spc_test/portal";
const agreed = { language: "zh", consent: consentVersion };
const visit = async () => (await pay.stage.ask<{ url: string }>(pay.payer, "POST", path, agreed)).body.url;
const post = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
const add = (url: string, number: string) => post(url, { number, expiry: "12/29", cvc: "123" });
const cards = async () => (await pay.methods()).map(({ card, isDefault }) => [card.last4, isDefault]);
const atProvider = async () =>
  ((await pay.bench.control("GET", "methods")) as { id: string; customer: string | null }[])
    .filter(({ customer }) => customer !== null)
    .map(({ id }) => id);

it("a card that is added on the provider's own page is saved under what was agreed to before, one that is taken away there is collected by no more, however its news arrives", async () => {
  await pay.save();
  const url = await visit();
  expect((await add(url, "4000 0000 0000 0002")).status).toBe(402);
  expect((await add(url, "5555 5555 5555 4444")).status).toBe(303);
  expect(await pay.tell((all) => [...all, ...all])).toEqual(expect.arrayContaining(["applied", "known"]));
  expect(await cards()).toEqual([
    ["4242", true],
    ["4444", false],
  ]);
  const added = (await pay.methods()).find(({ card }) => card.last4 === "4444");
  expect(added?.consent).toMatchObject({ version: consentVersion, person: pay.payer });
  const [first] = await atProvider();
  expect((await post(url, { remove: first ?? "" })).status).toBe(303);
  await pay.tell();
  expect(await cards()).toEqual([["4444", true]]);
  expect(await (await fetch(url)).text()).toContain("···· 4444");
});

it("a card whose going is told before its coming is not saved, and one that a page of ours saves is saved once, whichever news comes first", async () => {
  await visit();
  await pay.save("5555555555554444");
  const page = await pay.stage.ask<{ url: string }>(pay.payer, "POST", "/pay/spaces/spc_test/methods", agreed);
  await pay.onPage(page.body.url);
  await pay.tell((all) => all.reverse());
  expect((await cards()).map(([last4]) => last4).sort()).toEqual(["4242", "4444"]);
  const url = await visit();
  await add(url, "4000 0000 0000 0341");
  const gone = (await atProvider()).at(-1) ?? "";
  await post(url, { remove: gone });
  await pay.tell((all) => all.reverse());
  expect((await cards()).map(([last4]) => last4).sort()).toEqual(["4242", "4444"]);
});

it("only a company's admins open it under today's words, and news of another's customer or account is nothing", async () => {
  const { stage } = pay;
  stage.people.set("per_member", { roles: [], companies: [{ company: pay.company, role: "member" }] });
  for (const person of ["per_member", "per_owner"])
    expect((await stage.ask(person, "POST", path, agreed)).status).toBe(403);
  const old = { language: "zh", consent: "2020-01" };
  expect((await stage.ask(pay.payer, "POST", path, old)).status).toBe(409);
  await visit();
  const metadata = { space: "spc_test", company: pay.company };
  const { id: customer } = await pay.bench.stripe.customers.create({ metadata });
  await pay.bench.stripe.paymentMethods.attach("pm_card_visa", { customer });
  const options = { stripeAccount: "acct_other" };
  const elsewhere = await pay.bench.stripe.customers.create({ metadata }, options);
  await pay.bench.stripe.paymentMethods.attach("pm_card_visa", { customer: elsewhere.id }, options);
  expect(await pay.tell()).not.toContain("applied");
  expect(await cards()).toEqual([]);
});
