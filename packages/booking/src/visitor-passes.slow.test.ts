import { newId } from "@yihao/kernel/ids";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import type { PackView } from "@yihao/pricing/model";
import { BookingClient } from "@yihao/testing/booking-client";
import { testDoors } from "@yihao/testing/doors";
import { platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { expect, it } from "vitest";
import { bookingTimers } from "./reactions.ts";
import type { ShownVisitor } from "./visitor-model.ts";

it("a guest's pass leaves with the invitation, is used when the guest comes, and returns when not; many at once use no more than there are", async () => {
  const the = await BookingClient.open();
  const offer = { name: "访客名额三张", kind: "guest-passes", units: 3, priceMinor: 9000, validDays: 60 };
  const pack = await the.owner.command<PackView>(`${the.base}/packs`, offer);
  await the.owner.command(`${the.base}/companies/cmp_one/packs`, { pack: pack.id });
  const as = (person: string) => testDoors(the.table, { now: () => the.now }).as(person as never);
  const base = "/doors/spaces/spc_test/visitors";
  const invite = (key: string = newId("key"), more = {}) => {
    const wish = { name: "莫工", site: the.world.site.id, at: "2026-11-24T02:00:00.000Z", usesPass: true, ...more };
    return as("per_one").send("POST", base, wish, { "idempotency-key": key });
  };
  const passes = async () =>
    (await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true }))
      .map(({ account, available }) => `${account} ${available}`)
      .sort();
  const act = (visitor: ShownVisitor | undefined, what: string) =>
    as("per_owner").send("POST", `${base}/${visitor?.id}/${what}`);
  const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => invite(`one-of-five-guests-${n}`)));
  const made = answers.filter(({ status }) => status === 201).map((answer) => answer.json<ShownVisitor>());
  expect([made.length, await passes()]).toEqual([3, ["booked 3"]]);
  const refused = answers.filter(({ status }) => status !== 201).map((answer) => answer.json<{ code: string }>().code);
  expect(refused).toEqual(["visitor.no-pass", "visitor.no-pass"]);
  // Sent again, an invitation takes nothing more and is what it was.
  const first = answers.findIndex(({ status }) => status === 201);
  expect((await invite(`one-of-five-guests-${first}`)).json<ShownVisitor>().id).toBe(
    answers[first]?.json<ShownVisitor>().id,
  );
  expect((await invite(undefined, { usesPass: undefined })).status).toBe(201);
  expect(await the.violations()).toEqual([]);
  await act(made[0], "cancel");
  the.now = "2026-11-24T01:50:00.000Z";
  await Promise.all([act(made[1], "arrive"), act(made[1], "arrive")]);
  expect(await passes()).toEqual(["booked 1", "company 1", "used 1"]);
  expect(await the.violations()).toEqual([]);
  // The third never came; when the names of that day are erased the pass is back.
  the.now = "2026-12-24T16:00:00.000Z";
  await sweep({ ...platformOf(the.table), now: the.now }, bookingTimers);
  expect(await passes()).toEqual(["company 2", "used 1"]);
  expect(await the.violations()).toEqual([]);
});
