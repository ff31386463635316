import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId, type PersonId, type SpaceId } from "@yihao/kernel/ids";
import { allItems, scanAll } from "@yihao/table/dump";
import { hearBatch, type StreamRecord } from "@yihao/table/stream";
import { testApi } from "@yihao/testing/api";
import { freshTable, testNow } from "@yihao/testing/table";
import { afterAll, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { folderStore } from "./object-store.ts";
import { eraseSpace, exportSpace, importSpace } from "./space-command.ts";
import { verifyItems } from "./verify.ts";

const folder = mkdtempSync(join(tmpdir(), "yihao-space-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const facts = new Set(reactions.map(({ kind }) => kind));
const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };

/** Lets every reaction hear every fact of a table, as the stream would after an import. */
async function hearAll(table: Awaited<ReturnType<typeof freshTable>>) {
  const records: StreamRecord[] = [];
  for await (const page of scanAll(table))
    for (const item of page)
      records.push({ eventName: "INSERT", dynamodb: { NewImage: item, SequenceNumber: String(records.length) } });
  const answer = await hearBatch({ table, reactions, now: () => testNow }, { Records: records }, (error) =>
    console.error(error),
  );
  expect(answer.batchItemFailures).toEqual([]);
}
const sorted = async (table: Parameters<typeof allItems>[0]) =>
  (await allItems(table)).map((item) => JSON.stringify(item)).sort();

it("a space moves whole into another stage, where hearing its facts again changes nothing; deleted, nothing of it is left and its neighbour is whole", async () => {
  const [here, there] = [await freshTable(), await freshTable()];
  const owner = testApi(here).as("per_owner" as PersonId);
  const spaces: SpaceId[] = [];
  for (const name of ["甲", "乙"]) {
    const { id } = await owner.command<{ id: SpaceId }>("/me/spaces", settings);
    spaces.push(id);
    const company = `${name}科技`;
    const made = await owner.command(`/spaces/${id}/companies`, { name: company, kind: "company" });
    const joining = { company: made.id, companyName: company, companyRole: "member" };
    const endpoint = { name: "进销存", url: "https://erp.example.com/in", kinds: ["company.added"] };
    await owner.command(`/spaces/${id}/hooks`, endpoint);
    await owner.command(`/spaces/${id}/invitations`, { email: `${newId("inv")}@example.com`, ...joining });
  }
  const [space = "spc_", neighbour = "spc_"] = spaces;
  await hearAll(here);
  const [documents, elsewhere] = [folderStore(join(folder, "here")), folderStore(join(folder, "there"))];
  const contract = new Uint8Array([37, 80, 68, 70, 0, 255]);
  await documents.write(`${space}/cmp_one/doc_one`, contract);
  await documents.write(`${space}/plans/img_one`, new Uint8Array());
  await documents.write(`${neighbour}/cmp_two/doc_two`, contract);
  const file = join(folder, "space.yihao");
  const { items } = await exportSpace(here, space, file, documents);
  const moved = await importSpace(there, file, facts, elsewhere);
  expect(moved).toEqual({ space, items: items.yihao, files: 2 });
  expect(await elsewhere.read(`${space}/cmp_one/doc_one`)).toEqual(contract);
  expect([await elsewhere.versions(`${space}/`), await elsewhere.versions("")]).toEqual([2, 2]);
  const hooks = (await allItems(there)).filter(({ k }) => k === "hook");
  expect(hooks.map(({ state }) => state)).toEqual(["paused"]);
  const before = await sorted(there);
  await hearAll(there);
  expect(await sorted(there)).toEqual(before);
  expect(verifyItems(await allItems(there))).toEqual({ violations: [], behind: [] });
  await expect(importSpace(there, file, facts, elsewhere)).rejects.toThrow("holds items of");

  const rest = (await sorted(here)).filter((item) => item.includes(neighbour));
  const proof = await eraseSpace(here, space, documents);
  expect([proof.left, proof.items, proof.files, proof.sha256OfKeys.length]).toEqual([0, items.yihao, 2, 64]);
  expect(await documents.versions(`${space}/`)).toBe(0);
  expect(await documents.read(`${neighbour}/cmp_two/doc_two`)).toEqual(contract);
  expect((await sorted(here)).filter((item) => item.includes(`"pk":"${space}#`))).toEqual([]);
  expect((await sorted(here)).filter((item) => item.includes(neighbour))).toEqual(rest);
  await expect(eraseSpace(here, space, documents)).rejects.toThrow(`there is no ${space}`);
  here.close();
  there.close();
});
