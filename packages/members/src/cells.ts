import type { Day } from "@yihao/kernel/days";

/** A text as it is compared: width, case and outer spaces do not count. */
export const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** A cell as it was before an export put an apostrophe before what a spreadsheet would have run as a formula. */
export const unguarded = (text: string): string => (/^'[=+\-@]/.test(text) ? text.slice(1) : text);

/** A day as people write it: 2026-11-01, 2026/11/1, 2026.11.1, 2026年11月1日. Undefined for what is no day. */
export function dayIn(text: string): Day | undefined {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain(text));
  if (!found) return undefined;
  const [, year = "", month = "", date = ""] = found;
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const at = new Date(`${day}T00:00:00.000Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? undefined : day;
}

/** Money as people write it, in minor units: 1280, 1,280.00, ¥1280.5, 1280元. Undefined for what is none, or has parts of a fen. */
export function minorIn(text: string): number | undefined {
  const bare = plain(text).replace(/^[¥$]/, "").replace(/元$/, "").replace(/[,\s]/g, "");
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(bare);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : undefined;
}

/** Hours as people write them, in minutes: 2.5, 2:30, 2.5 小时, 2.5h. Undefined for what is none, or no whole minutes. */
export function minutesIn(text: string): number | undefined {
  const bare = plain(text)
    .replace(/(小时|时|hours?|h)$/, "")
    .trim();
  const clock = /^(\d{1,6}):([0-5]\d)$/.exec(bare);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  if (!/^\d{1,6}(\.\d{1,4})?$/.test(bare)) return undefined;
  const minutes = Number(bare) * 60;
  const whole = Math.round(minutes);
  return Math.abs(minutes - whole) < 0.01 ? whole : undefined;
}

/** A whole number from 0. */
export function unitsIn(text: string): number | undefined {
  const bare = plain(text).replace(/[,\s]/g, "");
  return /^\d{1,7}$/.test(bare) ? Number(bare) : undefined;
}
