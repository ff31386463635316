import type { Table } from "@yihao/table/client";
import { type PlainItem, scanAll } from "@yihao/table/dump";
import type { Reaction, StreamRecord } from "@yihao/table/stream";
import { type DeliverOptions, deliver } from "./deliver.ts";

/** A stream forgets its records after 24 hours; four hours are left for clocks and for hours of catching up. */
const rememberedMs = 20 * 3_600_000;
const marginMs = 3_600_000;

/** Whether what was written since the pump last caught up may have left the stream unheard, e.g. after a crash and a week switched off. */
export function mayHaveMissed(caughtUpAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(caughtUpAt) > rememberedMs;
}

/**
 * Hands the stream function every append-only item written since an hour before the pump last caught up, oldest
 * first, from the table itself. Most were heard before; hearing twice changes nothing.
 */
export async function catchUp(
  table: Table,
  reactions: readonly Reaction[],
  caughtUpAt: string,
  options: Omit<DeliverOptions, "handled">,
): Promise<number> {
  const kinds = new Set(reactions.map((reaction) => reaction.kind));
  const from = new Date(Date.parse(caughtUpAt) - marginMs).toISOString();
  const missed: { at: string; item: PlainItem }[] = [];
  for await (const page of scanAll(table))
    for (const item of page) {
      if (!kinds.has(item.k?.S ?? "")) continue;
      const at = item.at?.S;
      if (at === undefined || at >= from) missed.push({ at: at ?? "", item });
    }
  missed.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const records = missed.map(
    ({ item }, index): StreamRecord => ({
      eventName: "INSERT",
      dynamodb: { NewImage: item, SequenceNumber: `missed-${index}` },
    }),
  );
  for (let start = 0; start < records.length; start += 100)
    await deliver(records.slice(start, start + 100), { ...options, handled: () => {} });
  return records.length;
}
