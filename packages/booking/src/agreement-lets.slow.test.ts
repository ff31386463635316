import { timeline } from "@yihao/table/event";
import { type Fact, hear } from "@yihao/table/stream";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { scopeOf } from "@yihao/testing/table";
import { beforeEach, describe, expect, it } from "vitest";
import { stepsTo } from "./agreement-lets.ts";
import type { Lease, ResourceView } from "./model.ts";
import { bookingReactions } from "./reactions.ts";

let the: BookingClient;
let desk: ResourceView;
const heard = new Set<string>();

/** Hears every event that was not heard before; what a reaction could not do is thrown. */
async function settle(again = false) {
  for (const event of (await timeline(scopeOf(the.table), "cmp_two", { newest: false })).items) {
    if (!again && heard.has(event.id)) continue;
    const fact: Fact = { space: "spc_test", kind: "evt", id: event.id, data: event };
    await hear({ table: the.table, reactions: bookingReactions, now: () => the.now }, fact);
    heard.add(event.id);
  }
}
const agreement = (more: object = {}) => ({
  ...{ kind: "lease", title: "B-01 租赁", number: "HH-031", from: "2026-12-01", until: "2027-12-01" },
  ...{ resources: [desk.id], remindDays: [], ...more },
});
const at = (path = "") => `${the.base}/companies/cmp_two/agreements${path}`;
const sign = async (facts: object) => {
  const { id } = await the.owner.command<{ id: string }>(at(), facts);
  await the.owner.command(at(`/${id}/sign`), { signedOn: "2026-11-20" });
  return id;
};
const days = async () =>
  (await the.owner.read<{ items: ResourceView[] }>(`${the.base}/resources`)).items
    .find((one) => one.id === desk.id)
    ?.leases?.map(({ from, until }) => [from, until]);
const take = async (day: string) => told(await the.take("per_one", { resource: desk.id, day }));

beforeEach(async () => {
  heard.clear();
  the = await BookingClient.open({ rooms: 0, desks: 1 });
  desk = await the.add("desk", "B-01", { lettable: true });
});

describe("what an agreement lets", () => {
  it("cannot be booked by others from its first day until its last, is longer when it is renewed, and free when it is cut, however often it is told", async () => {
    const id = await sign(agreement());
    await settle();
    await settle(true);
    expect(await days()).toEqual([["2026-12-01", "2027-12-01"]]);
    expect([await take("2026-11-30"), await take("2026-12-01")]).toEqual([
      [201, undefined],
      [409, "booking.let"],
    ]);
    await the.owner.command(at(`/${id}/renew`), { until: "2028-12-01" });
    await settle();
    expect(await days()).toEqual([
      ["2026-12-01", "2027-12-01"],
      ["2027-12-01", "2028-12-01"],
    ]);
    await the.owner.command(at(`/${id}/end`), { until: "2026-12-10", reason: "agreed" });
    await settle();
    await settle(true);
    expect(await days()).toEqual([["2026-12-01", "2026-12-10"]]);
    expect(await take("2026-12-10")).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("does not push out a booking that stands: the work is stuck, says which, and is done when that is cancelled", async () => {
    const booked = await the.take("per_one", { resource: desk.id, day: "2026-12-05" });
    await sign(agreement());
    await expect(settle()).rejects.toThrow("HH-031: lease.booked B-01");
    expect(await days()).toEqual(undefined);
    const { id } = booked.json<{ id: string }>();
    const { rev } = await the.as("per_one").read<{ rev: number }>(`${the.base}/bookings/${id}`);
    await the
      .as("per_one")
      .send("POST", `${the.base}/bookings/${id}/cancel`, { rev }, { "idempotency-key": "cancel-it-1" });
    await settle();
    expect(await days()).toEqual([["2026-12-01", "2027-12-01"]]);
  });
});

describe("the steps to it", () => {
  const lease = (from: string, until?: string) =>
    ({ id: "lse_1", from, ...(until ? { until } : {}) }) as unknown as Lease;
  const today = "2026-12-15";
  it.each([
    ["lets from today what began before", { from: "2026-12-01" }, undefined, [], [{ do: "let", from: today }]],
    [
      "does nothing that is done",
      { from: "2026-12-01", until: "2027-01-01" },
      undefined,
      [lease("2026-12-01", "2027-01-01")],
      [],
    ],
    [
      "ends sooner",
      { from: "2026-12-01", until: "2027-01-01" },
      undefined,
      [lease("2026-12-01")],
      [{ do: "end", lease: "lse_1", until: "2027-01-01" }],
    ],
    [
      "goes on without an end",
      { from: "2026-12-01" },
      undefined,
      [lease("2026-12-01", "2027-01-01")],
      [{ do: "let", from: "2027-01-01" }],
    ],
    [
      "ends all when it lets nothing",
      undefined,
      "2026-12-20",
      [lease("2026-12-01", "2027-01-01"), lease("2026-11-01", "2026-12-01")],
      [{ do: "end", lease: "lse_1", until: "2026-12-20" }],
    ],
  ])("%s", (_, wanted, until, leases, steps) => {
    expect(stepsTo(wanted, until, leases, today)).toEqual(steps);
  });
});
