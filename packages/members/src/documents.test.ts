import { memberKey, memberKind, placeWrite, within } from "@yihao/identity/store";
import { beginsAs, fileFault, typeOfName } from "@yihao/kernel/file-types";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { CompanyRole } from "@yihao/kernel/roles";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { overwrite } from "@yihao/table/write";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { memoryFiles, testFiles } from "@yihao/testing/files";
import { freshTable, platformOf, testNow } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeAll, describe, expect, it } from "vitest";
import type { DocumentView } from "./document-model.ts";
import { fileTimers } from "./file-timers.ts";
import type { CompanyView, TimelineEntry } from "./model.ts";
import { membersTimers } from "./reactions.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const pdf = bytesOf("%PDF-1.7 licence");
const licence = { name: "营业执照.pdf", type: "application/pdf", bytes: pdf.length, topic: "license" };
const files = memoryFiles();
let table: Table;
let space: SpaceId;
let company: CompanyView;
let rival: CompanyView;
let api: (person: string) => TestCaller;
let links: (person: string) => TestCaller;
let clock = Date.parse(testNow);
const docs = (who = company, path = "") => `/spaces/${space}/companies/${who.id}/documents${path}`;
const file = (who = company, path = "") => `/files${docs(who, path)}`;
const ask = (person: string, wish: object, who = company) =>
  links(person).send("POST", file(who), wish, { "idempotency-key": crypto.randomUUID() });
type Asked = { document: DocumentView; url: string; headers: Record<string, string> };
const done = (person: string, id: string, who = company) =>
  links(person).send("POST", file(who, `/${id}/done`), {}, { "idempotency-key": crypto.randomUUID() });
/** Uploads as a browser does: asks, puts the bytes, says that they are there. */
async function upload(person: string, wish: object, bytes: Uint8Array) {
  const asked = (await ask(person, wish)).json<Asked>();
  files.kept.set(asked.url.replace("memory:", ""), bytes);
  return done(person, asked.document.id);
}
const list = async (person: string) =>
  (await api(person).read<{ items: DocumentView[] }>(docs())).items.map(({ name }) => name);
const link = async (person: string, id: string) =>
  (await links(person).send("GET", file(company, `/${id}/link`))).status;

beforeAll(async () => {
  table = await freshTable();
  const now = () => new Date(clock++).toISOString();
  const { as } = testApi(table, { now, log: (entry) => entry.error && console.error(entry.error) });
  api = (person) => as(person as PersonId);
  links = testFiles(table, files, now);
  space = (await api("per_owner").command<{ id: SpaceId }>("/me/spaces", settings)).id;
  const add = (name: string) =>
    api("per_owner").command<CompanyView>(`/spaces/${space}/companies`, { name, kind: "team" });
  [company, rival] = [await add("拾穗家居"), await add("青禾农选")];
  const join = async (person: PersonId, of: CompanyView, role: CompanyRole) => {
    const scope = within(platformOf(table), space);
    const place = { person, email: `${person}@x.example`, name: person, roles: [], joinedAt: scope.now };
    const member = { ...place, companies: [{ company: of.id as CompanyId, name: of.name, role }] };
    const writes = [overwrite(memberKey(scope, person), memberKind, member), placeWrite(scope, settings.name, member)];
    await commit(scope, writes, { answer: null });
  };
  await join("per_admin", company, "admin");
  await join("per_guest", company, "member");
  await join("per_rival", rival, "admin");
});

describe("what may be kept", () => {
  it("is known by its name's ending and its first bytes, whatever a browser calls it; no SVG, no HTML", () => {
    expect([typeOfName("a.PDF"), typeOfName("b.svg"), typeOfName("c.html"), typeOfName("d")]).toEqual([
      "application/pdf",
      undefined,
      undefined,
      undefined,
    ]);
    expect(fileFault({ name: "a.svg", type: "image/svg+xml", bytes: 9 })).toBe("type");
    expect(fileFault({ name: "a.png", type: "image/svg+xml", bytes: 9 })).toBe("type");
    expect(fileFault({ name: "a.pdf", type: "application/pdf", bytes: 0 })).toBe("empty");
    expect(fileFault({ name: "a.pdf", type: "application/pdf", bytes: 21 * 1024 * 1024 })).toBe("too-large");
    for (const [type, text, fits] of [
      ["application/pdf", "%PDF-1.4", true],
      ["application/pdf", "<html>", false],
      ["text/plain", "合同 contract", true],
      ["text/plain", "  <svg onload=alert(1)>", false],
      ["text/csv", "\ufeff<html>", false],
      ["text/csv", "a,b\n1,2", true],
      ["image/png", "GIF89a", false],
      ["image/svg+xml", "<svg/>", false],
    ] as const)
      expect([type, text, beginsAs(type, bytesOf(text))]).toEqual([type, text, fits]);
  });
});

describe("documents", () => {
  it("come in two steps: nobody sees one before its bytes are there and are what was said", async () => {
    const asked = await ask("per_owner", licence);
    expect([asked.status, asked.json<Asked>().headers]).toEqual([201, { "content-type": "application/pdf" }]);
    const { document, url } = asked.json<Asked>();
    expect(await list("per_owner")).toEqual([]);
    expect((await done("per_owner", document.id)).json()).toMatchObject({ code: "document.not-there" });
    files.kept.set(url.replace("memory:", ""), bytesOf("<svg onload=x>12"));
    expect((await done("per_owner", document.id)).json()).toMatchObject({ code: "document.mismatch" });
    expect(files.kept.size).toBe(0);
    files.kept.set(url.replace("memory:", ""), pdf);
    expect((await done("per_admin", document.id)).status).toBe(404);
    expect((await done("per_owner", document.id)).json()).toMatchObject({
      state: "ready",
      topic: "license",
      own: false,
    });
    expect(await list("per_owner")).toEqual(["营业执照.pdf"]);
    for (const [wish, code] of [
      [{ ...licence, name: "a.svg", type: "image/svg+xml" }, "document.type"],
      [{ ...licence, bytes: 30_000_000 }, "document.too-large"],
      [{ ...licence, bytes: 0 }, "document.empty"],
    ] as const)
      expect((await ask("per_owner", wish)).json()).toMatchObject({ code });
    expect((await ask("per_owner", { ...licence, name: "../a.pdf" })).status).toBe(400);
  });

  it("are seen by the company's people only by their flag; what the company puts there itself it keeps seeing", async () => {
    const [hidden] = (await api("per_owner").read<{ items: DocumentView[] }>(docs())).items;
    expect([await list("per_admin"), await link("per_admin", hidden?.id ?? "")]).toEqual([[], 404]);
    const past = await api("per_admin").read<{ items: TimelineEntry[] }>(
      `/spaces/${space}/companies/${company.id}/timeline`,
    );
    expect(JSON.stringify(past)).not.toContain(licence.name);
    const change = { name: "营业执照.pdf", topic: "license", visible: true };
    const path = docs(company, `/${hidden?.id}`);
    const shown = await api("per_owner").send("PUT", path, change, { "if-match": `"${hidden?.rev}"` });
    expect([shown.status, await list("per_guest"), await link("per_guest", hidden?.id ?? "")]).toEqual([
      200,
      ["营业执照.pdf"],
      200,
    ]);
    expect((await api("per_owner").send("PUT", path, change, { "if-match": '"1"' })).status).toBe(412);
    expect(
      (await api("per_admin").send("PUT", path, change, { "if-match": `"${shown.json<DocumentView>().rev}"` })).status,
    ).toBe(404);
    expect((await api("per_admin").send("DELETE", path)).status).toBe(404);
    const own = await upload("per_admin", { ...licence, name: "章程.pdf", topic: "other", visible: false }, pdf);
    expect(own.json()).toMatchObject({ visible: true, own: true, byName: "per_admin" });
    expect(await list("per_guest")).toEqual(["章程.pdf", "营业执照.pdf"]);
    expect((await ask("per_guest", licence)).status).toBe(403);
  });

  it("answer another company, and another space, as if they were not there", async () => {
    const [one] = (await api("per_owner").read<{ items: DocumentView[] }>(docs())).items;
    for (const person of ["per_rival", "per_nobody"]) {
      expect(await link(person, one?.id ?? "")).toBe(404);
      expect((await ask(person, licence)).status).toBe(404);
      expect((await done(person, one?.id ?? "")).status).toBe(404);
      expect((await api(person).send("GET", docs())).status).toBe(404);
      expect((await api(person).send("DELETE", docs(company, `/${one?.id}`))).status).toBe(404);
    }
    expect((await links("per_rival").send("GET", file(rival, `/${one?.id}/link`))).status).toBe(404);
  });

  it("that are removed lose their bytes, that never came whole are forgotten after an hour, and the rest stay", async () => {
    const [own] = (await api("per_admin").read<{ items: DocumentView[] }>(docs())).items;
    expect((await api("per_admin").send("DELETE", docs(company, `/${own?.id}`))).status).toBe(200);
    const waiting = (await ask("per_owner", { ...licence, name: "半截.pdf" })).json<Asked>();
    files.kept.set(waiting.url.replace("memory:", ""), bytesOf("half"));
    expect(files.kept.size).toBe(3);
    const timers = [...membersTimers, ...fileTimers(files)];
    const ring = (at: string) => sweep(platformOf(table, { now: at }), timers, (error) => expect.fail(String(error)));
    await ring(new Date(clock + 60_000).toISOString());
    expect(files.kept.size).toBe(2);
    for (const _ of [1, 2]) await ring(new Date(clock + 65 * 60_000).toISOString());
    expect([...files.kept.values()]).toEqual([pdf]);
    expect((await done("per_owner", waiting.document.id)).status).toBe(404);
    expect(await list("per_owner")).toEqual(["营业执照.pdf"]);
    const told = await api("per_owner").read<{ items: TimelineEntry[] }>(
      `/spaces/${space}/companies/${company.id}/timeline?only=changes`,
    );
    expect(told.items.map(({ type }) => type).filter((type) => type.startsWith("document"))).toEqual([
      "document.removed",
      "document.added",
      "document.changed",
      "document.added",
    ]);
  });
});
