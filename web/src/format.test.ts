import { afterEach, expect, test } from "vitest";
import {
  axisCount,
  axisMoney,
  clockRange,
  count,
  dayCell,
  dayOf,
  dayProse,
  instantCell,
  joined,
  money,
  monthTitle,
  relative,
} from "./format.ts";
import { setLang } from "./i18n.ts";

afterEach(() => setLang("zh-CN"));

test("money always shows two decimals and a real minus before the sign", () => {
  expect(money(1_238_600)).toBe("¥12,386.00");
  expect(money(-96_000)).toBe("−¥960.00");
  expect(money(5)).toBe("¥0.05");
  expect(money(123_456_789_012)).toBe("¥1,234,567,890.12");
});

test("axes speak 万 in Chinese and k in English", () => {
  expect([axisMoney(18_642_000), axisCount(9_800), axisCount(60_000)]).toEqual(["18.6", "9,800", "6万"]);
  setLang("en");
  expect([axisMoney(18_642_000), axisCount(60_000)]).toEqual(["186k", "60k"]);
});

test("an instant is shown in the zone of the site, not of the reader", () => {
  expect(dayOf("2026-11-22T16:30:00Z", "Asia/Shanghai")).toBe("2026-11-23");
  expect(instantCell("2026-11-23T02:42:00Z", "Asia/Shanghai")).toBe("11-23 10:42");
  expect(clockRange("2026-11-23T06:00:00Z", "2026-11-23T07:30:00Z", "Asia/Shanghai")).toBe("14:00–15:30");
  expect(instantCell("2026-11-22T16:05:00Z", "Asia/Shanghai")).toBe("11-23 00:05");
});

test("days read as each language writes them", () => {
  expect(dayProse("2026-11-23")).toBe("11月23日 周一");
  expect(dayProse("2026-11-23", { as: "en" })).toBe("Mon 23 Nov");
  expect(dayCell("2027-05-31", 2026)).toBe("2027-05-31");
  expect(dayCell("2026-11-23", 2026)).toBe("11-23");
  expect(monthTitle("2026-11", "en")).toBe("Nov 2026");
  expect(relative("2026-11-23T11:00:00Z", "2026-11-23T10:42:00Z")).toBe("18 分后");
  expect(count(-148)).toBe("−148");
});

test("parts of a sentence are parted by the comma of the language", () => {
  expect(joined(["1 号格 × 6", "2 号格 × 2"])).toBe("1 号格 × 6，2 号格 × 2");
  expect(joined(["Slot 1 × 6", "Slot 2 × 2"], "en")).toBe("Slot 1 × 6, Slot 2 × 2");
});

test("no page puts Chinese marks between parts that are also said in English", async () => {
  const { readFileSync, globSync } = await import("node:fs");
  const marks = /\.join\("[，。：；、]"\)|\}[，。：；、]\$?\{/;
  const files = globSync("**/*.tsx", { cwd: import.meta.dirname });
  expect(files.length).toBeGreaterThan(100);
  const faulty = files.filter((file) =>
    readFileSync(`${import.meta.dirname}/${file}`, "utf8")
      .split("\n")
      .some((line) => marks.test(line) && !/lang\(\)|zh:|=> `/.test(line)),
  );
  expect(faulty).toEqual([]);
});
