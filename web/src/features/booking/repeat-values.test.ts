import { afterEach, expect, test } from "vitest";
import { setLang } from "../../i18n.ts";
import { noRepeat, repeatOf, repeatText, turnedTo } from "./repeat-values.ts";
import { seriesWords } from "./series-words.ts";

afterEach(() => setLang("zh-CN"));
const said = (repeat: ReturnType<typeof repeatOf>) => repeat && repeatText(repeat, seriesWords());

test("a repetition is said in plain words, in both languages", () => {
  const weekly = { ...turnedTo("week", noRepeat, "2026-11-24", undefined), weekdays: [3, 1], until: "2026-12-31" };
  const monthly = {
    ...turnedTo("month", noRepeat, "2026-11-24", undefined),
    monthly: "last" as const,
    ends: "count" as const,
  };
  const rules = [
    repeatOf(weekly, "2026-11-24"),
    repeatOf({ ...weekly, interval: 2 }, "2026-11-24"),
    repeatOf(monthly, "2026-11-24"),
    repeatOf({ ...monthly, every: "day", count: 3 }, "2026-11-24"),
  ];
  expect(rules.map(said)).toEqual([
    "每周一、周三，到 2026年12月31日",
    "每两周周一、周三，到 2026年12月31日",
    "每月最后一个周二，共 10 次",
    "每天，共 3 次",
  ]);
  setLang("en");
  expect(rules.map(said)).toEqual([
    "Every week on Mon, Wed, until 31 Dec 2026",
    "Every 2 weeks on Mon, Wed, until 31 Dec 2026",
    "Every month on the last Tue, 10 times",
    "Every day, 3 times",
  ]);
});

test("fields that say no rule give none, and the end is never beyond what can be booked", () => {
  expect(repeatOf(noRepeat, "2026-11-24")).toBeUndefined();
  const weekly = turnedTo("week", noRepeat, "2026-11-24", "2026-12-20");
  expect([weekly.until, weekly.weekdays]).toEqual(["2026-12-20", [2]]);
  expect(repeatOf({ ...weekly, weekdays: [] }, "2026-11-24")).toBeUndefined();
  expect(repeatOf({ ...weekly, ends: "count", count: 367 }, "2026-11-24")).toBeUndefined();
  expect(repeatOf({ ...weekly, interval: undefined }, "2026-11-24")).toBeUndefined();
});
