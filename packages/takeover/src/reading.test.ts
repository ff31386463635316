import { dayIn, minorIn, minutesIn, unitsIn } from "@yihao/members/cells";
import { describe, expect, it } from "vitest";
import { takeoverColumns, templateOf } from "./columns.ts";
import { compare, sumsOf } from "./control.ts";
import { type TakeoverKind, takeoverKinds } from "./model.ts";
import { type KnownCompany, readRows, type World } from "./read-rows.ts";
import { readTable } from "./read-table.ts";

const world: World = {
  today: "2026-11-23",
  day: "2026-11-01",
  currency: "CNY",
  companies: [
    { id: "cmp_shisui", name: "拾穗家居有限公司", code: "91350100M000100Y43", state: "active" },
    { id: "cmp_yinuo", name: "一诺文创", state: "active" },
    { id: "cmp_gone", name: "已走公司", state: "left" },
  ] as KnownCompany[],
  plans: [{ id: "pln_grow", name: "成长套餐", state: "active", allowances: { roomMinutes: 240 } }],
  packs: [{ id: "pck_20", name: "会议室 20 小时", kind: "room-minutes" }],
  places: [
    { id: "res_302", code: "302", name: "302 室", lettable: true, lettings: [] },
    { id: "res_hot", code: "H1", name: "流动工位", lettable: false, lettings: [] },
    {
      id: "res_303",
      code: "303",
      name: "303 室",
      lettable: true,
      lettings: [{ agreement: "agr_other", company: "cmp_yinuo", from: "2026-01-01" }],
    },
  ],
};
function read(kind: TakeoverKind, rows: readonly (readonly string[])[], over: Partial<World> = {}) {
  const table = readTable(
    kind,
    rows.map((row) => [...row]),
  );
  if (!table.ok) throw new Error(table.refusal.code);
  const found = readRows(kind, table.value, { ...world, ...over });
  return { rows: found, faults: table.value.faults.map(({ row, column, reason }) => `${row} ${column} ${reason}`) };
}

describe("cells as people write them", () => {
  it("are read as days, money and hours, or not at all", () => {
    const days = ["2026-11-01", "2026/11/1", "2026.11.1", "2026年11月1日", "2026-02-30", "11/1", ""];
    expect(days.map(dayIn)).toEqual([...Array(4).fill("2026-11-01"), undefined, undefined, undefined]);
    const money = ["1280", "1,280.5", "¥ 1280.50", "1280元", "１２８０", "12.805", "-5", "面议"];
    expect(money.map(minorIn)).toEqual([128_000, 128_050, 128_050, 128_000, 128_000, undefined, undefined, undefined]);
    expect(["2.5", "2:30", "2.5 小时", "0.1h", "2.333", "x"].map(minutesIn)).toEqual([
      150,
      150,
      150,
      6,
      undefined,
      undefined,
    ]);
    expect(["12", "1,200", "1.5"].map(unitsIn)).toEqual([12, 1200, undefined]);
  });
});

describe("a file that is read", () => {
  it("is good as its own template gives it, in both languages, once its companies and things are there", () => {
    for (const kind of takeoverKinds)
      for (const language of ["zh", "en"] as const) {
        const [headings = [], example = []] = templateOf(kind, language);
        const table = readTable(kind, [headings, example]);
        expect([kind, language, table.ok && table.value.ignored]).toEqual([kind, language, []]);
        if (!table.ok) continue;
        const [row] = readRows(kind, table.value, {
          ...world,
          plans: world.plans.map((one) => ({ ...one, name: language === "zh" ? "成长套餐" : "Growth" })),
          packs: world.packs.map((one) => ({ ...one, name: language === "zh" ? "会议室 20 小时" : "Rooms 20 h" })),
          places: [...world.places, { id: "res_a12", code: "A-12", name: "独立工位", lettable: true, lettings: [] }],
        });
        expect([kind, language, table.value.faults, row?.facts?.of]).toEqual([kind, language, [], kind]);
      }
  });

  it("matches a company by its code before its name, and lands with nobody when the two are of two companies", () => {
    const rows = read("deposits", [
      ["企业名称", "统一社会信用代码", "收据号", "押金"],
      ["改了名的拾穗", "91350100m000100y43", "A1", "100"],
      ["一诺文创", "", "A2", "100"],
      ["一诺文创", "91350100M000100Y43", "A3", "100"],
      ["拾穗家居有限公司", "91110000600037341L", "A4", "100"],
      ["没有的公司", "", "A5", "100"],
      ["已走公司", "", "A6", "100"],
      ["", "", "A7", "100"],
    ]);
    expect(rows.rows.map(({ company }) => company ?? null)).toEqual([
      "cmp_shisui",
      "cmp_yinuo",
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(rows.faults).toEqual([
      "4 company company-two",
      "5 code company-unknown",
      "6 company company-unknown",
      "7 company company-left",
      "8 company required",
    ]);
  });

  it("takes a last day as a day that still counts, and says which room is somebody else's, or let twice in the file", () => {
    const { rows, faults } = read("leases", [
      ["企业名称", "协议编号", "房间工位", "起租日", "到期日", "月租金"],
      ["一诺文创", "HT-1", "302", "2026-01-01", "2027-05-31", "3600"],
      ["拾穗家居有限公司", "HT-2", "302 室、303、H1、999", "2026-06-01", "2027-05-31", ""],
      ["一诺文创", "ht-1", "", "2026-01-01", "2025-01-01", "三千"],
      ["一诺文创", "HT-4", "", "2024-01-01", "2026-11-22", ""],
      ["一诺文创", "HT-5", "302", "2027-06-01", "", ""],
    ]);
    expect(rows[0]?.facts).toMatchObject({
      facts: { from: "2026-01-01", until: "2027-06-01", resources: ["res_302"], rentMinor: 360_000 },
    });
    expect(faults).toEqual([
      "3 resources place-not-let",
      "3 resources place-unknown",
      "3 resources twice",
      "3 resources place-let",
      "4 number twice",
      "4 until days",
      "4 rent money",
      "5 until over",
    ]);
  });

  it("says what of a plan does not fit: unknown, more left than it gives, a company that has one", () => {
    const running = {
      id: "sub_1",
      plan: "pln_grow",
      from: "2026-01-01",
      snapshot: { name: "成长套餐", monthlyMinor: 1, roomMinutes: 1 },
    };
    const companies = world.companies.map((one) =>
      one.id === "cmp_yinuo" ? { ...one, subscription: running } : one,
    ) as KnownCompany[];
    const heading = ["企业名称", "套餐", "本月剩余小时", "合约到期日", "币种"];
    const given = [
      ["拾穗家居有限公司", "成长套餐", "5", "2026-10-31", "USD"],
      ["一诺文创", "没有的套餐", "", "", "人民币"],
    ];
    expect(read("plans", [heading, ...given], { companies }).faults).toEqual([
      "2 currency currency",
      "2 termUntil over",
      "2 left too-much",
      "3 plan plan-unknown",
      "3 company plan-running",
    ]);
  });

  it("keeps numbers of this space's own series for its own bills", () => {
    const heading = ["企业名称", "原单据号", "余额", "单据日期", "应付日"];
    const { faults } = read("balances", [heading, ["一诺文创", "ZD-202610-0001", "10", "2026-11-01", "2026-10-01"]]);
    expect(faults).toEqual(["2 reference series-number", "2 dueOn days"]);
  });

  it("is refused whole without a heading it needs, which it names", () => {
    expect(
      readTable("deposits", [
        ["企业名称", "押金"],
        ["甲", "1"],
      ]),
    ).toMatchObject({
      refusal: { code: "takeover.heading", params: { missing: [{ zh: "收据号", en: "Receipt number" }] } },
    });
    expect(Object.keys(takeoverColumns)).toEqual([...takeoverKinds]);
  });
});

describe("totals", () => {
  it("are held against what was typed where it was, and against the file where not", () => {
    const file = sumsOf([{ measures: { depositMinor: 100 } }, { measures: { depositMinor: 50 } }]);
    const taken = sumsOf([{ measures: { depositMinor: 100 } }]);
    expect(compare("deposits", { measures: { depositMinor: 160 } }, file, taken)).toEqual([
      { name: "rows", typed: undefined, file: 2, taken: 1, off: 1 },
      { name: "depositMinor", typed: 160, file: 150, taken: 100, off: 60 },
    ]);
  });
});
