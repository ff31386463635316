import { type Day, instantOf, plusDays } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { firstReminder } from "./agreement.ts";
import { agreementsEnding } from "./agreement-store.ts";
import { exitRowsOf } from "./exit-store.ts";
import { leadPage } from "./lead-store.ts";
import type { MembersTodo } from "./todo-model.ts";

/** Days before an exit from which it stands among what is to be done. */
const exitDays = 14;
/** Days before their end from which agreements are looked at; each says itself how long before it is brought to mind. */
const furthest = 365;
const leadsMost = 200;

/** Reads what waits to be done for members on a local day, at most `most` of each: three queries of short rows. */
export async function membersTodo(scope: Scope, day: Day, zone: string, most: number): Promise<MembersTodo> {
  const [leads, agreements, exits] = await Promise.all([
    leadPage(scope, "open", { limit: leadsMost }),
    agreementsEnding(scope, plusDays(day, furthest)),
    exitRowsOf(scope),
  ]);
  const tomorrow = instantOf(plusDays(day, 1), "00:00", zone);
  return {
    leads: leads.items
      .filter(({ stage }) => stage === "new")
      .slice(0, most)
      .map(({ id, name, at }) => ({ id, name, at })),
    tours: leads.items
      .filter(({ stage, tour }) => stage === "tour" && tour !== undefined && tour.at < tomorrow)
      .slice(0, most)
      .map(({ id, name, tour }) => ({
        id,
        name,
        at: tour?.at ?? "",
        ...(tour?.guideName ? { guideName: tour.guideName } : {}),
      })),
    agreements: agreements
      .filter((row) => row.state === "running" && row.until && row.until <= plusDays(day, firstReminder(row)))
      .slice(0, most)
      .map(({ id, company, title, until = "" }) => ({ id, company, title, until })),
    exits: exits
      .filter(({ on }) => on <= plusDays(day, exitDays))
      .slice(0, most)
      .map(({ company, on, what }) => ({ company, on, what })),
  };
}
