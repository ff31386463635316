import type { CreditNote } from "@yihao/billing/credit-model";
import type { StreamSum } from "@yihao/billing/model";
import type { Head } from "@yihao/billing/store";
import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Entry, EntryPart } from "./stream-model.ts";
import { cellsOfMonth } from "./stream-store.ts";
import { cellsOf } from "./streams.ts";

/** Parts or sums of streams as one text, in order: what is compared. */
function textOf(parts: readonly Pick<EntryPart, "stream" | "netMinor" | "taxMinor">[]): string {
  const sums = new Map<string, { net: number; tax: number }>();
  for (const { stream, netMinor, taxMinor } of parts) {
    const sum = sums.get(stream) ?? { net: 0, tax: 0 };
    sums.set(stream, { net: sum.net + netMinor, tax: sum.tax + taxMinor });
  }
  return [...sums]
    .filter(([, { net, tax }]) => net !== 0 || tax !== 0)
    .map(([stream, { net, tax }]) => `${stream} ${net}+${tax}`)
    .sort()
    .join(", ");
}

const ofSums = (sums: readonly StreamSum[], sign: 1 | -1) =>
  textOf(
    sums.map(({ stream, amountMinor, taxMinor }) => ({
      ...{ stream, netMinor: sign * (amountMinor - taxMinor), taxMinor: sign * taxMinor },
    })),
  );

/**
 * Says where revenue by stream is not what bills and credit notes say: the streams of every entry are those of its document, every final document of a space whose figures are whole has one and no other has,
 * and a month's counters are the sum of its entries. What follows the stream may be a moment behind.
 */
export function checkStreams(items: Iterable<RawItem>): Violation[] {
  const entries = new Map<string, Entry>();
  const wanted = new Map<string, string>();
  const counted = new Map<string, string>();
  const byMonth = new Map<string, Entry[]>();
  const whole = new Set<string>();
  for (const item of items) {
    const space = String(item.pk).split("#", 1)[0] ?? "";
    if (item.k === "rev-filled") whole.add(space);
    else if (item.k === "rev-entry") {
      const entry = item as unknown as Entry;
      entries.set(`${space} ${entry.document}`, entry);
      const key = `${space} ${entry.month}`;
      byMonth.set(key, [...(byMonth.get(key) ?? []), entry]);
    } else if (item.k === "rev-month") {
      const key = `${space} ${String(item.month)} ${String(item.site)}`;
      counted.set(key, cellText(cellsOfMonth(item as Record<string, string | number>)));
    } else if (item.k === "bill") {
      const head = item as unknown as Head;
      if (head.state !== "draft" && !head.opening) wanted.set(`${space} ${head.id}`, ofSums(head.streams, 1));
    } else if (item.k === "crn") {
      const note = item as unknown as CreditNote;
      wanted.set(`${space} ${note.id}`, ofSums(note.streams, -1));
    }
  }
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  for (const [key, entry] of entries) {
    const [document, found] = [wanted.get(key), textOf(entry.parts)];
    if (document !== found) say("insight.streams-are-documents", key, document ?? null, found);
  }
  for (const [key, document] of wanted)
    if (whole.has(key.split(" ", 1)[0] ?? "") && !entries.has(key))
      say("insight.document-is-entered", key, document, null);
  const sums = new Map<string, string>();
  for (const [month, all] of byMonth) {
    const cells = cellsOf(all);
    for (const site of new Set(cells.map((cell) => cell.site)))
      sums.set(`${month} ${site}`, cellText(cells.filter((cell) => cell.site === site)));
  }
  for (const key of new Set([...sums.keys(), ...counted.keys()]))
    if ((sums.get(key) ?? "") !== (counted.get(key) ?? ""))
      say("insight.month-is-entries", key, sums.get(key) ?? "", counted.get(key) ?? "");
  return violations;
}

const cellText = (cells: ReturnType<typeof cellsOf>): string =>
  cells
    .filter(({ netMinor, taxMinor, creditedMinor }) => netMinor !== 0 || taxMinor !== 0 || creditedMinor !== 0)
    .map(({ stream, netMinor, taxMinor, creditedMinor }) => `${stream} ${netMinor}+${taxMinor} (${creditedMinor})`)
    .sort()
    .join(", ");
