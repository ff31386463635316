import { type Day, plusDays } from "@yihao/kernel/days";
import type { Agreement } from "./agreement-model.ts";
import type { Company } from "./model.ts";

/** A stretch of days, `until` excluded and open when left out. */
type Stretch = { readonly from: Day; readonly until?: Day | undefined };

/**
 * The days on which a company or team is incubated here (在孵): those of its incubation agreements that were signed, from its entry to its exit, the last day included. Whoever only rents, and guests, are not.
 */
export function incubatedDays(
  company: Pick<Company, "kind" | "since" | "exit">,
  agreements: readonly Pick<Agreement, "kind" | "state" | "from" | "until">[],
): Stretch[] {
  if (company.kind === "guest") return [];
  const out = company.exit ? plusDays(company.exit.on, 1) : undefined;
  return agreements
    .filter(({ kind, state }) => kind === "incubation" && state !== "draft")
    .map(({ from, until }) => {
      const first = from > company.since ? from : company.since;
      const ends = [until, out].filter((day) => day !== undefined).toSorted();
      return { from: first, ...(ends[0] === undefined ? {} : { until: ends[0] }) };
    })
    .filter(({ from, until }) => until === undefined || from < until);
}
