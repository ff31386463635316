import { readFileSync } from "node:fs";
import { spaceKey, spaceKind } from "@yihao/identity/store";
import { newId, type PersonId } from "@yihao/kernel/ids";
import { askUpload, finishUpload } from "@yihao/members/document-actions";
import { fileKey } from "@yihao/members/document-store";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { insert } from "@yihao/table/write";
import { placePerson } from "@yihao/testing/booking-world";
import { testFiles } from "@yihao/testing/files";
import { PayStage } from "@yihao/testing/pay-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Evidence } from "./dispute-model.ts";
import { journalKind } from "./journal-store.ts";

let pay: PayStage;
let intent: string;
beforeEach(async () => {
  pay = await PayStage.open();
  intent = await pay.payBill();
  expect(await pay.view()).toMatchObject({ state: "paid" });
});
afterEach(async () => {
  expect(await pay.stage.faults()).toEqual([]);
  await pay.close();
});

const accounts = "/accounts/spaces/spc_test";
const open = (wish = {}) => pay.dispute(intent, wish);

it("a disputed payment is withheld with its fee, and won it comes back: told in any order, doubled, each once", async () => {
  const id = await open();
  await pay.settleDispute(id, "under_review");
  await pay.settleDispute(id, "won");
  const told = await pay.tell((all) => [...all, ...all].reverse());
  expect(told).not.toContain("500");
  expect(await pay.disputes()).toMatchObject([
    { state: "won", amountMinor: 15_000, heldMinor: 0, feeMinor: 10_500, withdrawn: true, reinstated: true },
  ]);
  expect(await pay.view()).toMatchObject({ state: "paid" });
  expect(await pay.total("disputed")).toBe(0);
  expect(await pay.total("stripe")).toBe(10_500 - 15_000);
  expect(await pay.total("loss:dispute-fee")).toBe(-10_500);
});

it("while it is open its money is withheld and is not given back a second time", async () => {
  await open();
  await pay.tell();
  const [dispute] = await pay.disputes();
  expect(dispute).toMatchObject({ state: "needs-response", heldMinor: 15_000, reason: "fraudulent" });
  expect(dispute?.evidenceBy).toBe("2026-12-01T02:42:00.000Z");
  expect(await pay.total("disputed")).toBe(-15_000);
  await pay.stage.ask("per_finance", "POST", `${accounts}/invoices/${pay.invoice}/credits`, {
    ...{ reason: "少拣了", lines: [{ line: 0, amountMinor: 5_000 }] },
  });
  const wish = {
    ...{ kind: "refund", company: pay.company, amountMinor: 5_000, way: "hosted", payment: dispute?.payment },
    ...{ reference: "R-1", paidOn: "2026-11-23" },
  };
  const refused = await pay.stage.ask<{ code: string }>("per_finance", "POST", `${accounts}/approvals`, {
    wish,
    reason: "少拣",
  });
  expect(refused.body.code).toBe("refund.more-than-paid");
});

it("lost, the bill it paid is open again, dunned and paid again; a bill is told as settled once in the end", async () => {
  const id = await open();
  await pay.settleDispute(id, "lost");
  const all = await pay.sent();
  const outcomes = await Promise.all([...all, ...all].reverse().map(({ payload }) => pay.deliver({ payload })));
  expect(outcomes.filter((one) => one === "500")).toEqual([]);
  await pay.stage.settle();
  expect(await pay.disputes()).toMatchObject([
    { state: "lost", heldMinor: 0, reopened: [{ invoice: pay.invoice, amountMinor: 15_000 }] },
  ]);
  expect(await pay.view()).toMatchObject({ state: "due", paidMinor: 0 });
  expect(await pay.balance()).toMatchObject({ receivableMinor: 15_000, creditMinor: 0 });
  const body = { company: pay.company, amountMinor: 15_000, reference: "BOC-9", receivedOn: "2026-11-23" };
  expect((await pay.stage.ask("per_finance", "POST", "/payments", body)).status).toBe(201);
  await pay.stage.settle();
  expect(await pay.view()).toMatchObject({ state: "paid", paidMinor: 15_000 });
  const lines = (await allItems(pay.stage.table)).filter(({ k }) => k === journalKind.name);
  expect(lines.map(({ reason }) => reason)).toEqual(expect.arrayContaining(["dispute", "dispute-fee", "dispute-lost"]));
});

it("lost money that comes back pays the bill it had paid as far as that is open, the rest is balance, and its fee given back is booked: each once", async () => {
  const id = await open();
  await pay.settleDispute(id, "lost");
  await pay.tell();
  const body = { company: pay.company, amountMinor: 6_000, reference: "BOC-9", receivedOn: "2026-11-23" };
  expect((await pay.stage.ask("per_finance", "POST", "/payments", body)).status).toBe(201);
  await pay.settleDispute(id, "returned");
  const all = await pay.sent();
  await Promise.all([...all, ...all].map(({ payload }) => pay.deliver({ payload })));
  await pay.stage.settle();
  expect(await pay.disputes()).toMatchObject([
    {
      ...{ state: "lost", reinstated: true, heldMinor: 0 },
      returned: { bills: [{ invoice: pay.invoice, amountMinor: 9_000 }], creditMinor: 6_000, recoveredMinor: 0 },
    },
  ]);
  expect(await pay.view()).toMatchObject({ state: "paid", paidMinor: 15_000 });
  expect(await pay.balance()).toMatchObject({ receivableMinor: 0, creditMinor: 6_000 });
  expect(await pay.total("disputed")).toBe(0);
  expect(await pay.total("stripe")).toBe(10_500 - 15_000);
  const lines = (await allItems(pay.stage.table)).filter(({ k }) => k === journalKind.name);
  expect(lines.filter(({ reason }) => reason === "dispute-returned").map(({ amountMinor }) => amountMinor)).toEqual(
    expect.arrayContaining([9_000, 6_000]),
  );
  const told = (kind: string) => all.find(({ payload }) => payload.includes(kind))?.payload ?? "";
  const fee = told("funds_reinstated")
    .replace(/"fee": 0/, '"fee": -10500')
    .replace(/evt_\w+/, "evt_feeback");
  await pay.deliver({ payload: fee });
  expect(await pay.total("loss:dispute-fee")).toBe(0);
  expect(await pay.total("stripe")).toBe(-15_000);
});

it("what was lost and could be taken from nowhere stays withheld until two people write it off", async () => {
  // Half of the bill was taken back by a credit note, and that half has been paid out.
  await pay.stage.ask("per_finance", "POST", `${accounts}/invoices/${pay.invoice}/credits`, {
    ...{ reason: "少拣了", lines: [{ line: 0, amountMinor: 5_000 }] },
  });
  const wish = {
    ...{ kind: "refund", company: pay.company, amountMinor: 5_000, way: "transfer", reference: "R-2" },
    paidOn: "2026-11-23",
  };
  const propose = async (what: object) =>
    (
      await pay.stage.ask<{ id: string; code?: string }>("per_finance", "POST", `${accounts}/approvals`, {
        wish: what,
        reason: "核对过",
      })
    ).body;
  const approve = async (approval: string) =>
    (await pay.stage.ask("per_finance2", "POST", `${accounts}/approvals/${approval}/decision`, { decision: "approve" }))
      .status;
  expect(await approve((await propose(wish)).id)).toBe(201);
  const id = await open();
  await pay.settleDispute(id, "lost");
  await pay.tell((all) => all.reverse());
  const [dispute] = await pay.disputes();
  expect(dispute).toMatchObject({ state: "lost", heldMinor: 5_000, reopened: [{ amountMinor: 10_000 }] });
  const loss = { kind: "dispute-loss", dispute: dispute?.id };
  const { id: approval } = await propose(loss);
  expect(await pay.total("disputed")).toBe(-5_000);
  expect(await approve(approval)).toBe(201);
  expect(await pay.disputes()).toMatchObject([{ heldMinor: 0, writtenOffMinor: 5_000 }]);
  expect(await pay.total("disputed")).toBe(0);
  expect((await propose(loss)).code).toBe("dispute.nothing-left");
  await pay.settleDispute(id, "returned");
  await pay.tell();
  expect(await pay.disputes()).toMatchObject([
    { returned: { bills: [{ amountMinor: 10_000 }], recoveredMinor: 5_000, creditMinor: 0 } },
  ]);
  expect(await pay.total("loss:bad-debt")).toBe(0);
  expect(await pay.view()).toMatchObject({ state: "paid" });
});

it("a dispute that is told before its payment waits for it, and one of nobody's payment is nothing to us; forged and stale news change nothing", async () => {
  const other = await pay.stage.company("一盏灯饰");
  const invoice = await pay.bill(other);
  const page = await pay.stage.ask<{ url: string }>(
    ...([
      other.replace("cmp_", "per_"),
      "POST",
      `/pay/spaces/spc_test/invoices/${invoice}/checkout`,
      { language: "zh" },
    ] as const),
  );
  await pay.onPage(page.body.url);
  const paid = await pay.sent();
  const intents = (await pay.bench.control("GET", "intents")) as { id: string }[];
  intent = intents.find(({ id }) => id !== intent)?.id ?? "";
  await open();
  const [created, withdrawn] = await pay.sent();
  if (!created || !withdrawn) throw new Error("nothing was told");
  expect(await pay.deliver(created)).toBe("500");
  expect(await pay.deliver({ ...withdrawn, signature: "t=1,v1=00" })).toBe("400");
  for (const one of paid) await pay.deliver(one);
  expect([await pay.deliver(withdrawn), await pay.deliver(created)]).toEqual(["applied", "known"]);
  expect(await pay.disputes()).toMatchObject([{ company: other, heldMinor: 15_000 }]);
  const strange = created.payload.replaceAll(intent, "pi_nobody").replace(/evt_\w+/, "evt_strange");
  expect(await pay.deliver({ payload: strange })).toBe("ignored");
  expect(pay.failures).toHaveLength(1);
});

it("evidence is kept with what is wanted before the provider is asked, goes out once it answers, each file once, and submitted it is with the bank for good", async () => {
  const id = await open();
  await pay.tell();
  const [dispute] = await pay.disputes();
  if (!dispute) throw new Error("no dispute");
  const path = `${accounts}/disputes/${dispute.id}/evidence`;
  type Shown = { evidence: Evidence | null; bills: { number: string }[]; usage: string };
  const shown = async () => (await pay.stage.ask<Shown>("per_finance", "GET", `${path}?language=en`)).body;
  expect(await shown()).toMatchObject({ evidence: null, bills: [{ number: "ZD-202611-0001" }] });
  expect((await shown()).usage).toMatch(/^2026-11-20 {2}.*100.*¥150\.00$/);

  const scope = pay.stage.scope();
  const pdf = new TextEncoder().encode("%PDF-1.7 一张账单");
  const document = async (name: string, type: string, bytes: Uint8Array) => {
    const wish = { name, type, bytes: bytes.length, topic: "other" as const, visible: false };
    const asked = await askUpload(pay.stage.scope(), pay.files, pay.company, { name: "财务" }, wish);
    if (!asked.ok) throw new Error(asked.refusal.code);
    pay.files.kept.set(fileKey(scope, pay.company, asked.value.document.id), bytes);
    const done = await finishUpload(pay.stage.scope(), pay.files, pay.company, asked.value.document.id);
    if (!done.ok) throw new Error(done.refusal.code);
    return done.value.id;
  };
  const bill = await document("账单.pdf", "application/pdf", pdf);
  const sheet = await document("用量.csv", "text/csv", new TextEncoder().encode("a,b\n"));
  const wish = { text: "服务按约提供。", usage: "2026-11-20 拣货 100 件", files: [{ use: "bill", document: bill }] };
  const send = (wish: object, person = "per_finance", key = newId("key")) =>
    pay.stage.ask<{ code: string; version: number }>(person, "POST", path, wish, key);

  pay.stage.people.set("per_manager", { roles: ["manager"], companies: [] });
  expect((await send({ ...wish, submit: false }, "per_manager")).status).toBe(403);
  expect((await send({ ...wish, submit: false }, pay.payer)).status).toBe(403);
  const csv = { ...wish, files: [{ use: "other", document: sheet }], submit: false };
  expect((await send(csv)).body.code).toBe("dispute.file");
  expect((await send({ text: " ", usage: "", files: [], submit: true })).body.code).toBe("dispute.no-evidence");

  // Nobody answers at the provider: it is wanted and waits, and the file's answer is lost once.
  const key = newId("key");
  for (const fault of [
    { kind: "api_500", times: 3 },
    { kind: "api_drop_reply", path: "/v1/files", times: 3 },
  ])
    await pay.bench.control("POST", "faults", fault);
  expect((await send({ ...wish, submit: false }, "per_finance", key)).status).toBe(201);
  expect((await send({ ...wish, submit: false }, "per_finance", key)).body).toMatchObject({ version: 1 });
  expect(await pay.ring()).toHaveLength(1);
  expect((await shown()).evidence).toMatchObject({ state: "sending", version: 1 });
  expect(await pay.ring()).toHaveLength(1);
  expect(await pay.ring()).toEqual([]);
  expect((await shown()).evidence).toMatchObject({ state: "kept", files: [{ use: "bill", name: "账单.pdf" }] });
  const atProvider = async () => {
    const all = (await pay.bench.control("GET", "disputes")) as Record<string, unknown>[];
    return all.find((one) => one.id === id);
  };
  const { files } = JSON.parse(readFileSync(pay.bench.stateFile, "utf8")) as { files: Record<string, object> };
  expect(Object.values(files)).toMatchObject([{ filename: "账单.pdf", bytes: pdf.length }]);
  expect(await atProvider()).toMatchObject({
    ...{ status: "needs_response", submissions: 0 },
    evidence: { uncategorized_text: "服务按约提供。", receipt: Object.keys(files)[0] },
  });

  // It may still be changed; submitted it may not, however many ask at once, and one dispute goes to review once.
  const both = await Promise.all([1, 2, 3].map((n) => send({ ...wish, text: `第 ${n} 稿`, files: [], submit: true })));
  // Whoever had read it before it went is late, whoever reads it after is told that it is with the bank.
  const [first, ...late] = both.map(({ status }) => status).sort();
  expect([first, late.every((status) => status === 409 || status === 412)]).toEqual([201, true]);
  expect(await pay.ring()).toEqual([]);
  expect(await atProvider()).toMatchObject({ status: "under_review", submissions: 1 });
  expect((await atProvider())?.evidence).not.toHaveProperty("receipt");
  // The answer itself has moved the dispute on; its webhook says nothing new.
  expect(await pay.disputes()).toMatchObject([{ state: "in-review", heldMinor: 15_000 }]);
  await pay.tell((all) => [...all, ...all].reverse());
  expect((await shown()).evidence).toMatchObject({ state: "submitted", version: 2 });
  expect((await send({ ...wish, submit: true })).body.code).toBe("dispute.answered");
  await pay.settleDispute(id, "won");
  await pay.tell();
  expect(await pay.disputes()).toMatchObject([{ state: "won", heldMinor: 0 }]);
});

it("files of evidence are put by book-keepers alone, among documents of the company that its own people do not see", async () => {
  await open();
  await pay.tell();
  const [dispute] = await pay.disputes();
  const scope = pay.stage.scope();
  const facts = {
    id: scope.space,
    name: "淮海壹号",
    language: "zh-CN",
    currency: "CNY",
    zone: "Asia/Shanghai",
  } as const;
  const space = insert(spaceKey(scope), spaceKind, { ...facts, createdAt: scope.now });
  await commit(scope, [space], { answer: null });
  await placePerson(pay.stage.scope(), "per_keeper" as PersonId, { roles: ["finance"] });
  await placePerson(pay.stage.scope(), "per_desk" as PersonId, { roles: ["frontdesk"] });
  const links = testFiles(pay.stage.table, pay.files, () => pay.stage.now);
  const at = `/files/spaces/spc_test/disputes/${dispute?.id}/documents`;
  const bytes = new TextEncoder().encode("%PDF-1.7 合同");
  const send = (person: string, path: string, body: object) =>
    links(person).send("POST", path, body, { "idempotency-key": newId("key") });
  const wish = { name: "合同.pdf", type: "application/pdf", bytes: bytes.length };
  expect((await send("per_desk", at, wish)).status).toBe(403);
  expect((await send("per_keeper", at.replace(/dpt_\w+/, "dpt_0000000000000000"), wish)).status).toBe(404);
  const asked = (await send("per_keeper", at, wish)).json<{ url: string; document: { id: string } }>();
  const done = () => send("per_keeper", `${at}/${asked.document.id}/done`, {});
  expect((await done()).json()).toMatchObject({ code: "document.not-there" });
  pay.files.kept.set(asked.url.replace("memory:", ""), bytes);
  expect((await done()).json()).toMatchObject({ state: "ready", visible: false, company: pay.company });
});

it("evidence that comes too late is refused before its day is over and told when the provider refuses it, and then may be handed in no more", async () => {
  await open();
  await pay.tell();
  const [dispute] = await pay.disputes();
  const path = `${accounts}/disputes/${dispute?.id}/evidence`;
  const wish = { text: "服务按约提供。", usage: "", files: [], submit: true };
  pay.at("2026-12-01T02:41:59.000Z");
  expect((await pay.stage.ask("per_finance", "POST", path, wish)).status).toBe(201);
  pay.at("2026-12-01T02:42:00.000Z");
  expect(await pay.ring()).toEqual([]);
  const { evidence } = (await pay.stage.ask<{ evidence: Evidence }>("per_finance", "GET", path)).body;
  expect(evidence).toMatchObject({ state: "refused", why: expect.stringContaining("due date") });
  const again = await pay.stage.ask<{ code: string }>("per_finance", "POST", path, wish);
  expect([again.status, again.body.code]).toEqual([409, "dispute.late"]);
  expect(await pay.disputes()).toMatchObject([{ state: "needs-response" }]);
});
