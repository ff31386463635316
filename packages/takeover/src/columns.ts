import type { TakeoverKind } from "./model.ts";

/** A column of a file: its headings in either language (the first is the template's), an example of each, and whether a file needs it. */
export type Column = {
  readonly zh: readonly [string, ...string[]];
  readonly en: readonly [string, ...string[]];
  readonly example: readonly [zh: string, en: string];
  readonly needed?: boolean;
};

const company: Record<string, Column> = {
  company: {
    zh: ["企业名称", "公司名称", "企业", "名称"],
    en: ["Company name", "Company", "Name"],
    example: ["拾穗家居有限公司", "Shisui Home Co."],
  },
  code: {
    zh: ["统一社会信用代码", "信用代码"],
    en: ["Credit code", "USCC"],
    example: ["91350100M000100Y43", "91350100M000100Y43"],
  },
};
const currency: Column = { zh: ["币种"], en: ["Currency"], example: ["CNY", "CNY"] };

/** The columns of each file. A company is named by its code, or by its name; one of the two is enough. */
export const takeoverColumns: Readonly<Record<TakeoverKind, Readonly<Record<string, Column>>>> = {
  leases: {
    ...company,
    number: {
      zh: ["协议编号", "合同编号", "编号"],
      en: ["Agreement number", "Number"],
      example: ["HT-2025-018", "HT-2025-018"],
      needed: true,
    },
    title: { zh: ["标题", "协议名称"], en: ["Title"], example: ["302 室租赁合同", "Lease of room 302"] },
    kind: { zh: ["类型", "协议类型"], en: ["Kind"], example: ["租赁", "lease"] },
    resources: {
      zh: ["房间工位", "房间", "工位", "资源"],
      en: ["Rooms and desks", "Rooms", "Desks", "Resources"],
      example: ["302、A-12", "302; A-12"],
    },
    from: {
      zh: ["起租日", "开始日期", "起始日"],
      en: ["First day", "From"],
      example: ["2025-06-01", "2025-06-01"],
      needed: true,
    },
    until: { zh: ["到期日", "结束日期"], en: ["Last day", "Until"], example: ["2027-05-31", "2027-05-31"] },
    signedOn: { zh: ["签订日", "签订日期"], en: ["Signed on"], example: ["2025-05-20", "2025-05-20"] },
    rent: { zh: ["月租金", "租金"], en: ["Monthly rent", "Rent"], example: ["3600.00", "3600.00"] },
    deposit: {
      zh: ["约定押金", "押金"],
      en: ["Agreed deposit", "Deposit"],
      example: ["7200.00", "7200.00"],
    },
    currency,
  },
  plans: {
    ...company,
    plan: { zh: ["套餐", "套餐名称"], en: ["Plan"], example: ["成长套餐", "Growth"], needed: true },
    since: {
      zh: ["原起始日", "起始日", "开通日"],
      en: ["Began on", "Since"],
      example: ["2025-09-01", "2025-09-01"],
    },
    termUntil: {
      zh: ["合约到期日", "到期日"],
      en: ["Bound until", "Last day of term"],
      example: ["2027-08-31", "2027-08-31"],
    },
    price: { zh: ["月费", "每月价格"], en: ["Monthly price", "Price"], example: ["600.00", "600.00"] },
    left: {
      zh: ["本月剩余小时", "剩余会议室小时"],
      en: ["Hours left this month", "Hours left"],
      example: ["2.5", "2.5"],
    },
    desks: {
      zh: ["本月剩余工位日", "剩余工位日"],
      en: ["Desk days left this month", "Desk days left"],
      example: ["", ""],
    },
    currency,
  },
  packs: {
    ...company,
    pack: { zh: ["预付包", "预付包名称"], en: ["Pack"], example: ["会议室 20 小时", "Rooms 20 h"], needed: true },
    reference: {
      zh: ["凭证号", "收据号"],
      en: ["Receipt number", "Reference"],
      example: ["SJ-0412", "SJ-0412"],
      needed: true,
    },
    left: {
      zh: ["剩余", "剩余数量", "剩余小时"],
      en: ["Left", "Hours left", "Units left"],
      example: ["12.5", "12.5"],
      needed: true,
    },
    until: {
      zh: ["有效期至", "到期日"],
      en: ["Good until", "Last day"],
      example: ["2027-03-31", "2027-03-31"],
      needed: true,
    },
  },
  deposits: {
    ...company,
    reference: {
      zh: ["收据号", "凭证号"],
      en: ["Receipt number", "Reference"],
      example: ["YJ-2025-018", "YJ-2025-018"],
      needed: true,
    },
    amount: { zh: ["押金", "金额"], en: ["Deposit", "Amount"], example: ["7200.00", "7200.00"], needed: true },
    on: { zh: ["收取日", "日期"], en: ["Received on", "Date"], example: ["2025-05-20", "2025-05-20"] },
    currency,
  },
  balances: {
    ...company,
    reference: {
      zh: ["原单据号", "账单号", "凭证号"],
      en: ["Document number", "Reference"],
      example: ["2026-10-0031", "2026-10-0031"],
      needed: true,
    },
    kind: { zh: ["类型"], en: ["Kind"], example: ["应收", "owed"] },
    amount: {
      zh: ["未结金额", "余额", "金额"],
      en: ["Open amount", "Balance", "Amount"],
      example: ["1280.00", "1280.00"],
      needed: true,
    },
    on: { zh: ["单据日期", "开单日", "日期"], en: ["Document date", "Date"], example: ["2026-10-31", "2026-10-31"] },
    dueOn: { zh: ["应付日", "到期日"], en: ["Due on", "Due"], example: ["2026-11-10", "2026-11-10"] },
    currency,
  },
};

/** The template of a file as a table, headings first, in one language. */
export function templateOf(kind: TakeoverKind, language: "zh" | "en"): string[][] {
  const columns = Object.values(takeoverColumns[kind]);
  return [
    columns.map((column) => column[language][0]),
    columns.map(({ example }) => example[language === "zh" ? 0 : 1]),
  ];
}

/** What people write for what a row is, lower case. */
export const takeoverWords: Readonly<Record<"leases" | "balances", Readonly<Record<string, string>>>> = {
  leases: {
    租赁: "lease",
    租赁合同: "lease",
    lease: "lease",
    孵化: "incubation",
    孵化协议: "incubation",
    incubation: "incubation",
  },
  balances: {
    应收: "receivable",
    欠款: "receivable",
    owed: "receivable",
    receivable: "receivable",
    预收: "credit",
    预存: "credit",
    credit: "credit",
    advance: "credit",
  },
};
