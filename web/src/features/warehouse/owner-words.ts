import type { GoodsClass } from "@yihao/warehouse/model";
import { dictionary, plural } from "../../i18n.ts";
import type { LooseParams } from "../../refusals.ts";

/** Words of what owners may store (货主规则) and of kinds of goods. */
export const ownerWords = dictionary({
  zh: {
    onlyManager: "只能看：改限额要“运营主管”角色",
    goodsClass: "品类",
    goodsClasses: {
      general: "普通货",
      food: "食品",
      chilled: "冷藏",
      fragile: "易碎",
      chemical: "化学品",
      valuable: "贵重",
    },
    owners: "货主",
    owner: "企业",
    say: "每家企业能存什么、最多存多少。收货和预报时按这里核对。",
    allClasses: "都能存",
    classes: "能存的品类",
    classesHint: "一个都不选，就什么都能存",
    bins: "货位",
    units: "件数",
    litres: "体积（升）",
    mostBins: "最多货位",
    mostUnits: "最多件数",
    mostLitres: "最多体积（升）",
    unlimited: "不填就不限",
    noLimit: "不限",
    of: (use: string, most: string) => `${use} / ${most}`,
    use: (bins: string, units: string, litres: string) => `现在用 ${bins} 个货位，${units} 件，${litres} 升`,
    within: "正常",
    near: "快满",
    over: "已满",
    state: "状态",
    save: "保存",
    saved: "已保存，下一次收货起按新规则",
    notRead: "货主规则没有读到",
    none: "还没有企业的货。企业报了预报或建了商品，就在这里。",
    myRules: "能存什么",
    zones: "库区",
    zonesSay: "只放几种货的库区，上架时优先给这些货，别的货不去。",
    zoneName: "库区名称",
    mixing: "混放",
    mixings: { any: "随意混放", owner: "一格一家", product: "一格一种货", lot: "一格一个批次" },
    mixingHint: "上架和移库都按它。已经混放的不动",
    zoneSaved: (name: string) => `${name} 已保存`,
  },
  en: {
    onlyManager: "To look at only: changing limits needs the Manager role",
    goodsClass: "Kind of goods",
    goodsClasses: {
      general: "General",
      food: "Food",
      chilled: "Chilled",
      fragile: "Fragile",
      chemical: "Chemicals",
      valuable: "Valuable",
    },
    owners: "Owners",
    owner: "Company",
    say: "What each company may store and how much. Notices and receipts are held to it.",
    allClasses: "All kinds",
    classes: "Kinds it may store",
    classesHint: "None chosen: all of them",
    bins: "Bins",
    units: "Units",
    litres: "Volume (l)",
    mostBins: "Bins at most",
    mostUnits: "Units at most",
    mostLitres: "Volume at most (l)",
    unlimited: "Left empty: no limit",
    noLimit: "no limit",
    of: (use: string, most: string) => `${use} / ${most}`,
    use: (bins: string, units: string, litres: string) =>
      `Now in ${plural(bins, "bin")}: ${plural(units, "unit")}, ${litres} l`,
    within: "Within",
    near: "Nearly full",
    over: "Full",
    state: "State",
    save: "Save",
    saved: "Saved; the next receipt is held to it",
    notRead: "The rules did not load",
    none: "No company has goods here yet. Whoever announces goods or makes a product stands here.",
    myRules: "What you may store",
    zones: "Zones",
    zonesSay: "A zone kept to some kinds of goods is suggested to those first, and to no others.",
    zoneName: "Name of the zone",
    mixing: "Sharing a bin",
    mixings: { any: "Any goods", owner: "One owner", product: "One product", lot: "One lot" },
    mixingHint: "Held to when goods are put away or moved. What shares a bin already stays",
    zoneSaved: (name: string) => `${name} saved`,
  },
});

const named = (kind: unknown) => ownerWords().goodsClasses[kind as GoodsClass] ?? String(kind);
const all = (kinds: unknown, between: string) => (Array.isArray(kinds) ? kinds.map(named).join(between) : "");
const litres = (ml: unknown) => Math.ceil(Number(ml) / 1000);

/** What is said when an owner may not store something. */
export const ownerRefusals = {
  zh: {
    "owner.class": (p: LooseParams) => `${String(p.name)} 属于${named(p.class)}，这家企业只能存${all(p.allowed, "、")}`,
    "owner.units": (p: LooseParams) =>
      `这家企业最多存 ${String(p.most)} 件，现在有 ${String(p.there)} 件，再来 ${String(p.coming)} 件放不下`,
    "owner.volume": (p: LooseParams) =>
      `这家企业最多存 ${litres(p.most)} 升，现在有 ${litres(p.there)} 升，再来 ${litres(p.coming)} 升放不下`,
    "owner.bins": (p: LooseParams) => `这家企业最多用 ${String(p.most)} 个货位，都用上了；放到它已经在用的货位`,
  },
  en: {
    "owner.class": (p: LooseParams) =>
      `${String(p.name)} is of the kind “${named(p.class)}”; this company may store only: ${all(p.allowed, ", ")}`,
    "owner.units": (p: LooseParams) =>
      `This company may store ${String(p.most)} units and has ${String(p.there)}: ${String(p.coming)} more do not fit`,
    "owner.volume": (p: LooseParams) =>
      `This company may store ${litres(p.most)} l and has ${litres(p.there)} l: ${litres(p.coming)} l more do not fit`,
    "owner.bins": (p: LooseParams) =>
      `This company may use ${String(p.most)} bins and uses them all. Put it into one of those`,
  },
} as const;
