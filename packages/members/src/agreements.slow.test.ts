import { listMail } from "@yihao/identity/mail";
import { memberKey, memberKind, placeWrite, within } from "@yihao/identity/store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { timeline } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { overwrite } from "@yihao/table/write";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeAll, describe, expect, it } from "vitest";
import type { AgreementRow, AgreementView } from "./agreement-model.ts";
import type { CompanyView, TimelineEntry } from "./model.ts";
import { membersTimers } from "./reactions.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
const facts = {
  kind: "lease",
  title: "302 室租赁协议",
  number: "HH-2026-031",
  from: "2026-12-01",
  until: "2027-12-01",
  resources: ["res_office302"],
  rentMinor: 120_000,
  depositMinor: 240_000,
  remindDays: [90, 30],
};
let table: Table;
let owner: TestCaller;
let admin: TestCaller;
let space: SpaceId;
let company: CompanyView;
let rival: CompanyView;
let clock = Date.parse("2026-11-23T02:42:00.000Z");
const of = (who: CompanyView, path = "") => `/spaces/${space}/companies/${who.id}/agreements${path}`;
const post = (path: string, body: object) => owner.send("POST", path, body, { "idempotency-key": crypto.randomUUID() });
const draft = (who: CompanyView, over: object = {}) => owner.command<AgreementView>(of(who), { ...facts, ...over });
const sign = (agreement: AgreementView) =>
  post(`/spaces/${space}/companies/${agreement.company}/agreements/${agreement.id}/sign`, { signedOn: "2026-11-20" });
const told = async (who: CompanyView, wanted: RegExp) =>
  (await timeline(scopeOf(table, { space }), who.id, { newest: false })).items
    .filter(({ type }) => wanted.test(type))
    .map(({ type, data }) => [type, data] as [string, Record<string, unknown>]);
async function come(instant: string): Promise<void> {
  clock = Date.parse(instant);
  const platform = platformOf(table, { now: instant });
  const hour = new Date(clock - 12 * 3_600_000).toISOString().slice(0, 13);
  await commit(platform, [overwrite(keyIn(partition(platform, "swept")), kindOf("swept"), { hour })], { answer: null });
  for (const _ of [1, 2]) await sweep(platform, membersTimers, (error) => expect.fail(String(error)));
}

beforeAll(async () => {
  table = await freshTable();
  const { as } = testApi(table, {
    now: () => new Date(clock++).toISOString(),
    log: (entry) => entry.error && console.error(entry.error),
  });
  owner = as("per_owner" as PersonId);
  space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  const add = (name: string) =>
    owner.command<CompanyView>(`/spaces/${space}/companies`, { name, kind: "team", contactEmail: `${name}@x.example` });
  [company, rival] = [await add("shisui"), await add("qinghe")];
  const scope = within(platformOf(table), space);
  const person = "per_admin" as PersonId;
  const place = { person, email: "admin@x.example", name: "许静", roles: [], joinedAt: scope.now };
  const member = {
    ...place,
    companies: [{ company: company.id as CompanyId, name: "shisui", role: "admin" as const }],
  };
  await commit(
    scope,
    [overwrite(memberKey(scope, person), memberKind, member), placeWrite(scope, settings.name, member)],
    { answer: null },
  );
  admin = as(person);
});

describe("an agreement", () => {
  let lease: AgreementView;

  it("binds nobody as a draft: it may be changed in everything as it was read, and its company does not see it", async () => {
    lease = await draft(company);
    expect((await owner.send("POST", of(rival), facts)).json()).toMatchObject({ code: "agreement.number-taken" });
    expect((await owner.send("POST", of(rival), { ...facts, until: facts.from })).json()).toMatchObject({
      code: "agreement.days",
    });
    const path = of(company, `/${lease.id}`);
    const dearer = { ...facts, rentMinor: 130_000 };
    expect((await owner.send("PUT", path, dearer, { "if-match": '"1"' })).json()).toMatchObject({ rev: 2 });
    expect((await owner.send("PUT", path, facts, { "if-match": '"1"' })).status).toBe(412);
    lease = (await owner.send("PUT", path, facts, { "if-match": '"2"' })).json<AgreementView>();
    expect((await admin.read<{ items: AgreementView[] }>(of(company))).items).toEqual([]);
    expect((await admin.send("POST", of(company), facts)).status).toBe(403);
    expect(await told(company, /agreement\.let/)).toEqual([]);
  });

  it("that is signed lets its offices, tells booking so, and changes only in what does not bind", async () => {
    const signed = await sign(lease);
    expect([signed.status, signed.json()]).toMatchObject([201, { state: "running", signedOn: "2026-11-20" }]);
    const [[, data] = []] = await told(company, /agreement\.let/);
    expect(data).toEqual({
      agreement: lease.id,
      company: company.id,
      resources: facts.resources,
      from: facts.from,
      until: facts.until,
    });
    lease = signed.json<AgreementView>();
    const path = of(company, `/${lease.id}`);
    const match = { "if-match": `"${lease.rev}"` };
    const bound = await owner.send("PUT", path, { ...facts, rentMinor: 1 }, match);
    expect(bound.json()).toMatchObject({ code: "agreement.signed", params: { facts: ["rentMinor"] } });
    const renamed = await owner.send("PUT", path, { ...facts, title: "302 室租约", remindDays: [90, 30, 7] }, match);
    expect([renamed.status, renamed.json()]).toMatchObject([200, { title: "302 室租约" }]);
    expect(await told(company, /agreement\.let/)).toHaveLength(1);
    expect((await sign(lease)).json()).toMatchObject({ code: "agreement.not-draft" });
    expect((await admin.read<{ items: AgreementView[] }>(of(company))).items).toMatchObject([{ title: "302 室租约" }]);
  });

  it("never lets an office that another lets on one of its days, before, at and after its ends", async () => {
    for (const [from, until, fits] of [
      ["2026-11-01", "2026-12-01", true],
      ["2027-11-30", "2028-06-01", false],
      ["2026-11-15", "2026-12-02", false],
      ["2027-12-01", undefined, true],
      ["2027-12-05", "2027-12-06", false],
    ] as const) {
      const other = await draft(rival, { number: "", from, until });
      const answer = await sign(other);
      expect([from, until, answer.status]).toEqual([from, until, fits ? 201 : 409]);
      if (!fits) expect(answer.json()).toMatchObject({ code: "agreement.let", params: { resource: "res_office302" } });
    }
  });

  it("is signed by one of many who want the same office at once", async () => {
    const resources = ["res_office401", "res_office402"];
    const drafts = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        draft(n % 2 ? rival : company, { number: "", resources: [resources[n % 2]!, resources[(n + 1) % 2]!] }),
      ),
    );
    const answers = await Promise.all(drafts.map(sign));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer.json()).toMatchObject({ code: "agreement.let" });
  });

  it("is brought to mind before its end, to company and staff, and not when it was renewed meanwhile", async () => {
    const to = async (email: string) =>
      (await listMail(platformOf(table))).items.filter((mail) => mail.to === email).map(({ subject }) => subject);
    await come("2027-09-02T02:00:00.000Z");
    const subject = "shisui：302 室租约 还有 90 天到期";
    expect((await to("shisui@x.example")).filter((one) => one === subject)).toHaveLength(1);
    expect((await to("per_owner@test.example")).filter((one) => one === subject)).toHaveLength(1);
    const renewed = await post(of(company, `/${lease.id}/renew`), { until: "2028-12-01", rentMinor: 125_000 });
    expect(renewed.json()).toMatchObject({ code: "agreement.let", params: { from: "2027-12-01", until: null } });
    const { items } = await owner.read<{ items: AgreementRow[] }>(`/spaces/${space}/agreements?limit=200`);
    const blocking = items.find(
      (row) => row.company === rival.id && row.from === "2027-12-01" && row.state === "running",
    );
    await post(of(rival, `/${blocking?.id}/end`), { until: "2027-12-01", reason: "agreed" });
    const again = await post(of(company, `/${lease.id}/renew`), { until: "2028-12-01", rentMinor: 125_000 });
    expect(again.json()).toMatchObject({ until: "2028-12-01", rentMinor: 125_000, state: "running" });
    expect(again.json<AgreementView>().terms).toMatchObject([
      { from: "2026-12-01", until: "2027-12-01", rentMinor: 120_000 },
      { from: "2027-12-01", until: "2028-12-01", rentMinor: 125_000 },
    ]);
    await come("2027-11-01T02:00:00.000Z");
    expect((await to("shisui@x.example")).filter((one) => one.includes("租约"))).toEqual([subject]);
    expect((await told(company, /agreement\.let/)).at(-1)?.[1]).toMatchObject({ until: "2028-12-01" });
  });

  it("ends on its day by itself, or sooner when it is cut, frees its offices and tells so once", async () => {
    await come("2027-11-30T17:00:00.000Z");
    expect((await told(company, /agreement\.ended/)).map(([, data]) => data.agreement)).not.toContain(lease.id);
    const cut = await post(of(company, `/${lease.id}/end`), { until: "2028-01-01", reason: "agreed", note: "提前退" });
    expect(cut.json()).toMatchObject({ state: "running", until: "2028-01-01", end: { reason: "agreed" } });
    await come("2027-12-31T17:00:00.000Z");
    const ended = (await told(company, /agreement\.ended/)).filter(([, data]) => data.agreement === lease.id);
    expect(ended.map(([, data]) => data)).toEqual([
      { agreement: lease.id, company: company.id, resources: facts.resources, until: "2028-01-01" },
    ]);
    const { items } = await owner.read<{ items: AgreementRow[] }>(`/spaces/${space}/agreements?shelf=done`);
    expect(items.map(({ id }) => id)).toContain(lease.id);
    const next = await draft(rival, { number: "", from: "2028-01-01", until: "2029-01-01" });
    expect((await sign(next)).status).toBe(201);
    const history = await owner.read<{ items: TimelineEntry[] }>(
      `/spaces/${space}/companies/${company.id}/timeline?only=changes`,
    );
    const mine = history.items.filter(({ data }) => data.agreement === lease.id).map(({ type }) => type);
    expect(mine).toEqual([
      "agreement.over",
      "agreement.cut",
      "agreement.renewed",
      "agreement.changed",
      "agreement.signed",
      "agreement.changed",
      "agreement.changed",
      "agreement.drafted",
    ]);
  });

  it("is dropped as a draft as it was read, and gives its number free", async () => {
    const one = await draft(company, { number: "HH-9" });
    expect((await post(of(company, `/${one.id}/drop`), { rev: 7 })).status).toBe(412);
    expect((await post(of(company, `/${one.id}/drop`), { rev: 1 })).status).toBe(201);
    expect(await draft(rival, { number: "HH-9" })).toMatchObject({ number: "HH-9" });
    expect((await post(of(company, `/${lease.id}/drop`), { rev: 1 })).status).toBe(412);
  });
});
