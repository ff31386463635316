import { getSpace } from "@yihao/identity/store";
import { type Day, dayOf, instantOf, plusDays, type Zone } from "@yihao/kernel/days";
import { asSystem, type Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { type DueHandler, dueAt } from "@yihao/table/due";
import type { Write } from "@yihao/table/write";
import { doorSettingsOf } from "./display-store.ts";
import { unlinkWrite } from "./door-link.ts";
import { erased, eraseOn } from "./visitor.ts";
import { returnPass } from "./visitor-passes.ts";
import { changeVisitor, visitorsOn } from "./visitor-store.ts";

/** How many visits one commit erases: each is two writes, and two more for a guest's pass that nobody used. */
const perCommit = 24;

/** The instant from which the personal data of a day's visitors are kept no longer. */
export const eraseAt = (day: Day, days: number, zone: Zone): string => instantOf(eraseOn(day, days), "00:00", zone);

/**
 * Erases the personal data of a day's visitors when their days are over: names, addresses and who was visited go, and so does the pass; that
 * there was a visit, when and with what end remains, so that counts stay. When the space keeps them longer by now, it waits on. Safe to run again.
 */
export async function eraseVisitors(scope: Scope, day: Day): Promise<void> {
  const [space, settings] = await Promise.all([getSpace(scope), doorSettingsOf(scope, { consistent: true })]);
  const at = eraseAt(day, settings.visitorDays, space?.zone ?? "Asia/Shanghai");
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  if (at > scope.now) {
    await commit(unsigned, [dueAt(scope, at, "booking.erase-visitors", day)], { answer: null });
    return;
  }
  const left = (await visitorsOn(scope, day)).filter(({ erasedAt }) => erasedAt === undefined);
  for (let start = 0; start < left.length; start += perCommit) {
    const writes = left
      .slice(start, start + perCommit)
      .flatMap((visitor): Write[] => [
        changeVisitor(scope, visitor, erased(visitor, scope.now)),
        ...(visitor.hash ? [unlinkWrite(scope, visitor.hash)] : []),
        ...(visitor.state === "expected" ? returnPass(scope, visitor, dayOf(scope.now, visitor.zone)) : []),
      ]);
    const done = await commit(unsigned, writes, { answer: null });
    // Somebody changed one of them meanwhile: the timer stays and comes again.
    if (!done.done) throw new Error(`visitors of ${day} changed while they were erased`);
  }
}

/** The write that erases at once what a shorter time makes too old; none when the time did not get shorter. */
export function shortenWrites(scope: Scope, beforeDays: number, afterDays: number): Write[] {
  if (afterDays >= beforeDays) return [];
  return [
    dueAt(scope, scope.now, "booking.erase-visitors-since", scope.space, { days: beforeDays - afterDays, afterDays }),
  ];
}

type Shorter = { readonly days: number; readonly afterDays: number };

/** Timers of visits. */
export const visitorTimers: DueHandler[] = [
  {
    type: "booking.erase-visitors",
    on: (platform, due) => {
      const scope = asSystem(platform, due.space, "booking", { id: `due:${due.id}`, print: due.type });
      return eraseVisitors(scope, due.subject);
    },
  },
  {
    type: "booking.erase-visitors-since",
    on: async (platform, due) => {
      const scope = asSystem(platform, due.space, "booking", { id: `due:${due.id}`, print: due.type });
      const { days, afterDays } = due.data as Shorter;
      const zone = (await getSpace(scope))?.zone ?? "Asia/Shanghai";
      const newest = plusDays(dayOf(scope.now, zone), -afterDays - 1);
      for (let back = 0; back <= days; back += 1) await eraseVisitors(scope, plusDays(newest, -back));
    },
  },
];
