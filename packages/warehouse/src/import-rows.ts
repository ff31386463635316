import { mergedCell } from "@yihao/kernel/sheet";
import { cleanBin, placeNamed } from "./bin-code.ts";
import { cleanGtin, gtin14, gtinFault } from "./gtin.ts";
import type { ImportFault, ImportKind } from "./import-model.ts";
import { packsOf, readPacks } from "./import-packs.ts";
import type { ZoneKind } from "./model.ts";
import { cleanPacks, packagingsMost } from "./packaging.ts";

type Kind =
  | "written"
  | "packs"
  | "kg"
  | "zoneKind"
  | "text"
  | "code"
  | "gtin"
  | "bin"
  | "units"
  | "count"
  | "money"
  | "day"
  | "track"
  | "yes"
  | "lot";
type Column = {
  readonly zh: string;
  readonly en: string;
  readonly is: Kind;
  /** Characters of a text at most; the least and the most of a number. */
  readonly most?: number;
  readonly least?: number;
  readonly also?: readonly string[];
};

/** Every column of an import with its heading in both languages and others that are understood. */
const columns = {
  document: {
    zh: "单号",
    en: "Document",
    is: "text",
    most: 40,
    also: ["预报单号", "订单号", "出库单号", "reference", "order no"],
  },
  code: { zh: "货号", en: "Code", is: "code", also: ["sku", "商品编码", "编码"] },
  gtin: { zh: "商品条码", en: "GTIN", is: "gtin", also: ["条码", "条形码", "ean", "upc", "barcode"] },
  name: { zh: "名称", en: "Name", is: "written", most: 120, also: ["商品名称", "品名", "product"] },
  unit: { zh: "单位", en: "Unit", is: "written", most: 12 },
  units: { zh: "数量", en: "Quantity", is: "units", also: ["件数", "qty", "units"] },
  bin: { zh: "货位", en: "Bin", is: "bin", also: ["库位", "库位码", "location"] },
  lot: { zh: "批次", en: "Lot", is: "lot", also: ["批号", "序列号", "batch", "serial"] },
  expiry: { zh: "效期", en: "Expiry", is: "day", also: ["到期日", "有效期至", "expiry date"] },
  receivedOn: { zh: "入库日期", en: "Received on", is: "day", also: ["received"] },
  expectedOn: { zh: "预计到货", en: "Expected on", is: "day", also: ["预计到货日期", "expected"] },
  costMinor: { zh: "成本", en: "Cost", is: "money", also: ["单价", "成本价", "unit cost", "cost (cny)", "成本（元）"] },
  lengthMm: { zh: "长", en: "Length", is: "count", most: 100_000, also: ["长（mm）", "length (mm)"] },
  widthMm: { zh: "宽", en: "Width", is: "count", most: 100_000, also: ["宽（mm）", "width (mm)"] },
  heightMm: { zh: "高", en: "Height", is: "count", most: 100_000, also: ["高（mm）", "height (mm)"] },
  weightGrams: { zh: "重量", en: "Weight", is: "count", also: ["重量（g）", "weight (g)"] },
  reorderPoint: { zh: "补货点", en: "Reorder point", is: "count", also: ["安全库存", "最低库存"] },
  track: { zh: "批次管理", en: "Tracking", is: "track", also: ["批次与序列号", "track"] },
  dated: { zh: "管效期", en: "Expiry dates", is: "yes", also: ["dated"] },
  shelfDays: {
    zh: "保质期",
    en: "Shelf life",
    is: "count",
    least: 1,
    most: 36_500,
    also: ["保质期（天）", "保质期天数", "shelf life (days)"],
  },
  caseName: { zh: "箱名称", en: "Case name", is: "text", most: 12, also: ["包装名称", "pack name"] },
  caseUnits: {
    zh: "箱装数",
    en: "Units per case",
    is: "count",
    least: 2,
    most: 100_000,
    also: ["每箱数量", "箱规", "case units"],
  },
  caseGtin: { zh: "箱码", en: "Case GTIN", is: "gtin", also: ["箱条码", "case barcode"] },
  palletUnits: { zh: "托装数", en: "Units per pallet", is: "count", least: 2, most: 100_000, also: ["每托数量"] },
  packs: { zh: "其他包装", en: "Other packs", is: "packs", also: ["包装", "更多包装", "packs"] },
  zone: { zh: "库区", en: "Zone", is: "text", most: 20, also: ["库区编码", "区域"] },
  zoneKind: { zh: "用途", en: "Use", is: "zoneKind", also: ["类型", "库区用途", "kind", "zone kind"] },
  capacity: {
    zh: "容量",
    en: "Capacity",
    is: "count",
    least: 1,
    most: 1_000_000,
    also: ["容量（件）", "最多件数", "capacity (units)"],
  },
  loadGrams: { zh: "承重", en: "Load", is: "kg", also: ["承重（kg）", "承重（公斤）", "load (kg)"] },
  lock: { zh: "锁定原因", en: "Locked because", is: "written", most: 120, also: ["锁定", "lock"] },
  recipient: { zh: "收件人", en: "Recipient", is: "written", most: 60 },
  phone: { zh: "电话", en: "Phone", is: "text", most: 30, also: ["手机", "联系电话"] },
  address: { zh: "地址", en: "Address", is: "written", most: 200, also: ["收货地址"] },
  note: { zh: "备注", en: "Note", is: "written", most: 60 },
} as const satisfies Record<string, Column>;
export type ColumnName = keyof typeof columns;

type Shape = { readonly must: readonly ColumnName[]; readonly may: readonly ColumnName[]; readonly product: boolean };
const shapes: Readonly<Record<ImportKind, Shape>> = {
  bins: {
    must: ["bin", "zone", "zoneKind"],
    may: ["lengthMm", "widthMm", "heightMm", "capacity", "loadGrams", "lock"],
    product: false,
  },
  products: {
    must: ["name"],
    may: [
      "code",
      "gtin",
      "unit",
      "costMinor",
      "reorderPoint",
      "track",
      "dated",
      "weightGrams",
      "lengthMm",
      "widthMm",
      "heightMm",
      "shelfDays",
      "caseName",
      "caseUnits",
      "caseGtin",
      "palletUnits",
      "packs",
    ],
    product: false,
  },
  openings: {
    must: ["bin", "units"],
    may: ["code", "gtin", "lot", "expiry", "receivedOn", "costMinor"],
    product: true,
  },
  asns: { must: ["document", "units"], may: ["expectedOn", "code", "gtin", "costMinor"], product: true },
  orders: {
    must: ["document", "recipient", "units"],
    may: ["code", "gtin", "phone", "address", "note"],
    product: true,
  },
};
const order = Object.keys(columns) as ColumnName[];

/** The columns of a kind of import, in the order of its template. */
export function columnsOf(kind: ImportKind): ColumnName[] {
  const { must, may } = shapes[kind];
  return order.filter((name) => must.includes(name) || may.includes(name));
}

/** A column's heading as a template has it; what must be filled in bears a star. */
export function headingOf(kind: ImportKind, name: string, language: "zh" | "en"): string {
  const column = (columns as Record<string, Column>)[name];
  if (!column) return name;
  return shapes[kind].must.includes(name as ColumnName) ? `${column[language]}*` : column[language];
}

const samples: Readonly<Record<ImportKind, readonly Readonly<Partial<Record<ColumnName, [string, string]>>>[]>> = {
  bins: ["01", "02"].map((n, at) => ({
    ...{ bin: [`01-01-${n}`, `01-01-${n}`], zone: ["A", "A"], zoneKind: ["拣货", "pick"] },
    ...{ lengthMm: ["1200", "1200"], widthMm: ["800", "800"], heightMm: ["600", "600"] },
    ...{ capacity: ["200", "200"], loadGrams: ["150", "150"] },
    ...(at === 0 ? {} : { lock: ["横梁待修", "Beam to be mended"] }),
  })),
  products: [
    {
      ...{ name: ["无火香薰 乌木 120 ml", "Reed diffuser, ebony, 120 ml"], code: ["XX-001", "RD-001"] },
      ...{ gtin: ["6970001284560", "6970001284560"], unit: ["瓶", "bottle"], costMinor: ["32.50", "32.50"] },
      ...{ reorderPoint: ["20", "20"], track: ["批次", "lot"], dated: ["是", "yes"], weightGrams: ["380", "380"] },
      ...{ lengthMm: ["80", "80"], widthMm: ["80", "80"], heightMm: ["160", "160"] },
      ...{ shelfDays: ["720", "720"], caseName: ["箱", "case"], caseUnits: ["12", "12"] },
      ...{ caseGtin: ["16970001284567", "16970001284567"], palletUnits: ["480", "480"] },
      ...{ packs: ["层:48", "layer:48"] },
    },
  ],
  openings: [
    {
      ...{ code: ["XX-001", "RD-001"], bin: ["01-01-01", "01-01-01"], units: ["120", "120"], lot: ["L2601", "L2601"] },
      ...{
        expiry: ["2027-12-31", "2027-12-31"],
        receivedOn: ["2026-08-01", "2026-08-01"],
        costMinor: ["32.50", "32.50"],
      },
    },
  ],
  asns: ["1", "2"].map((n) => ({
    ...{ document: ["YB-1001", "IN-1001"], code: [`XX-00${n}`, `RD-00${n}`], units: ["100", "100"] },
    ...{ expectedOn: ["2026-12-01", "2026-12-01"], costMinor: ["32.50", "32.50"] },
  })),
  orders: ["1", "2"].map((n) => ({
    ...{ document: ["CK-1001", "OUT-1001"], code: [`XX-00${n}`, `RD-00${n}`], units: ["2", "2"] },
    ...{ recipient: ["王海涛", "Wang Haitao"], phone: ["13800000000", "13800000000"] },
    ...{ address: ["淮北市相山区人民路 1 号", "1 Renmin Road, Huaibei"] },
  })),
};

/** A template with headings and an example that can be replaced. */
export function importTemplate(kind: ImportKind, language: "zh" | "en"): string[][] {
  const names = columnsOf(kind);
  const at = language === "zh" ? 0 : 1;
  return [
    names.map((name) => headingOf(kind, name, language)),
    ...samples[kind].map((sample) => names.map((name) => sample[name]?.[at] ?? "")),
  ];
}

const clean = (text: string) => text.normalize("NFKC").trim();
const plainHeading = (text: string) =>
  clean(text)
    .toLowerCase()
    .replaceAll(/[*\s()]/g, "");
const byHeading = new Map(
  order.flatMap((name) => {
    const { zh, en, also = [] } = columns[name] as Column;
    return [zh, en, ...also].map((text) => [plainHeading(text), name] as const);
  }),
);

export type Head = {
  readonly at: ReadonlyMap<ColumnName, number>;
  readonly ignored: readonly string[];
  readonly faults: ImportFault[];
};

/** Finds the columns of a kind among the headings of a table, in either language; says which are missing and which are not used. */
export function readHead(kind: ImportKind, cells: readonly string[], row = 1): Head {
  const known = new Set(columnsOf(kind));
  const at = new Map<ColumnName, number>();
  const ignored: string[] = [];
  cells.forEach((cell, index) => {
    const name = byHeading.get(plainHeading(cell));
    if (name && known.has(name) && !at.has(name)) at.set(name, index);
    else if (clean(cell) !== "" && clean(cell) !== mergedCell) ignored.push(clean(cell));
  });
  const missing = (column: string): ImportFault => ({ row, column, reason: "column.missing", value: "" });
  const faults = shapes[kind].must.filter((name) => !at.has(name)).map(missing);
  if (shapes[kind].product && !at.has("code") && !at.has("gtin")) faults.push(missing("code"));
  return { at, ignored, faults };
}

/** What a spreadsheet shows where a formula failed, or was never worked out. */
const failedFormula = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$|^=/;

/** Digits without what parts them in threes (1,200); anything else stays and is no number: 1,5 is not fifteen. */
const ungrouped = (text: string) => (/^\d{1,3}([, ]\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(/[, ]/g, "") : text);

type Cell = string | number | boolean;
type Read = { readonly value: Cell } | { readonly fault: string };
const yes = new Set(["是", "y", "yes", "true", "1", "√", "✓"]);
const no = new Set(["否", "n", "no", "false", "0"]);
const tracks: Readonly<Record<string, "lot" | "serial" | "">> = {
  批次: "lot",
  按批次: "lot",
  lot: "lot",
  batch: "lot",
  序列号: "serial",
  按序列号: "serial",
  serial: "serial",
  不分: "",
  无: "",
  none: "",
};

const zoneUses: Readonly<Record<string, ZoneKind>> = {
  拣货: "pick",
  拣货区: "pick",
  pick: "pick",
  "pick face": "pick",
  存储: "reserve",
  存储区: "reserve",
  reserve: "reserve",
  待处理: "quarantine",
  隔离: "quarantine",
  quarantine: "quarantine",
};

function readDay(text: string): Read {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  const day = found ? `${found[1]}-${String(found[2]).padStart(2, "0")}-${String(found[3]).padStart(2, "0")}` : "";
  const real = day !== "" && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return real ? { value: day } : { fault: "day.unreadable" };
}

/** The instant of a day that does not exist cannot be made; it is no day. */
function safeDay(text: string): Read {
  try {
    return readDay(text);
  } catch {
    return { fault: "day.unreadable" };
  }
}

function readNumber(text: string, least: number, most: number): Read {
  const digits = ungrouped(text).replace(/\.0+$/, "");
  if (!/^\d{1,10}$/.test(digits)) return { fault: "number.whole" };
  const value = Number(digits);
  return value < least || value > most ? { fault: "number.range" } : { value };
}

/** The most that a bin bears, in grams, and the longest edge of its inside. */
const mostLoadGrams = 100_000_000;
const mostBinEdgeMm = 20_000;
/** The most that one unit costs, in fen. */
const mostMinor = 1_000_000_000;

function readMoney(text: string): Read {
  const digits = ungrouped(text.replaceAll(/[¥￥元]/g, "").trim());
  const found = /^(\d{1,8})(?:\.(\d{1,2})0*)?$/.exec(digits);
  if (!found) return { fault: "money.unreadable" };
  const value = Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
  return value > mostMinor ? { fault: "number.range" } : { value };
}

/** Kilograms with at most three decimals, as grams. */
function readKilograms(text: string): Read {
  const found = /^(\d{1,6})(?:\.(\d{1,3})0*)?\s*(?:kg|公斤|千克)?$/i.exec(
    text.replace(/^[\d, .]+/, (number) => ungrouped(number.trim())),
  );
  if (!found) return { fault: "load.unreadable" };
  const value = Number(found[1]) * 1000 + Number((found[2] ?? "").padEnd(3, "0"));
  return value < 1 || value > mostLoadGrams ? { fault: "number.range" } : { value };
}

/** A text without the apostrophe that an exported table has before what a spreadsheet would run as a formula. */
const unguarded = (text: string) => text.replace(/^'(?=[=+\-@])/, "");

/** What stands in a cell, in the units of the product; a fault says what is wrong with it. */
function readCell(column: Column, raw: string): Read {
  const shown = clean(raw);
  if (shown === mergedCell) return { fault: "cell.merged" };
  if (failedFormula.test(shown)) return { fault: "cell.formula" };
  const text = unguarded(shown);
  const most = column.most ?? 120;
  switch (column.is) {
    // What people read stays as they wrote it: （大） is not (大).
    case "written": {
      const written = unguarded(raw.trim());
      return written.length > most ? { fault: "text.long" } : { value: written };
    }
    case "text":
      return text.length > most ? { fault: "text.long" } : { value: text };
    case "code":
      return text.length > 40 || text.includes("#") ? { fault: "code.unreadable" } : { value: text };
    case "gtin": {
      const gtin = cleanGtin(text);
      const fault = gtinFault(gtin);
      return fault ? { fault } : { value: gtin };
    }
    case "bin": {
      const bin = cleanBin(text);
      return /^[0-9A-Z]{1,4}(-[0-9A-Z]{1,4}){0,4}$/.test(bin) ? { value: bin } : { fault: "bin.unreadable" };
    }
    case "lot":
      return /^[^#\s\p{C}]{1,20}$/u.test(text) ? { value: text } : { fault: "lot.unreadable" };
    case "units":
      return readNumber(text, 1, 1_000_000);
    case "count":
      return readNumber(text, column.least ?? 0, column.most ?? 10_000_000);
    case "money":
      return readMoney(text);
    case "kg":
      return readKilograms(text);
    case "packs": {
      const packs = readPacks(text);
      return packs.ok ? { value: text } : { fault: packs.refusal.code };
    }
    case "zoneKind": {
      const kind = zoneUses[text.toLowerCase()];
      return kind === undefined ? { fault: "use.unknown" } : { value: kind };
    }
    case "day":
      return safeDay(text);
    case "track": {
      const track = tracks[text.toLowerCase()];
      return track === undefined ? { fault: "track.unknown" } : { value: track };
    }
    default: {
      const word = text.toLowerCase();
      return yes.has(word) ? { value: true } : no.has(word) ? { value: false } : { fault: "yes.unknown" };
    }
  }
}

export type Cells = Readonly<Partial<Record<ColumnName, Cell>>>;
export type ReadRow = { readonly row: number; readonly cells: Cells; readonly faults: readonly ImportFault[] };

/** Reads one row of a table under a head: every cell, and every fault with its column, reason and value. */
export function readRow(kind: ImportKind, head: Head, row: number, cells: readonly string[]): ReadRow {
  const found: Partial<Record<ColumnName, Cell>> = {};
  const faults: ImportFault[] = [];
  const fault = (column: string, reason: string, value = "") =>
    faults.push({ row, column, reason, value: value.slice(0, 60) });
  for (const [name, at] of head.at) {
    const raw = cells[at] ?? "";
    if (clean(raw) === "") continue;
    const read = readCell(columns[name] as Column, raw);
    if ("fault" in read) fault(name, read.fault, raw === mergedCell ? "" : raw);
    else found[name] = read.value;
  }
  const failed = new Set(faults.map(({ column }) => column));
  for (const name of shapes[kind].must) if (found[name] === undefined && !failed.has(name)) fault(name, "cell.missing");
  const names = ["code", "gtin"] as const;
  if (shapes[kind].product && names.every((name) => found[name] === undefined && !failed.has(name)))
    fault("code", "cell.missing");
  const edges = ["lengthMm", "widthMm", "heightMm"] as const;
  const sides = edges.filter((name) => Number(found[name] ?? 0) > 0);
  if (sides.length > 0 && sides.length < 3 && !edges.some((name) => failed.has(name))) fault("lengthMm", "size.part");
  if (kind === "bins") {
    for (const name of edges)
      if (Number(found[name] ?? 0) > mostBinEdgeMm) fault(name, "number.range", String(found[name]));
    if (found.bin !== undefined && !placeNamed(String(found.bin))) fault("bin", "bin.address", String(found.bin));
  }
  const says = (name: ColumnName) => found[name] !== undefined;
  if (says("shelfDays") && found.dated !== true && !failed.has("dated")) fault("shelfDays", "shelf.dated");
  if ((says("caseName") || says("caseGtin")) && !says("caseUnits") && !failed.has("caseUnits"))
    fault("caseUnits", "cell.missing");
  if (says("caseUnits") && found.caseUnits === found.palletUnits)
    fault("palletUnits", "packs.same", String(found.palletUnits));
  if (says("caseGtin") && says("gtin") && gtin14(String(found.caseGtin)) === gtin14(String(found.gtin)))
    fault("caseGtin", "packs.same", String(found.caseGtin));
  if (says("packs") && faults.length === 0) {
    const gtin = found.gtin === undefined ? undefined : String(found.gtin);
    const all = packsOf(found) ?? [];
    if (all.length > packagingsMost) fault("packs", "packs.many", String(packagingsMost));
    else if (!cleanPacks(all, gtin).ok) fault("packs", "packs.same", String(found.packs));
  }
  return { row, cells: found, faults };
}
