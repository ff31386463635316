import { type Lang, lang } from "./i18n.ts";

const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string, options: Intl.DateTimeFormatOptions, locale: string): Intl.DateTimeFormat {
  const key = JSON.stringify([zone, options, locale]);
  let made = cache.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    cache.set(key, made);
  }
  return made;
}

const minus = "−";
const group = (whole: bigint | number): string => whole.toString().replace(/\B(?=(\d{3})+$)/g, ",");
const signs: Readonly<Record<string, string>> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", HKD: "HK$", JPY: "¥" };

/** Money for bills from whole minor units (fen): always two decimals, `−¥960.00` when negative, `+` only when asked. */
export function money(minor: number, options: { currency?: string; sign?: boolean } = {}): string {
  const currency = options.currency ?? "CNY";
  const size = Math.abs(minor);
  const mark = minor < 0 ? minus : options.sign && minor > 0 ? "+" : "";
  const fen = String(size % 100).padStart(2, "0");
  return `${mark}${signs[currency] ?? `${currency} `}${group(Math.trunc(size / 100))}.${fen}`;
}

/** A unit price without the currency sign, two decimals: `880.00`. */
export const price = (minor: number): string => money(minor).replace("¥", "");

/** A count for axes, which have room for five figures: from ten thousand on in 万 or k. */
export function axisCount(value: number, as: Lang = lang()): string {
  if (value < 10_000) return count(value);
  return as === "en" ? `${Number((value / 1_000).toFixed(1))}k` : `${Number((value / 10_000).toFixed(1))}万`;
}

/** Money for axes from minor units: 万 with one decimal in Chinese (`18.6`), k in English (`186k`). No sign. */
export function axisMoney(minor: number, as: Lang = lang()): string {
  const yuan = minor / 100;
  return as === "en" ? `${Math.round(yuan / 1000)}k` : (yuan / 10_000).toFixed(1).replace(/\.0$/, "");
}

/** How money is written along an axis whose highest value is `mostMinor`: the name of its unit for the caption, and the figures. */
export function moneyAxis(mostMinor: number, as: Lang = lang()): { unit: string; text: (minor: number) => string } {
  if (mostMinor < 1_000_000) return { unit: as === "en" ? "¥" : "元", text: (minor) => count(minor / 100) };
  return { unit: as === "en" ? "¥k" : "万元", text: (minor) => axisMoney(minor, as).replace(/k$/, "") };
}

/** A whole count with thousands marks and a real minus: `2,318`, `−4`; `sign` adds `+`. */
export function count(value: number, options: { sign?: boolean } = {}): string {
  const mark = value < 0 ? minus : options.sign && value > 0 ? "+" : "";
  return mark + group(Math.abs(Math.trunc(value)));
}

/** Parts of one sentence behind each other, with the comma of the language: `1 号格 × 6，2 号格 × 2`, `Slot 1 × 6, Slot 2 × 2`. */
export const joined = (parts: readonly string[], as: Lang = lang()): string => parts.join(as === "en" ? ", " : "，");

/** What something is and, behind the colon of the language, what is said of it; alone when nothing is: `数目不对：少一箱`. */
export const explained = (what: string, said?: string, as: Lang = lang()): string =>
  said ? `${what}${as === "en" ? ": " : "："}${said}` : what;

/** Sentences behind each other, each ended but the last, which ends itself or stands at the end of a line. */
export const sentences = (parts: readonly string[], as: Lang = lang()): string => parts.join(as === "en" ? ". " : "。");

/** A share from 0 to 1 as a percentage, no space before %: `77.7%`. */
export function percent(share: number, decimals = 0): string {
  return `${(share * 100).toFixed(decimals).replace("-", minus)}%`;
}

/** The local day (`2026-11-23`) of an instant (ISO, UTC) in a time zone. */
export function dayOf(instant: string, zone: string): string {
  return formatter(zone, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA").format(new Date(instant));
}

/** The local day now, where this device is: for the names of files. */
export const todayHere = (): string =>
  dayOf(new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Hour and minute of an instant in a time zone, 24 hours: `10:42`. */
export function clock(instant: string | Date, zone: string): string {
  return formatter(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, "en-GB").format(new Date(instant));
}

/** Two instants as a range of local times with an en dash: `14:00–15:30`. */
export const clockRange = (from: string, until: string, zone: string): string =>
  `${clock(from, zone)}–${clock(until, zone)}`;

/** A local day in a table: `11-23`, with the year when it is not `thisYear`: `2027-05-31`. */
export function dayCell(day: string, thisYear?: number): string {
  return thisYear !== undefined && Number(day.slice(0, 4)) === thisYear ? day.slice(5) : day;
}

/** An instant in a table: `11-23 10:42`. */
export const instantCell = (instant: string, zone: string): string =>
  `${dayOf(instant, zone).slice(5)} ${clock(instant, zone)}`;

const weekdays = { "zh-CN": "周日周一周二周三周四周五周六", en: "SunMonTueWedThuFriSat" } as const;
const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** The weekday of a local day: `周一`, `Mon`. */
export function weekday(day: string, as: Lang = lang()): string {
  const index = new Date(`${day}T00:00:00Z`).getUTCDay();
  return as === "en" ? weekdays.en.slice(index * 3, index * 3 + 3) : weekdays["zh-CN"].slice(index * 2, index * 2 + 2);
}

/** A local day in prose: `11月23日 周一`, in English `Mon 23 Nov`; without the weekday `11月23日`, `23 Nov`. */
export function dayProse(day: string, options: { weekday?: boolean; year?: boolean; as?: Lang } = {}): string {
  const as = options.as ?? lang();
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const withWeekday = options.weekday ?? true;
  if (as === "en") {
    const text = `${date} ${months.slice(month * 3 - 3, month * 3)}${options.year ? ` ${year}` : ""}`;
    return withWeekday ? `${weekday(day, as)} ${text}` : text;
  }
  const text = `${options.year ? `${year}年` : ""}${month}月${date}日`;
  return withWeekday ? `${text} ${weekday(day, as)}` : text;
}

/** A month (`2026-11`) as a title: `2026年11月`, `Nov 2026`. */
export function monthTitle(month: string, as: Lang = lang()): string {
  const [year, index] = month.split("-").map(Number) as [number, number];
  return as === "en" ? `${months.slice(index * 3 - 3, index * 3)} ${year}` : `${year}年${index}月`;
}

/** A month (`2026-11`) where its year is known: `11月`, `Nov`. */
export function monthShort(month: string, as: Lang = lang()): string {
  const index = Number(month.slice(5));
  return as === "en" ? months.slice(index * 3 - 3, index * 3) : `${index}月`;
}

/** Time to or since an instant, for use within a day: `18 分后`, `42 分前`, `in 3 h`. */
export function relative(instant: string, now: string | Date, as: Lang = lang()): string {
  const minutes = Math.round((Date.parse(instant) - new Date(now).getTime()) / 60_000);
  const size = Math.abs(minutes);
  if (size < 1) return as === "en" ? "just now" : "刚刚";
  const long = size >= 60;
  const value = long ? Math.floor(size / 60) : size;
  if (as === "en") return minutes > 0 ? `in ${value} ${long ? "h" : "min"}` : `${value} ${long ? "h" : "min"} ago`;
  return `${value} ${long ? "小时" : "分"}${minutes > 0 ? "后" : "前"}`;
}

/** Minutes as hours with one decimal: 90 → `1.5`. */
export const hours = (minutes: number): string => (minutes / 60).toFixed(1);

/** Minutes since the local midnight of `day`, kept within 0…1440: where rulers and timelines draw an instant. */
export function minuteOfDay(instant: string, day: string, zone: string): number {
  const local = dayOf(instant, zone);
  if (local !== day) return local < day ? 0 : 1440;
  const [hour, minute] = clock(instant, zone).split(":").map(Number) as [number, number];
  return hour * 60 + minute;
}

/** Minutes since midnight as a time: 870 → `14:30`, 1440 → `24:00`. */
export const clockOfMinute = (minute: number): string =>
  `${String(Math.trunc(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
