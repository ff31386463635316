import type { BinLimit } from "@yihao/warehouse/bin-load";
import type { GlnFault } from "@yihao/warehouse/epc";
import type { mixingRules } from "@yihao/warehouse/model";
import { dictionary } from "../../i18n.ts";
import type { LooseParams } from "../../refusals.ts";

/** Words of bins: what they bear and hold, how they are named and made, and their own numbers. */
export const binWords = dictionary({
  zh: {
    limits: "容量与承重",
    capacity: "容量（件）",
    load: "承重（千克）",
    inside: "内尺寸（毫米）",
    edges: { length: "长", width: "宽", height: "高" },
    noLimit: "不填就不限",
    sizeWhole: "长、宽、高都填，或都不填",
    kilos: (n: string) => `${n} kg`,
    litres: (n: string) => `${n} L`,
    holds: { units: "件数", load: "重量", volume: "体积", size: "尺寸" },
    of: (used: string, most: string) => `${used} / ${most}`,
    tightest: (what: string, share: string) => `${what}最紧，已用 ${share}`,
    over: (what: string) => `${what}超了，先移走一些`,
    unweighed: (n: string) => `${n} 件没有登记重量，承重没有算它们`,
    unsized: (n: string) => `${n} 件没有登记尺寸，体积没有算它们`,
    gln: "全球位置码 GLN",
    glnHint: "13 位。填了，标签印 SGLN：(414) GLN (254) 货位码",
    glnFaults: { "gln.length": "GLN 是 13 位数字", "gln.check": "GLN 的校验位不对，检查最后一位" },
    saveLimits: "保存容量",
    limitsSaved: "容量已保存",
    weight: "重量（克 / 件）",
    weightHint: "不填，就不按承重核对",
    size: "外尺寸（毫米 / 件）",
    sizeHint: "不填，就不按体积核对",
    addZone: "增加库区",
    zoneCode: "库区代号",
    zoneKind: "用途",
    binsExport: "导出货位资料",
    binsFile: (day: string) => `货位资料 ${day}`,
    zoneKinds: { pick: "拣货", reserve: "存储", quarantine: "待处理" },
    firstRack: "架号从",
    naming: { racks: "架号", columns: "列号", levels: "层号" },
    namings: { "01": "两位数字 01", "1": "数字 1", A: "字母 A" },
    preview: "编出来是",
    range: (from: string, to: string) => (from === to ? from : `${from} 到 ${to}`),
    rackPicture: (rack: string, columns: string, levels: string) => `${rack} 架：列 ${columns}，层 ${levels}`,
    tooMany: (most: string) => `一次最多 ${most} 个货位`,
    needZone: "填库区代号和名称",
    zoneKnown: (name: string) => `库区“${name}”已有，新货位加在里面`,
  },
  en: {
    limits: "Limits",
    capacity: "Units",
    load: "Load (kg)",
    inside: "Inside (mm)",
    edges: { length: "Length", width: "Width", height: "Height" },
    noLimit: "Leave empty for no limit",
    sizeWhole: "Fill all three, or none",
    kilos: (n: string) => `${n} kg`,
    litres: (n: string) => `${n} l`,
    holds: { units: "Units", load: "Load", volume: "Volume", size: "Size" },
    of: (used: string, most: string) => `${used} / ${most}`,
    tightest: (what: string, share: string) => `${what} is tightest, ${share} used`,
    over: (what: string) => `${what} is over its limit. Move some away`,
    unweighed: (n: string) => `${n} units have no weight on record and are not counted in the load`,
    unsized: (n: string) => `${n} units have no size on record and are not counted in the volume`,
    gln: "GLN",
    glnHint: "13 digits. With it the label bears the SGLN: (414) GLN (254) bin code",
    glnFaults: {
      "gln.length": "A GLN has 13 digits",
      "gln.check": "The check digit of the GLN is wrong; look at the last digit",
    },
    saveLimits: "Save limits",
    limitsSaved: "Limits saved",
    weight: "Weight (g a unit)",
    weightHint: "Left empty, the load is not checked",
    size: "Outside (mm a unit)",
    sizeHint: "Left empty, the volume is not checked",
    addZone: "Add a zone",
    zoneCode: "Zone code",
    zoneKind: "Use",
    binsExport: "Export bins",
    binsFile: (day: string) => `bins ${day}`,
    zoneKinds: { pick: "Pick face", reserve: "Reserve", quarantine: "Quarantine" },
    firstRack: "First rack",
    naming: { racks: "Rack name", columns: "Bay name", levels: "Level name" },
    namings: { "01": "Two digits, 01", "1": "Digits, 1", A: "Letters, A" },
    preview: "Codes will be",
    range: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    rackPicture: (rack: string, columns: string, levels: string) => `Rack ${rack}: bays ${columns}, levels ${levels}`,
    tooMany: (most: string) => `At most ${most} bins at once`,
    needZone: "Enter a code and a name",
    zoneKnown: (name: string) => `Zone “${name}” is there; the bins are added to it`,
  },
});

const plain = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 3 });
/** Grams in kilograms, cubic millimetres in litres, as they are shown. */
export const kilosOf = (grams: number): string => binWords().kilos(plain(grams / 1_000));
export const litresOf = (mm3: number): string => binWords().litres(plain(mm3 / 1_000_000));
/** A figure of a limit as it is shown. */
export const limitText = (of: BinLimit, value: number): string =>
  of === "load" ? kilosOf(value) : of === "volume" ? litresOf(value) : plain(value);

const elsewhere = (p: LooseParams): string[] =>
  Array.isArray(p.suggestions) ? p.suggestions.slice(0, 2).map((one: { bin?: string }) => one.bin ?? "") : [];
const goZh = (p: LooseParams) => (elsewhere(p).length > 0 ? `可以去 ${elsewhere(p).join("、")}` : "");
const goEn = (p: LooseParams) => (elsewhere(p).length > 0 ? ` Go to ${elsewhere(p).join(" or ")}` : "");

type Mixing = (typeof mixingRules)[number];
const mixing = {
  zh: { owner: "一格只放一家的货", product: "一格只放一种货", lot: "一格只放一种货的一个批次" },
  en: { owner: "one owner a bin", product: "one product a bin", lot: "one lot of one product a bin" },
} as const satisfies Record<string, Record<Mixing, string>>;

const figure = (p: LooseParams, name: "most" | "holds") => limitText(p.of as BinLimit, Number(p[name]));

/** What the server refuses of bins, in both languages. */
export const binRefusals = {
  zh: {
    "bin.too-many": (p: LooseParams) => `一次最多生成 ${String(p.most)} 个货位`,
    "bin.exists": (p: LooseParams) =>
      `货位 ${Array.isArray(p.codes) ? p.codes.slice(0, 3).join("、") : ""} 已经有了，什么都没有生成`,
    "bin.missing": (p: LooseParams) => `没有货位 ${String(p.bin)}，没有记录。${goZh(p)}`,
    "bin.locked": (p: LooseParams) => `${String(p.bin)} 已锁定（${String(p.lock)}），没有记录。${goZh(p)}`,
    "bin.mixed": (p: LooseParams) =>
      `${String(p.bin)} 里是别的货，这里${mixing.zh[p.rule as Mixing]}，没有记录。${goZh(p)}`,
    "bin.full": (p: LooseParams) => {
      const [bin, room] = [String(p.bin), String(p.room)];
      if (p.hidden) return `${bin} 放不下，没有记录。${goZh(p)}`;
      if (p.of === "size") return `一件的尺寸放不进 ${bin}，没有记录。${goZh(p)}`;
      const limit = { load: "承重", volume: "容积" }[String(p.of)];
      const why = limit ? `${limit} ${figure(p, "most")}，已有 ${figure(p, "holds")}，` : "";
      return `${bin} ${why}只放得下 ${room} 件，没有记录。${goZh(p)}`;
    },
    "gln.invalid": (p: LooseParams) => binWords().glnFaults[p.fault as GlnFault],
    "epc.invalid": () => "不是 SGTIN 标签号，形如 urn:epc:id:sgtin:6970001.028456.SN1",
    "epc.other": (p: LooseParams) => `标签是另一种商品的（${String(p.gtin)}），没有记录`,
    "epc.taken": () => "这个标签已经贴在另一件货上",
    "bin.holds": (p: LooseParams) =>
      p.hidden
        ? `${String(p.bin)} 里的货放不进改小后的货位`
        : `${String(p.bin)} 里已有 ${figure(p, "holds")}，不能改得比它小`,
  },
  en: {
    "bin.too-many": (p: LooseParams) => `At most ${String(p.most)} bins at once`,
    "bin.exists": (p: LooseParams) =>
      `Bin ${Array.isArray(p.codes) ? p.codes.slice(0, 3).join(", ") : ""} is already there. No bins were made`,
    "bin.missing": (p: LooseParams) => `No bin ${String(p.bin)}, not recorded.${goEn(p)}`,
    "bin.locked": (p: LooseParams) => `${String(p.bin)} is locked (${String(p.lock)}), not recorded.${goEn(p)}`,
    "bin.mixed": (p: LooseParams) =>
      `${String(p.bin)} holds other goods, and here it is ${mixing.en[p.rule as Mixing]}. Not recorded.${goEn(p)}`,
    "bin.full": (p: LooseParams) => {
      const [bin, room] = [String(p.bin), String(p.room)];
      if (p.hidden) return `${bin} has no room for them, not recorded.${goEn(p)}`;
      if (p.of === "size") return `One unit is too large for ${bin}, not recorded.${goEn(p)}`;
      const verb = { load: "bears", volume: "holds" }[String(p.of)];
      if (!verb) return `${bin} has room for ${room}, not recorded.${goEn(p)}`;
      const has = `${figure(p, "holds")} are there`;
      return `${bin} ${verb} ${figure(p, "most")}, ${has}: room for ${room} more. Not recorded.${goEn(p)}`;
    },
    "gln.invalid": (p: LooseParams) => binWords().glnFaults[p.fault as GlnFault],
    "epc.invalid": () => "Not an SGTIN such as urn:epc:id:sgtin:6970001.028456.SN1",
    "epc.other": (p: LooseParams) => `The tag is of another product (${String(p.gtin)}). Not recorded`,
    "epc.taken": () => "Another piece bears this tag already",
    "bin.holds": (p: LooseParams) =>
      p.hidden
        ? `What lies in ${String(p.bin)} does not fit a smaller bin`
        : `${String(p.bin)} holds ${figure(p, "holds")} already. It cannot be made smaller`,
  },
};
