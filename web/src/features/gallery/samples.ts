import { lang } from "../../i18n.ts";
import type { DeskZone } from "../../ui/floor-plan.tsx";
import type { BinCell } from "../../ui/rack.tsx";
import type { Tick } from "../../ui/ticks.tsx";
import type { TimelineRow } from "../../ui/timeline.tsx";

/** Chooses between two samples by the language of the screen. */
export const zhEn = (zh: string, en: string): string => (lang() === "en" ? en : zh);

export const now = 10 * 60 + 42;
export const load = [
  0.1, 0.1, 0.1, 0.3, 0.3, 0.4, 0.4, 0.6, 0.6, 0.5, 0.5, 0.8, 0.7, 0.6, 0.6, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.2, 0.2,
  0.2, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1,
];

export const marks = () => [
  { at: 555, kind: "arrival" as const, label: zhEn("王立群到访", "Wang Liqun arrives") },
  { at: 576, kind: "arrival" as const, label: zhEn("宋佳到访", "Song Jia arrives") },
  { at: 630, kind: "alarm" as const, label: zhEn("冷藏货位超温", "Cold bin too warm") },
  { at: 690, kind: "arrival" as const, label: zhEn("冷链提货", "Cold-chain pick-up") },
  { at: 840, kind: "due" as const, label: zhEn("材料截止", "Papers due") },
  { at: 1080, kind: "due" as const, label: zhEn("截单", "Order cut-off") },
];

const ticks = (pattern: string): Tick[] =>
  [...pattern].map((sign) => ({ i: "in", a: "away", l: "later", f: "free", o: "off" })[sign] as Tick);
export const zones = [
  { name: "A", units: ticks("iiiiialliiiiaaaifiiiiffaaiifaafi"), used: 23 },
  { name: "B", units: ticks("iiiaiaiiiiaaiiiiiiliiiliiiiaaiao"), used: 23 },
  { name: "C", units: ticks("fflifiiaiiifffffiaiaiaffaiiifllo"), used: 20 },
];

export const timelineRows = (): TimelineRow[] => [
  {
    key: "r1",
    name: zhEn("路演厅", "Stage"),
    note: zhEn("60 人", "60 seats"),
    blocks: [
      { key: "1", from: 540, until: 630, label: zhEn("壹号运营", "Yihao"), is: "done" },
      { key: "2", from: 840, until: 1020, label: zhEn("壹号孵化", "Incubation"), is: "booked", cleaning: 15 },
    ],
  },
  {
    key: "r2",
    name: zhEn("会议室 1", "Room 1"),
    note: zhEn("12 人", "12 seats"),
    blocks: [
      { key: "3", from: 600, until: 690, label: zhEn("拾穗家居", "Shisui"), is: "inUse", cleaning: 15 },
      { key: "4", from: 780, until: 825, label: zhEn("石榴籽", "Pomona"), is: "booked" },
    ],
  },
  {
    key: "r3",
    name: zhEn("直播间 2", "Studio 2"),
    note: zhEn("含灯光", "with lights"),
    blocks: [
      { key: "5", from: 600, until: 780, label: zhEn("一盏灯饰", "Yizhan"), is: "noShow" },
      { key: "6", from: 840, until: 872, label: zhEn("检修", "Repair"), is: "off" },
      { key: "7", from: 870, until: 990, label: zhEn("拾穗家居", "Shisui"), is: "conflict" },
    ],
  },
];

const states = ["taken", "free", "away", "taken", "later", "mine", "taken", "off"] as const;
export const deskZones = (): DeskZone[] =>
  ["A", "B"].map((zone) => ({
    name: zhEn(`${zone} 区`, `Zone ${zone}`),
    note: zhEn("空闲 2", "2 free"),
    desks: Array.from({ length: 16 }, (_, index) => {
      const label = String(index + 1).padStart(2, "0");
      const state = states[(index * 5 + zone.length) % states.length]!;
      return {
        key: `${zone}-${label}`,
        address: `${zone}-${label}`,
        label,
        state,
        seated: state === "taken" || state === "mine",
      };
    }),
  }));

export const bins = (rack: number): BinCell[] =>
  Array.from({ length: 60 }, (_, index) => {
    const bay = (index % 10) + 1;
    const level = Math.floor(index / 10) + 1;
    const heat = ((index * 37 + rack * 11) % 11) / 10;
    return {
      address: `${String(rack).padStart(2, "0")}-${String(bay).padStart(2, "0")}-${String(level).padStart(2, "0")}`,
      bay,
      level,
      heat,
      figure: Math.round(heat * 90),
      ...(index === 27 ? { alert: "bad" as const } : {}),
      ...(index === 42 ? { alert: "warn" as const } : {}),
      ...(index > 56 ? { locked: true } : {}),
    };
  });

export interface Company {
  readonly key: string;
  readonly name: string;
  readonly trade: string;
  readonly desks: string;
  readonly until: string;
  readonly bins: number;
  readonly owedMinor: number;
  readonly is: "active" | "dueSoon" | "overdue" | "disputed" | "signing";
}
const names = [
  "拾穗家居",
  "湖畔鲜集",
  "相山茶事",
  "北屿数码",
  "知了文具",
  "石榴籽童装",
  "圆猫宠物",
  "鹿跳运动",
  "简袋箱包",
  "青禾农选",
  "晚汀香氛",
  "木又文创",
];
const english = [
  "Shisui Home",
  "Lakeside Fresh",
  "Xiangshan Tea",
  "Beiyu Digital",
  "Cicada Paper",
  "Pomona Kids",
  "Round Cat",
  "Deer Jump",
  "Plain Bags",
  "Qinghe Farm",
  "Wanting Scent",
  "Muyou Culture",
];
const cycle = ["active", "active", "dueSoon", "disputed", "overdue", "signing"] as const;
export const companies = (count: number): Company[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `c${index}`,
    name: zhEn(names[index % 12]!, english[index % 12]!) + (index >= 12 ? ` ${index + 1}` : ""),
    trade: zhEn(["家居", "生鲜", "茶叶"][index % 3]!, ["Home", "Fresh", "Tea"][index % 3]!),
    desks: `A-${String((index % 9) + 1).padStart(2, "0")}–${String((index % 9) + 4).padStart(2, "0")}`,
    until: `2027-0${(index % 9) + 1}-30`,
    bins: (index * 7) % 60,
    owedMinor: ((index * 137_700) % 1_700_000) + 50_00,
    is: cycle[index % cycle.length]!,
  }));
