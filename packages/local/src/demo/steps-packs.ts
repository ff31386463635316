import { makeBooking } from "@yihao/booking/booking-actions";
import type { Wish } from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import { quoteBooking } from "@yihao/booking/quote-actions";
import { resourceIdFor } from "@yihao/booking/store";
import { plusDays } from "@yihao/kernel/days";
import { sellPack } from "@yihao/members/pack-actions";
import { addPack } from "@yihao/pricing/actions";
import { accountOf } from "./accounts.ts";
import { at } from "./plan-days.ts";
import { companyId, done, madeBy, mainSpace, personOf, type Stage, scopeAt, staff } from "./stage.ts";
import { firstDay, mainDesks, mainRooms } from "./steps-space.ts";

/** How many days ahead a free place is looked for. */
const daysAhead = 10;

/** Packs (预付包) that are in use: hours of rooms and day passes (日票) that the first company bought, and a booking that each pays for. */
export async function usePacks(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const { now, today } = stage.frame;
  const scope = (name: string) => scopeAt(stage, space, name, now, staff(stage, "owner"));
  const buyer = companyId(stage, space, stage.companies[0]?.key ?? "");
  const passes = scope("day pass offer");
  const offer = { name: "工位日票五张", kind: "desk-days", units: 5, priceMinor: 15_000, validDays: 90 } as const;
  await done(passes, await addPack(passes, offer));
  for (const pack of ["pack offer", "day pass offer"]) {
    const selling = scope(`first company's ${pack}`);
    await done(selling, await sellPack(selling, buyer, { pack: madeBy(stage, space, pack, "pck") }));
  }
  const resource = (code: string) =>
    resourceIdFor(firstDay(stage, space, code.includes("-") ? "main desks" : `main room ${code}`), code);
  const days = Array.from({ length: daysAhead }, (_, ahead) => plusDays(today, ahead + 1));
  const [desk, room] = [mainDesks.at(-1)?.code ?? "", mainRooms.at(-1)?.code ?? ""];
  await bookFirst(
    stage,
    "day pass",
    days.map((day) => ({ resource: resource(desk), day })),
  );
  // Longer than what the plan has left, so that the pack pays too.
  await bookFirst(
    stage,
    "room pack",
    days.map((day) => ({
      ...{ resource: resource(room), from: at(day, "09:00"), until: at(day, "15:00") },
    })),
  );
}

/** Books the first of some places that is free, at its price. */
async function bookFirst(stage: Stage, name: string, wishes: readonly Wish[]): Promise<void> {
  const space = mainSpace(stage);
  const person = personOf(stage, "admin");
  const company = companyId(stage, space, stage.companies[0]?.key ?? "");
  const actor = { kind: "company", person, company, role: "admin" } as const;
  for (const [index, wish] of wishes.entries()) {
    const scope = scopeAt(stage, space, `${name} ${index}`, stage.frame.now, actor);
    const quoted = await quoteBooking(scope, wish);
    if (!quoted.ok) continue;
    const booker = { person, name: accountOf("admin").name };
    const made = await makeBooking(scope, booker, { ...wish, ...shownOf(quoted.value.quote) });
    if (made.ok) return;
  }
}
