import { timeline } from "@yihao/table/event";
import { unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { scopeOf } from "@yihao/testing/table";
import { beforeEach, describe, expect, it } from "vitest";
import { decideLease } from "./lease.ts";
import type { Lease, Resource, ResourceView } from "./model.ts";

let the: BookingClient;
let desk: ResourceView;
const today = "2026-11-23";

beforeEach(async () => {
  the = await BookingClient.open({ rooms: 0, desks: 2 });
  desk = await the.add("desk", "B-01", { lettable: true });
});

const letTo = (company: string, from: string, until?: string) =>
  the.owner.send("POST", `${the.base}/resources/${desk.id}/leases`, { company, from, ...(until ? { until } : {}) });
const take = (person: string, day: string) => the.take(person, { resource: desk.id, day });

describe("a lease", () => {
  it("of years costs a handful of units and no item a day, and its days cannot be booked", async () => {
    const made = await letTo("cmp_two", "2026-12-01", "2036-12-01");
    expect([made.status, unitsOf(made).write]).toEqual([201, 6]);
    expect(told(await take("per_one", "2026-11-30"))).toEqual([201, undefined]);
    const refused = await take("per_one", "2026-12-01");
    expect(told(refused)).toEqual([409, "booking.let"]);
    expect(refused.text).not.toMatch(/cmp_two|公司 two/);
    type Offer = { letUntil: string; alternatives: { resources: { code: string }[] } };
    const { letUntil, alternatives } = refused.json<{ params: Offer }>().params;
    expect([letUntil, alternatives.resources.map(({ code }) => code)]).toEqual(["2036-12-01", ["A-01", "A-02"]]);
    const [event] = (await timeline(scopeOf(the.table), "cmp_two")).items;
    expect(event).toMatchObject({ type: "resource.let", data: { code: "B-01", from: "2026-12-01" } });
    expect(await the.violations()).toEqual([]);
  });

  it("is seen by its company and by staff as whose it is, by others only as its days", async () => {
    const { id } = (await letTo("cmp_two", "2026-12-01")).json<{ id: string }>();
    const seen = async (person: string) =>
      (await the.as(person).read<{ items: ResourceView[] }>(`${the.base}/resources`)).items.find(
        (one) => one.id === desk.id,
      )?.leases;
    expect(await seen("per_one")).toEqual([{ id, from: "2026-12-01" }]);
    expect(await seen("per_two")).toEqual([{ id, from: "2026-12-01", company: "cmp_two", companyName: "公司 two" }]);
    expect(await seen("per_owner")).toEqual(await seen("per_two"));
    expect(told(await the.as("per_two").send("POST", `${the.base}/resources/${desk.id}/leases`, {}))[0]).toBe(403);
  });

  it("is refused where a booking stands, which it names, and leaves nothing behind", async () => {
    const booked = (await take("per_one", "2026-12-10")).json<{ id: string }>();
    const refused = await letTo("cmp_two", "2026-12-01", "2026-12-31");
    expect(told(refused)).toEqual([409, "lease.booked"]);
    expect(refused.json<{ params: object }>().params).toMatchObject({
      count: 1,
      first: "2026-12-10",
      bookings: [{ booking: booked.id, companyName: "公司 one" }],
    });
    expect(told(await take("per_one", "2026-12-11"))).toEqual([201, undefined]);
    expect(told(await letTo("cmp_two", "2026-12-12", "2026-12-31"))).toEqual([201, undefined]);
    expect(told(await letTo("cmp_one", "2026-12-20"))).toEqual([409, "lease.clash"]);
    expect(told(await letTo("cmp_one", "2026-12-31"))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("against bookings of its days at the same moment: either it stands alone or they do", async () => {
    for (let round = 0; round < 4; round += 1) {
      const day = `2026-12-0${round + 1}`;
      const wish = { resource: desk.id, day, expectMinor: 4000 };
      const [lease, ...bookings] = await Promise.all([
        letTo("cmp_two", day, `2026-12-0${round + 2}`),
        ...Array.from({ length: 4 }, () => the.book("per_one", wish)),
      ]);
      const won = bookings.filter(({ status }) => status === 201).length;
      expect([lease?.status, won]).toEqual(lease?.status === 201 ? [201, 0] : [409, 1]);
      expect(await the.violations()).toEqual([]);
    }
  });

  it("asked for by six at once is had by one", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => letTo("cmp_one", "2027-01-01")));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => told(answer)[1] === "lease.clash")).toHaveLength(5);
  });

  it("that is ended gives its days back, and the same command again gets its first answer", async () => {
    const { id } = (await letTo("cmp_two", "2026-11-24")).json<{ id: string }>();
    const path = `${the.base}/resources/${desk.id}/leases/${id}/end`;
    const key = { "idempotency-key": "lease-ended-once" };
    const ended = await the.owner.send("POST", path, { until: "2026-11-27" }, key);
    expect([ended.status, ended.json()]).toMatchObject([201, { until: "2026-11-27" }]);
    expect((await the.owner.send("POST", path, { until: "2026-11-27" }, key)).text).toBe(ended.text);
    expect(told(await the.owner.send("POST", path, { until: "2026-11-28" }))).toEqual([422, "lease.days"]);
    expect(told(await take("per_one", "2026-11-26"))).toEqual([409, "booking.let"]);
    expect(told(await take("per_one", "2026-11-27"))).toEqual([201, undefined]);
    const gone = the.owner.send("POST", path.replace(id, "lse_nothing"), { until: "2026-11-27" });
    expect(told(await gone)).toEqual([404, "missing"]);
  });
});

describe("the rule of leases", () => {
  const held: Lease = {
    id: "lse_one",
    company: "cmp_one",
    companyName: "公司 one",
    from: "2026-12-01",
    until: "2027-01-01",
    state: "held",
    at: "2026-11-01T00:00:00.000Z",
  };
  const office = (leases: Lease[], change: object = {}) =>
    ({ code: "F-201", kind: "office", leases, ...change }) as unknown as Resource;
  const now = "2026-11-23T02:42:00.000Z";
  const code = (resource: Resource, wish: object) => {
    const decided = decideLease(resource, { company: "cmp_two", from: "2026-12-01", ...wish }, today, now);
    return decided.ok ? decided.value.length : decided.refusal.code;
  };

  it("lets an office, never a pool or a room that nobody said may be let, and what was made lettable only after a moment", () => {
    expect(code(office([]), {})).toBe(0);
    expect(code(office([], { kind: "room" }), {})).toBe("lease.not-lettable");
    expect(code(office([], { kind: "pool", lettable: true, units: 7 }), {})).toBe("lease.not-lettable");
    const lettableSince = "2026-11-23T02:41:00.000Z";
    expect(code(office([], { kind: "desk", lettable: true, lettableSince }), {})).toBe("lease.too-soon");
  });

  it("lets one after another without a gap, and a claim that was never finished stands in nobody's way after ten minutes", () => {
    expect(code(office([held]), { from: "2027-01-01" })).toBe(1);
    expect(code(office([held]), { from: "2026-11-30", until: "2026-12-01" })).toBe(1);
    expect(code(office([held]), { from: "2026-12-31" })).toBe("lease.clash");
    expect(code(office([{ ...held, state: "claimed", at: "2026-11-23T02:33:00.000Z" }]), {})).toBe("lease.clash");
    expect(code(office([{ ...held, state: "claimed", at: "2026-11-23T02:32:00.000Z" }]), {})).toBe(0);
    expect(code(office([{ ...held, from: "2025-01-01", until: "2026-11-23" }]), { from: "2026-11-23" })).toBe(0);
    expect(code(office([]), { from: "2026-12-01", until: "2026-12-01" })).toBe("lease.days");
    expect(code(office([]), { from: "2026-10-01", until: "2026-11-23" })).toBe("lease.days");
  });
});
