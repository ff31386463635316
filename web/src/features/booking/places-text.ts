import type { Hours } from "@yihao/booking/model";

/** Opening hours of one day as they are typed: `09:00-12:00, 14:00-21:00`; nothing when closed. */
export const hoursText = (open: Hours[1]): string => open.map(([from, until]) => `${from}-${until}`).join(", ");

/** Reads typed opening hours; undefined when they cannot be read, overlap, or are off the five-minute grid. */
export function readHours(text: string): Hours[1] | undefined {
  const parts = text
    .replaceAll("，", ",")
    .replaceAll("：", ":")
    .replaceAll(/[–—~～]/g, "-")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const open: Hours[1] = [];
  for (const part of parts) {
    const match = /^(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(part);
    const [from, until] = [match?.[1]?.padStart(5, "0"), match?.[2]?.padStart(5, "0")];
    if (!from || !until || !isWall(from) || !isWall(until) || from >= until) return undefined;
    if ((open.at(-1)?.[1] ?? "") > from) return undefined;
    open.push([from, until]);
  }
  return open.length <= 4 ? open : undefined;
}

const isWall = (text: string) => /^(([01]\d|2[0-3]):[0-5][05]|24:00)$/.test(text);

/** Reads closed days, one a line; undefined when a line is no day. */
export function readDays(text: string): string[] | undefined {
  const days = text.split(/[\s,，]+/).filter((line) => line !== "");
  return days.every(isDay) ? [...new Set(days)].sort() : undefined;
}

const isDay = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** Codes from a prefix and two numbers, as wide as the larger and at least two digits: `A-01` … `A-40`. Undefined when there are none or over 400. */
export function codesOf(prefix: string, first: number | undefined, last: number | undefined): string[] | undefined {
  if (first === undefined || last === undefined || last < first || first < 0 || last - first >= 400) return undefined;
  const clean = prefix.trim().toUpperCase();
  const width = Math.max(2, String(last).length);
  const joined = clean === "" || clean.endsWith("-") || clean.length > 1 ? clean : `${clean}-`;
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `${joined}${String(first + index).padStart(width, "0")}`,
  );
}
