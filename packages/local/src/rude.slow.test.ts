import { noProvider, type PaymentProvider } from "@yihao/billing/provider";
import type { PersonId } from "@yihao/kernel/ids";
import { allItems } from "@yihao/table/dump";
import { type Answer, testApi } from "@yihao/testing/api";
import { testAccounts, testDoors, testPapers, testPay } from "@yihao/testing/doors";
import { seeded } from "@yihao/testing/faults";
import { type ApiDocument, idsIn, rudeRequests } from "@yihao/testing/rude";
import { freshTable } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { verifyItems } from "./verify.ts";

const seed = Number(process.env.YIHAO_SEED ?? 20_261_126);
const allDay = [["00:00", "24:00"]];
const hours = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, allDay]));

const page = async () => ({ session: "cs_rude", url: "http://127.0.0.1:9/pay", expiresAt: "2026-11-27T00:00:00.000Z" });
/** A payment provider that is there: what it would answer while it is not is its own fault and nobody's here. */
const provider: PaymentProvider = {
  ...{ ...noProvider, page, savePage: page },
  customer: async () => "cus_rude",
  openAccount: async () => "acct_rude",
  accountPage: async () => "http://127.0.0.1:9/connect",
  accountState: async () => ({ submitted: false, enabled: false }),
};

/** A space with something of most kinds, so that rude requests get past the first question. */
async function world() {
  const table = await freshTable();
  const pay = testPay(table, { provider });
  const { as } = testApi(table, {
    beside: {
      "/api/v1/doors/": testDoors(table).app,
      "/api/v1/accounts/": testAccounts(table),
      "/api/v1/papers/": testPapers(table),
      "/api/v1/pay/": pay.app,
      "/api/v1/guests/": pay.app,
      "/api/v1/guest-bookings/": pay.app,
      "/api/v1/guest-waits/": pay.app,
    },
  });
  const owner = as("per_owner" as PersonId);
  const made = (path: string, body: unknown) => owner.command<{ id: string }>(path, body);
  const facts = { name: "淮海壹号", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
  const { id: space } = await made("/me/spaces", facts);
  const base = `/spaces/${space}`;
  const { id: company } = await made(`${base}/companies`, { name: "晚汀香氛", kind: "company" });
  const { id: site } = await made(`${base}/sites`, {
    name: "淮海路",
    city: "淮北",
    zone: facts.zone,
    hours,
    closures: [],
  });
  const { id: floor } = await made(`${base}/floors`, { site, name: "二层", order: 2 });
  const rules = { bufferMinutes: 0, granularityMinutes: 30, leastMinutes: 30, mostMinutes: 1440, horizonDays: 90 };
  const { id: room } = await made(`${base}/resources`, {
    ...{ ...rules, site, floor, kind: "room", code: "R1", name: "会议室 1", capacity: 8, state: "active", public: {} },
  });
  const { id: warehouse } = await made(`${base}/warehouses`, { name: "壹号云仓", zone: facts.zone });
  const pattern = { racks: 1, columns: 2, levels: 2, zone: "快拣区", kind: "shelf" };
  await owner.send("POST", `${base}/warehouses/${warehouse}/bins`, pattern, { "idempotency-key": "bins" });
  const { id: product } = await made(`${base}/products`, { company, name: "无火香薰", gtin: "6970001284560" });
  return { table, owner, space, known: [space, company, site, floor, room, warehouse, product] };
}

it("answers nothing that can be sent with an error of its own, says of each refusal what it is, and every invariant holds after it", async () => {
  console.log(`seed ${seed}`);
  const { table, owner, space, known } = await world();
  const chance = seeded(seed);
  const document = await owner.read<ApiDocument>("/openapi.json");
  const rude = rudeRequests(document, chance, known);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const wrong: string[] = [];
  let accepted = 0;
  for (let round = 0; round < 3; round += 1) {
    for (const { path, method, operation } of operations) {
      const { path: asked, body, ...one } = rude(method, path, operation, space);
      const headers = { "if-match": `"${1 + Math.floor(chance() * 3)}"`, "idempotency-key": crypto.randomUUID() };
      const answer: Answer = await owner.send(one.method, asked, body, headers);
      if (answer.status < 300 && method !== "get") accepted += 1;
      for (const id of idsIn(answer.text)) if (!known.includes(id)) known.push(id);
      const told = answer.status < 400 || /"code":"[a-z-]+(\.[a-z-]+)*"/.test(answer.text);
      if (answer.status >= 500 || !told)
        wrong.push(`${one.method} ${asked} ${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(operations.length / 10);
  // What is heard late and can no longer be done goes to the dead letters, in words that an operator understands: a refusal's code and what it was refused of.
  const buried: string[] = [];
  const bury = (error: unknown) => void buried.push(error instanceof Error ? error.message : String(error));
  await streamByHand(table, [...reactions], undefined, bury)();
  expect(buried.filter((one) => !/: ([a-z-]+\.)?[a-z-]+ /.test(one))).toEqual([]);
  expect(verifyItems(await allItems(table))).toEqual({ violations: [], behind: [] });
  table.close();
});
