import { unitsOf } from "@yihao/testing/api";
import { communityWorld } from "@yihao/testing/community-world";
import { expect, it } from "vitest";

it("what the front desk does all day costs no more units than its table of items says", async () => {
  const { space, company, desk, member, admin, neighbour } = await communityWorld();
  const at = (path: string) => `/spaces/${space}/${path}`;
  const key = () => ({ "idempotency-key": crypto.randomUUID() });
  const opened = await member.send("POST", at("tickets"), { kind: "repair", title: "灯不亮" }, key());
  const { id } = opened.json<{ id: string }>();
  const replied = await desk.send("POST", at(`tickets/${id}/replies`), { text: "马上来" }, key());
  const noted = await desk.send("POST", at(`tickets/${id}/notes`), { text: "灯管在二号柜" }, key());
  const listed = await desk.send("GET", at("tickets?state=working"));
  const arrival = { company, carrier: "sf", tracking: "SF1000000000001" };
  const arrived = await desk.send("POST", at("parcels"), arrival, key());
  const parcel = arrived.json<{ id: string }>().id;
  const handed = await desk.send("POST", at(`parcels/${parcel}/hand-out`), { signedBy: "何雨桐" }, key());
  const card = { about: "香薰", offers: ["包装设计"], seeks: ["物流"], published: true };
  const published = await admin.send("PUT", at(`directory/${company}`), card, { "if-match": '"0"' });
  const found = await neighbour.send("GET", at(`directory?q=${encodeURIComponent("设计")}`));
  const all = { opened, replied, noted, listed, arrived, handed, published, found };
  const units = Object.entries(all).map(([name, answer]) => [name, unitsOf(answer)] as const);
  // Two letters each where something came from or for more than one: 2 units a letter below 1 kB.
  expect(Object.fromEntries(units.map(([name, { write }]) => [name, write]))).toEqual({
    ...{ opened: 16, replied: 18, noted: 4, listed: 0 },
    ...{ arrived: 22, handed: 16, published: 24, found: 0 },
  });
  // Half a unit more for each of the staff, who may want no letter of what is opened.
  for (const [name, { read }] of units) expect([name, read <= (name === "opened" ? 6.5 : 5)]).toEqual([name, true]);
});
