import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table, Through } from "@yihao/table/client";
import { timeline } from "@yihao/table/event";
import { deadLetters, hear } from "@yihao/table/stream";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, platformOf, sameTable, scopeOf, testNow } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeEach, describe, expect, it } from "vitest";
import { checkLetter } from "./code.ts";
import { readCsv } from "./import-actions.ts";
import { checkImport } from "./import-check.ts";
import type { DryRun, RowFault } from "./import-model.ts";
import type { CompanyEntry, CompanyView } from "./model.ts";
import { membersReactions, membersTimers } from "./reactions.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
const heading = "企业名称,统一社会信用代码,类型,行业,联系人,联系电话,邮箱,地址";
const codeOf = (at: number) => {
  const first = `91340600MA2${String(at).padStart(6, "0")}`;
  return first + checkLetter(first);
};
const rowsOf = (count: number, word = "企业") =>
  Array.from({ length: count }, (_, at) => `${word}${at + 1}号,${codeOf(at)},企业,电商,张${at},138,a${at}@b.cn,相山区`);
const csvOf = (rows: readonly string[]) => `\ufeff${heading}\r\n${rows.join("\r\n")}\r\n`;

let table: Table;
let owner: TestCaller;
let space: SpaceId;
const companies = async (q = "") => {
  const found: CompanyEntry[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const more: string = cursor ? `&cursor=${cursor}` : "";
    const page: { items: CompanyEntry[]; next: string | null } = await owner.read(
      `/spaces/${space}/companies?limit=200${q}${more}`,
    );
    found.push(...page.items);
    cursor = page.next;
  }
  return found;
};
const post = (caller: TestCaller, csv: string, mode: string, key = "import-key-0001") =>
  caller.send("POST", `/spaces/${space}/companies/import`, { csv, mode }, { "idempotency-key": key });
const callerOn = (other: Table) => testApi(other).as("per_owner" as PersonId);
/** Hears everything that was told on a subject, as the stream would. */
async function deliver(subject: string, times = 1) {
  const scope = scopeOf(table, { space });
  const { items } = await timeline(scope, subject);
  for (let turn = 0; turn < times; turn += 1)
    for (const event of items)
      await hear(
        { table, reactions: membersReactions, now: () => testNow },
        { space, kind: "evt", id: event.id, data: event },
      );
}

beforeEach(async () => {
  table = await freshTable();
  owner = callerOn(table);
  space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
});

describe("checking a table of companies", () => {
  const check = (csv: string, existing: { name: string; code?: string }[] = []) => {
    const table = readCsv(csv);
    if (!table.ok) throw new Error(table.refusal.code);
    return checkImport(table.value, existing);
  };
  const faultsOf = (csv: string, existing: { name: string; code?: string }[] = []): RowFault[] => {
    const checked = check(csv, existing);
    if (!checked.ok) throw new Error(checked.refusal.code);
    return checked.value.faults;
  };

  it("takes headings in Chinese or English, in any order, with a byte order mark, commas, semicolons or tabs", () => {
    for (const csv of [
      `\ufeff企业名称,联系人\n拾穗家居,许静\n`,
      `Contact;Company name\n许静;拾穗家居\n`,
      `名称\t联系人\n"拾穗家居"\t许静`,
    ]) {
      const checked = check(csv);
      expect(checked.ok && checked.value.rows).toEqual([
        { row: 2, name: "拾穗家居", kind: "team", contactName: "许静" },
      ]);
    }
  });

  it("says which headings it looked for and found, and when the text was read in a wrong encoding", () => {
    expect(check("电话,传真\n1,2")).toMatchObject({
      refusal: { code: "import.heading", params: { found: ["电话", "传真"], garbled: false } },
    });
    expect(check("\ufffd\ufffd\ufffd,x\n1,2")).toMatchObject({ refusal: { params: { garbled: true } } });
    expect(check("企业名称\n")).toMatchObject({ refusal: { code: "import.empty" } });
    expect(readCsv('企业名称\n"拾穗')).toMatchObject({ refusal: { code: "import.csv" } });
    expect(check(`企业名称\n${"甲\n".repeat(2001)}`)).toMatchObject({ refusal: { code: "import.too-many" } });
  });

  it("names every fault with its row, column, reason, value, and the fix where it is certain", () => {
    const csv = `企业名称,统一社会信用代码,类型,邮箱\n
甲,9135O100M000100Y43,企业,\n,,,\n,91350100M000100Y4,,\n乙,91350100M000100Y44,店铺,乙@,多
丙,914403001922038216,企业,\n丙,914403001922038216,企业,\n丁,91110000600037341L,,\n戊,,团队,`;
    expect(faultsOf(csv, [{ name: "戊" }, { name: "己", code: "91110000600037341L" }])).toEqual([
      { row: 2, column: "code", reason: "code-letter", value: "9135O100M000100Y43", at: 5, fix: "91350100M000100Y43" },
      { row: 3, column: "name", reason: "required", value: "" },
      { row: 3, column: "code", reason: "code-length", value: "91350100M000100Y4", at: 17 },
      { row: 4, column: "5", reason: "extra-cells", value: "多" },
      { row: 4, column: "kind", reason: "kind", value: "店铺" },
      { row: 4, column: "contactEmail", reason: "email", value: "乙@" },
      { row: 4, column: "code", reason: "code-check", value: "91350100M000100Y44", at: 18 },
      { row: 6, column: "name", reason: "name-twice", value: "丙", at: 5 },
      { row: 6, column: "code", reason: "code-twice", value: "914403001922038216", at: 5 },
      { row: 7, column: "code", reason: "code-exists", value: "91110000600037341L" },
      { row: 8, column: "name", reason: "name-exists", value: "戊" },
    ]);
  });
});

describe("importing companies", () => {
  it("says in a dry run what it would do, and does none of it", async () => {
    const bad = csvOf([...rowsOf(30), "坏的,123,企业,,,,,"]);
    const answer = await post(owner, bad, "dry-run");
    expect([answer.status, answer.json<DryRun>().good, answer.json<DryRun>().faults]).toEqual([
      200,
      30,
      [{ row: 32, column: "code", reason: "code-length", value: "123", at: 3 }],
    ]);
    const refused = await post(owner, bad, "commit");
    expect([refused.status, refused.json()]).toMatchObject([422, { code: "import.faults", params: { rows: 1 } }]);
    expect(await companies()).toEqual([]);
  });

  it("imports 500 at once, found and told of after the stream, and a replay changes nothing", async () => {
    const csv = csvOf(rowsOf(500));
    const answer = await post(owner, csv, "commit");
    expect([answer.status, answer.json()]).toMatchObject([201, { companies: 500 }]);
    expect(await companies()).toHaveLength(500);
    expect((await post(owner, csv, "commit")).text).toBe(answer.text);
    expect((await post(owner, csvOf(rowsOf(3)), "commit")).json()).toMatchObject({ code: "command.reused" });
    expect(await companies()).toHaveLength(500);
    const done = answer.json<{ import: string }>().import;
    await deliver(done, 2);
    const [found] = await companies("&q=qiye499hao");
    expect(found).toMatchObject({ name: "企业499号", code: codeOf(498) });
    const told = await timeline(scopeOf(table, { space }), found?.id ?? "");
    expect(told.items.map(({ type }) => type)).toEqual(["company.added"]);
    expect((await post(owner, csv, "dry-run", "another-key-1")).json<DryRun>().good).toBe(0);
  });

  it("shows nothing after a crash between chunks, and the same key finishes it: all at once, each once", async () => {
    const csv = csvOf(rowsOf(60));
    let writes = 0;
    const crash: Through = (call, send) => {
      if (call.constructor.name.startsWith("TransactWriteItems")) {
        writes += 1;
        if (writes > 3) throw new Error("the machine went down");
      }
      return send(call);
    };
    const dying = callerOn(sameTable(table, { through: crash, attempts: 1 }));
    expect((await post(dying, csv, "commit")).status).toBe(500);
    expect(await companies()).toEqual([]);
    const answer = await post(owner, csv, "commit");
    expect([answer.status, answer.json()]).toMatchObject([201, { companies: 60 }]);
    const all = await companies();
    expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([60, 60]);
    await deliver(answer.json<{ import: string }>().import);
    expect(await companies()).toHaveLength(60);
  });

  it("drops what nobody finished within the hour, so that its names and codes are free again", async () => {
    const csv = csvOf(rowsOf(60));
    let writes = 0;
    const crash: Through = (call, send) => {
      if (call.constructor.name.startsWith("TransactWriteItems")) {
        writes += 1;
        if (writes > 3) throw new Error("the machine went down");
      }
      return send(call);
    };
    await post(callerOn(sameTable(table, { through: crash, attempts: 1 })), csv, "commit");
    const taken = { name: "企业1号", kind: "team" };
    expect((await owner.send("POST", `/spaces/${space}/companies`, taken)).json()).toMatchObject({
      code: "company.name-taken",
    });
    const later = new Date(Date.parse(testNow) + 61 * 60_000).toISOString();
    const handled = await sweep(platformOf(table, { now: later }), membersTimers, (error) =>
      expect.fail(String(error)),
    );
    expect(handled).toBe(1);
    expect((await post(owner, csv, "commit")).json()).toMatchObject({ code: "import.expired" });
    expect((await owner.send("POST", `/spaces/${space}/companies`, taken)).status).toBe(201);
    expect((await companies()).map(({ name }) => name)).toEqual(["企业1号"]);
  });

  it("imports nothing when somebody takes one of its names while it runs", async () => {
    const csv = csvOf(rowsOf(60));
    let writes = 0;
    const slow = callerOn(
      sameTable(table, {
        through: async (call, send) => {
          if (call.constructor.name.startsWith("TransactWriteItems")) {
            writes += 1;
            if (writes === 3) await owner.command(`/spaces/${space}/companies`, { name: "企业50号", kind: "team" });
          }
          return send(call);
        },
      }),
    );
    const answer = await post(slow, csv, "commit");
    expect([answer.status, answer.json()]).toMatchObject([
      422,
      { code: "import.faults", params: { faults: [{ row: 51, column: "name", reason: "name-exists" }] } },
    ]);
    expect((await companies()).map(({ name }) => name)).toEqual(["企业50号"]);
    expect((await owner.send("POST", `/spaces/${space}/companies`, { name: "企业1号", kind: "team" })).status).toBe(
      201,
    );
  });

  it("lets a company be changed before it is settled, and settles it once", async () => {
    const answer = await post(owner, csvOf(rowsOf(2)), "commit");
    const [first] = await companies();
    const path = `/spaces/${space}/companies/${first?.id}`;
    const read = await owner.send("GET", path);
    const change = { name: "改名", kind: "team" };
    const changed = await owner.send("PUT", path, change, { "if-match": read.headers.get("etag") ?? "" });
    expect([changed.status, changed.json<CompanyView>().name]).toEqual([200, "改名"]);
    await deliver(answer.json<{ import: string }>().import, 2);
    const told = await timeline(scopeOf(table, { space }), first?.id ?? "");
    expect(told.items.map(({ type }) => type).sort()).toEqual(["company.added", "company.changed"]);
    expect((await companies()).map(({ name }) => name)).toEqual(["改名", "企业2号"]);
    expect((await deadLetters(scopeOf(table, { space }))).items).toEqual([]);
  });
});
