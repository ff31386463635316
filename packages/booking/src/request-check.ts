import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Booking } from "./model.ts";
import type { Series } from "./series-model.ts";

const spaceOf = (item: RawItem) => String(item.pk).split("#", 1)[0] ?? "";

/** Checks that what waits for an answer stands on the list of requests and nothing else does, and that a booking is tentative exactly as long as it is not answered. */
export function checkRequests(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const waiting = new Set<string>();
  const listed = new Set<string>();
  const open = new Set<string>();
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  for (const item of items) {
    const space = spaceOf(item);
    if (item.k === "asked") listed.add(`${space} ${String(item.sk)}`);
    else if (item.k === "ser") {
      const series = item as unknown as Series;
      if (series.state !== "booked" || !series.asked) continue;
      if (!series.answered) waiting.add(`${space} ${series.asked.until}#${series.id}`);
      if (!series.answered || series.answering || series.ending) open.add(`${space} ${series.id}`);
    } else if (item.k === "bok") {
      const { id, state, asked, answered, series, hold } = item as unknown as Booking;
      const held = state === "tentative" && hold !== undefined;
      if (state === "tentative" && !series && !held) waiting.add(`${space} ${asked?.until}#${id}`);
      const still = asked !== undefined && answered === undefined;
      if (!held && (state === "tentative") !== still) say("request.answered", `${space} ${id}`, still, state);
      if (state === "booked" && answered && answered.as !== "approved")
        say("request.booked", `${space} ${id}`, "approved", answered.as);
    }
  }
  for (const one of waiting) if (!listed.has(one)) say("request.listed", one, "listed", null);
  for (const one of listed) if (!waiting.has(one)) say("request.waits", one, null, "listed");
  for (const item of items) {
    if (item.k !== "bok" || item.state !== "tentative" || !item.series) continue;
    const where = `${spaceOf(item)} ${String(item.series)}`;
    if (!open.has(where)) say("request.series-waits", where, "open", String(item.id));
  }
  return violations;
}
