import type { inPacks } from "@yihao/warehouse/packaging";
import { count } from "../../format.ts";
import { dictionary } from "../../i18n.ts";

type Split = ReturnType<typeof inPacks>;
const joined = ({ packs, left }: Split, of: (name: string, many: string) => string, single: (many: string) => string) =>
  [...packs.map(({ name, packs: many }) => of(name, count(many))), ...(left > 0 ? [single(count(left))] : [])].join(
    " + ",
  );

/** Words of packs (包装) and of how long goods keep. */
export const packsWords = dictionary({
  zh: {
    packs: "包装",
    packsHint: "一箱、一托装多少件；箱上有自己的条码就填，扫它按整箱计数",
    packName: "名称",
    packUnits: "每个装多少件",
    packGtin: "上面的条码 (GTIN)",
    addPack: "添加包装",
    removePack: (name: string) => `移除包装 ${name}`,
    needPack: "每种包装要有名称和 2 件以上的数量",
    holds: (name: string, units: string) => `每${name} ${units}`,
    told: (split: Split) =>
      joined(
        split,
        (name, many) => `${many} ${name}`,
        (many) => `${many} 件`,
      ),
    keeps: (days: string) => `保质期 ${days} 天`,
    weighs: (grams: string) => `每件 ${grams} g`,
    edges: (edges: readonly string[]) => `${edges.join(" × ")} mm`,
    met: "别人先保存了这个商品",
    metSay: "你填的内容都在。再点一次保存，就以你填的为准",
    shelfDays: "保质期（天）",
    shelfDaysHint: "标签只有生产日期时，按它算出到期日",
    made: "生产日期",
    madeHint: (days: number) => `保质期 ${days} 天，到期日由此算出`,
    madeUntil: (days: number, until: string) => `保质期 ${days} 天，${until} 到期`,
    madeAlone: "标签上的。这个商品没有填保质期，到期日看包装填",
    derived: (days: number) => `由生产日期加保质期 ${days} 天算出`,
    enterIn: "单位",
    single: "件",
    packOf: (name: string, units: string) => `${name}（${units} 件）`,
    sum: (units: string) => `= ${units} 件`,
    picture: "图片",
    noPicture: "去掉",
  },
  en: {
    packs: "Packs",
    packsHint: "How many units a case or a pallet holds; with a code of its own, one scan of it counts them all",
    packName: "Name",
    packUnits: "Units in one",
    packGtin: "Code on it (GTIN)",
    addPack: "Add a pack",
    removePack: (name: string) => `Remove the pack ${name}`,
    needPack: "Each pack needs a name and two units or more",
    holds: (name: string, units: string) => `${units} in a ${name}`,
    told: (split: Split) =>
      joined(
        split,
        (name, many) => `${many} ${name}`,
        (many) => `${many} single`,
      ),
    keeps: (days: string) => `keeps ${days} days`,
    weighs: (grams: string) => `${grams} g each`,
    edges: (edges: readonly string[]) => `${edges.join(" × ")} mm`,
    met: "Somebody else saved this product first",
    metSay: "Your entries are kept. Save once more to put them in place of theirs",
    shelfDays: "Keeps for (days)",
    shelfDaysHint: "Where a label says only when it was made, the expiry day follows from this",
    made: "Made on",
    madeHint: (days: number) => `It keeps ${days} days: the expiry day follows`,
    madeUntil: (days: number, until: string) => `It keeps ${days} days, until ${until}`,
    madeAlone: "From the label. The product does not say how long it keeps: read the expiry day off the goods",
    derived: (days: number) => `Made on, plus the ${days} days that it keeps`,
    enterIn: "Unit",
    single: "Single",
    packOf: (name: string, units: string) => `${name} (${units})`,
    sum: (units: string) => `= ${units} ${units === "1" ? "unit" : "units"}`,
    picture: "Picture",
    noPicture: "Remove",
  },
});
