import type { LooseParams } from "../../refusals.ts";

const some = (names: unknown, between: string): string => (Array.isArray(names) ? names.slice(0, 3).join(between) : "");

/** What is said when packing, shipping or a return is refused. */
export const flowRefusals = {
  zh: {
    "pack.wrong": (p: LooseParams) =>
      `${String(p.got)} 不在这张出库单里，没有装${some(p.wants, "、") ? `。还要装：${some(p.wants, "、")}` : ""}`,
    "pack.too-many": (p: LooseParams) => `${String(p.name)} 只剩 ${String(p.left)} 件要装，没有装`,
    "pack.weight": (p: LooseParams) =>
      `箱重 ${String(p.grams)} 克，货本身就有 ${String(p.goods)} 克，对不上。开箱看看，或再称一次确认`,
    "pack.open": (p: LooseParams) => `还有 ${String(p.left)} 件没装箱，装完才能出库`,
    "pack.cartons": (p: LooseParams) => `一张出库单最多 ${String(p.most)} 箱`,
    "sscc.used-up": (p: LooseParams) => `厂商识别代码 ${String(p.prefix)} 的箱号用完了，换一个扩展位`,
    "sscc.serial": (p: LooseParams) => `流水号要在 ${String(p.least)} 到 ${String(p.most)} 之间，用过的号不再发`,
  },
  en: {
    "pack.wrong": (p: LooseParams) =>
      `${String(p.got)} is not on this order, not packed${some(p.wants, ", ") ? `. Still to pack: ${some(p.wants, ", ")}` : ""}`,
    "pack.too-many": (p: LooseParams) => `Only ${String(p.left)} of ${String(p.name)} left to pack. Not packed`,
    "pack.weight": (p: LooseParams) =>
      `The carton weighs ${String(p.grams)} g, its goods alone ${String(p.goods)} g. Look inside, or weigh it again and confirm`,
    "pack.open": (p: LooseParams) => `${String(p.left)} units are in no carton yet. Pack them before it leaves`,
    "pack.cartons": (p: LooseParams) => `At most ${String(p.most)} cartons for an order`,
    "sscc.used-up": (p: LooseParams) =>
      `All carton numbers under ${String(p.prefix)} are used. Choose another extension digit`,
    "sscc.serial": (p: LooseParams) =>
      `The serial must be from ${String(p.least)} to ${String(p.most)}; used numbers are not given again`,
  },
} as const;
