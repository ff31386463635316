import { unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { beforeEach, describe, expect, it } from "vitest";
import type { ResourceView } from "./model.ts";

let the: BookingClient;
let laser: ResourceView;
const at = { from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:00:00.000Z" };

beforeEach(async () => {
  the = await BookingClient.open({ rooms: 0, desks: 0 });
  laser = await the.add("equipment", "LC1", { training: true });
});

const grant = (wish: object, who = "per_owner", equipment = laser) =>
  the.as(who).send("POST", `${the.base}/resources/${equipment.id}/training`, wish);

describe("equipment that needs training", () => {
  it("is booked by those with a record only, for 2 write units and half a read unit more", async () => {
    expect(told(await the.take("per_one", { resource: laser.id, ...at }))).toEqual([409, "booking.training"]);
    expect((await grant({ person: "per_one" })).status).toBe(201);
    const made = await the.take("per_one", { resource: laser.id, ...at });
    expect([made.status, unitsOf(made)]).toEqual([201, { read: 3.5, write: 8 }]);
    expect(told(await the.take("per_two", { resource: laser.id, ...at }))).toEqual([409, "booking.training"]);
    const staff = { resource: laser.id, company: "cmp_two", from: at.until, until: "2026-11-24T04:00:00.000Z" };
    expect(told(await the.take("per_owner", staff))).toEqual([201, undefined]);
  });

  it("is not booked for a day after the record ends, and again once it is renewed", async () => {
    await grant({ person: "per_one", until: "2026-11-23" });
    const refused = await the.take("per_one", { resource: laser.id, ...at });
    expect(told(refused)).toEqual([409, "booking.training"]);
    expect(refused.json<{ params: object }>().params).toMatchObject({ until: "2026-11-23", code: "LC1" });
    await grant({ person: "per_one", until: "2026-11-24", note: "复训" });
    expect(told(await the.take("per_one", { resource: laser.id, ...at }))).toEqual([201, undefined]);
  });

  it("is not booked by somebody whose record is taken away at the same moment, or was booked before it was", async () => {
    for (let hour = 4; hour < 8; hour += 1) {
      await grant({ person: "per_one" });
      const span = { from: `2026-11-24T0${hour}:00:00.000Z`, until: `2026-11-24T0${hour + 1}:00:00.000Z` };
      const path = `${the.base}/resources/${laser.id}/training/per_one`;
      const [booked, gone] = await Promise.all([
        the.book("per_one", { resource: laser.id, ...span, expectMinor: 0 }),
        the.owner.send("DELETE", path),
      ]);
      expect(gone.status).toBe(200);
      if (booked.status !== 201) expect(told(booked)).toEqual([409, "booking.training"]);
      expect(told(await the.take("per_one", { resource: laser.id, ...at }))).toEqual([409, "booking.training"]);
    }
  });

  it("has a list of who was trained for staff; a person sees their own records and nobody else's", async () => {
    await grant({ person: "per_one", until: "2027-11-23" });
    await grant({ person: "per_two" });
    type List = { items: { person: string; personName: string; until?: string }[] };
    const path = `${the.base}/resources/${laser.id}/training`;
    expect((await the.owner.read<List>(path)).items.map(({ person }) => person)).toEqual(["per_one", "per_two"]);
    expect(told(await the.as("per_one").send("GET", path))).toEqual([403, "auth.role"]);
    const own = await the.as("per_one").read<List>(`${the.base}/training`);
    expect(own.items).toMatchObject([{ person: "per_one", personName: "per_one", until: "2027-11-23" }]);
    expect(told(await grant({ person: "per_two" }, "per_one"))).toEqual([403, "auth.role"]);
    expect(told(await grant({ person: "per_nobody" }))).toEqual([404, "missing"]);
    const printer = await the.add("equipment", "3D");
    expect(told(await grant({ person: "per_one" }, "per_owner", printer))).toEqual([409, "training.not-needed"]);
  });
});
