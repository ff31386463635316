import { makeBooking } from "@yihao/booking/booking-actions";
import { membershipOf } from "@yihao/identity/store";
import { newId, type PersonId, type SpaceId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { bareClient, likeCall } from "@yihao/table/bare";
import { type Call, Table } from "@yihao/table/client";
import { dynamoConfig } from "../dynamo.ts";
import { Client, unitsOf } from "./client.ts";
import { dayAhead, type Place, place, wish } from "./fixtures.ts";
import { ms, percentile, spreadOver, timed } from "./measure.ts";
import { openWorld, type World } from "./world.ts";

/** Calls of one booking, grouped as they were made: those of a group were under way together. */
type Groups = Call[][];

/** Makes one booking in this process and writes down every DynamoDB call of it, who-is-asking included. */
async function record(world: World, where: Place, resource: string): Promise<{ groups: Groups; ids: string[] }> {
  const groups: Groups = [];
  let underWay = 0;
  const { endpoint, accessKeyId } = world.product.dynamo;
  const table = new Table({
    name: "yihao",
    config: dynamoConfig(endpoint, accessKeyId),
    through: async (call, send) => {
      if (underWay === 0) groups.push([]);
      groups.at(-1)?.push(call);
      underWay += 1;
      try {
        return await send(call);
      } finally {
        underWay -= 1;
      }
    },
  });
  const me = await world.operator.json<{ person: PersonId }>("GET", "/api/v1/me");
  const scope: Scope = {
    space: world.space as SpaceId,
    actor: { kind: "staff", person: me.person, roles: ["owner"] },
    now: new Date().toISOString(),
    command: { id: `${me.person} ${crypto.randomUUID()}`, print: "bench" },
    meter: { read: 0, write: 0 },
    table,
  };
  await membershipOf(scope, me.person);
  const wanted = wish(where, resource, dayAhead(1), 600, 60) as Parameters<typeof makeBooking>[2];
  const made = await makeBooking(scope, { person: me.person, name: "Bench" }, wanted);
  table.close();
  if (!made.ok) throw new Error(`the recorded booking was refused: ${made.refusal.code}`);
  const event = /evt_[0-9a-z]+/.exec(JSON.stringify(groups.at(-1)?.[0]?.input))?.[0] ?? "";
  return { groups, ids: [resource, made.value.id.slice(4), event] };
}

/** One booking's calls by the bare SDK, written under ids of their own. */
async function raw(bare: ReturnType<typeof bareClient>, groups: Groups, ids: readonly string[]): Promise<void> {
  const fresh = ids.map((id) => {
    const letters = `${newId("raw").slice(4)}${newId("raw").slice(4)}`;
    return id.includes("_") ? `${id.slice(0, 4)}${letters.slice(0, id.length - 4)}` : letters.slice(0, id.length);
  });
  const change = (text: string) => ids.reduce((all, id, index) => all.replaceAll(id, fresh[index] ?? ""), text);
  const token = (text: string) =>
    text.replace(/"ClientRequestToken":"[^"]*"/, `"ClientRequestToken":"${crypto.randomUUID()}"`);
  for (const [index, group] of groups.entries()) {
    const last = index === groups.length - 1;
    await Promise.all(group.map((call) => bare.send(likeCall(call, (text) => (last ? token(change(text)) : text)))));
  }
}

/** Creating bookings one after another and 16 at a time, beside the same DynamoDB calls by the bare SDK on the same DynamoDB Local. */
export async function booking(count = 300) {
  const world = await openWorld();
  try {
    const where = await place(world, 100);
    const { groups, ids } = await record(world, where, where.resources[0] ?? "");
    const bare = bareClient(dynamoConfig(world.product.dynamo.endpoint, world.product.dynamo.accessKeyId));
    let next = 0;
    const book = async (client: Client) => {
      const index = next;
      next += 1;
      const resource = where.resources[index % where.resources.length] ?? "";
      const body = wish(where, resource, dayAhead(2 + Math.floor(index / where.resources.length)), 600, 60);
      const reply = await client.send("POST", `${world.base}/bookings`, body, {
        "idempotency-key": crypto.randomUUID(),
      });
      if (reply.status !== 201) throw new Error(`a booking was refused: ${reply.status} ${reply.text}`);
      return reply;
    };
    for (let warm = 0; warm < 250; warm += 1) {
      await book(world.operator);
      await raw(bare, groups, ids);
    }
    const times: number[] = [];
    const rawTimes: number[] = [];
    let units = { read: 0, write: 0 };
    for (let index = 0; index < count; index += 1) {
      const one = await timed(() => book(world.operator));
      times.push(one.ms);
      units = unitsOf(one.value);
      rawTimes.push((await timed(() => raw(bare, groups, ids))).ms);
    }
    const clients = Array.from({ length: 16 }, () => new Client(world.product.url, world.operator));
    const busy = await timed(() => spreadOver(count * 2, 16, (index) => book(clients[index % 16] as Client)));
    const rawBusy = await timed(() => spreadOver(count * 2, 16, () => raw(bare, groups, ids)));
    const p50 = percentile(times, 0.5);
    const rawP50 = percentile(rawTimes, 0.5);
    for (const client of clients) client.close();
    bare.close();
    return {
      bookings: count,
      perSecond: ms((count * 2) / (busy.ms / 1000)),
      p50Ms: ms(p50),
      p99Ms: ms(percentile(times, 0.99)),
      p50Ms16: ms(percentile(busy.value, 0.5)),
      writeUnits: units.write,
      readUnits: units.read - 1,
      rawP50Ms: ms(rawP50),
      rawPerSecond: ms((count * 2) / (rawBusy.ms / 1000)),
      overhead: ms(p50 / rawP50),
    };
  } finally {
    await world.close();
  }
}
