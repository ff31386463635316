import type { Stream } from "@yihao/pricing/model";
import { streamNames } from "./journal.ts";
import type { BillPart, ChargeService, Line, Payment } from "./model.ts";
import { partNames } from "./part-words.ts";
import type { StatementKind } from "./statement.ts";
import { statementKindWords } from "./statement-kind-words.ts";

/** The languages that bills are printed in. */
export const paperLanguages = ["zh", "en"] as const;
export type PaperLanguage = (typeof paperLanguages)[number];

type Per = Line["per"];
/** What a statement of account says. */
type StatementWords = {
  readonly title: string;
  readonly span: string;
  readonly what: string;
  readonly charged: string;
  readonly settled: string;
  readonly balance: string;
  readonly held: string;
  readonly opening: string;
  readonly closing: string;
  readonly chargedAll: string;
  readonly settledAll: string;
  readonly ahead: string;
  readonly deposit: string;
  readonly lateFee: (sum: string) => string;
  readonly bills: (numbers: string) => string;
  readonly confirm: string;
  readonly confirmLines: readonly (readonly [string, string])[];
  readonly note: string;
  readonly kinds: Readonly<Record<StatementKind, string>>;
  readonly ways: Readonly<Record<Payment["way"], string>>;
};
export type PaperWords = {
  readonly invoice: string;
  readonly credit: string;
  readonly number: string;
  readonly invoiceNumber: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly month: string;
  readonly billTo: string;
  readonly taxCode: string;
  readonly item: string;
  readonly quantity: string;
  readonly unit: string;
  readonly rate: string;
  readonly amount: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly inWords: string;
  readonly paid: string;
  readonly credited: string;
  readonly writtenOff: string;
  readonly open: string;
  readonly reason: string;
  readonly payTo: string;
  readonly holder: string;
  readonly bank: string;
  readonly account: string;
  readonly remark: string;
  readonly exempt: string;
  readonly exemptNote: string;
  readonly page: (page: number, of: number) => string;
  readonly notTax: string;
  readonly depositTitle: string;
  readonly depositOf: (title: string) => string;
  readonly depositNote: string;
  readonly receipt: string;
  readonly paidOn: string;
  readonly paidBy: string;
  readonly bookedFor: string;
  readonly ways: Readonly<Record<"hosted" | "cash" | "transfer", string>>;
  readonly refunded: string;
  readonly kept: string;
  readonly receiptNote: string;
  readonly statement: StatementWords;
  readonly opening: (number: string) => string;
  readonly late: (month: string) => string;
  readonly ahead: (month: string) => string;
  readonly streams: Readonly<Record<Stream, string>>;
  readonly service: Readonly<Record<ChargeService, string>>;
  readonly per: Readonly<Record<Per, (n: string) => string>>;
  readonly labels: (n: string) => string;
  /** What is missing to a tariff's or a fee's minimum. */
  readonly least: string;
  /** In place of a price, where the quantity is not all at one. */
  readonly tiered: string;
  readonly part: (days: number, of: number) => string;
  readonly parts: Readonly<Record<BillPart, string>>;
};

const zh: PaperWords = {
  invoice: "账单",
  credit: "红冲单",
  number: "编号",
  invoiceNumber: "原账单",
  issuedOn: "出账日期",
  dueOn: "付款期限",
  month: "账期",
  billTo: "致",
  taxCode: "统一社会信用代码",
  item: "项目",
  quantity: "数量",
  unit: "单价",
  rate: "税率",
  amount: "金额（含税）",
  net: "不含税金额",
  tax: "税额",
  total: "价税合计",
  inWords: "人民币（大写）",
  paid: "已收",
  credited: "已红冲",
  writtenOff: "已核销",
  open: "未收",
  reason: "原因",
  payTo: "对公转账",
  holder: "户名",
  bank: "开户行",
  account: "账号",
  remark: "转账备注",
  exempt: "免税",
  exemptNote:
    "免税依据：财政部 税务总局 科技部 教育部公告 2023 年第 42 号，向在孵对象提供的孵化服务，免征增值税到 2027 年 12 月 31 日，单独核算。",
  page: (page, of) => `第 ${page} 页，共 ${of} 页`,
  notTax: "本账单不作为发票使用。",
  depositTitle: "应交押金",
  depositOf: (title) => `${title}（未到）`,
  depositNote: "押金另行收取，不在价税合计内，退驻结清后退还。",
  receipt: "收款收据",
  paidOn: "收款日期",
  paidBy: "收款方式",
  bookedFor: "使用时间",
  ways: { hosted: "在线支付", cash: "现金", transfer: "转账" },
  refunded: "已退",
  kept: "实收",
  receiptNote: "本收据不作为发票使用。需要发票请向前台索取。",
  statement: {
    title: "对账单",
    span: "对账期间",
    what: "日期与事项",
    charged: "应付增加",
    settled: "应付减少",
    balance: "应付余额",
    held: "押金余额",
    opening: "期初余额",
    closing: "期末应付",
    chargedAll: "本期应付增加",
    settledAll: "本期应付减少",
    ahead: "余额为负的是预收，可以抵以后的账单。",
    deposit: "期末押金",
    lateFee: (sum) => `含滞纳金 ${sum}`,
    bills: (numbers) => `付 ${numbers}`,
    confirm: "核对确认",
    confirmLines: [
      ["核对结果", "相符 / 不符，差异："],
      ["企业盖章", ""],
      ["日期", ""],
    ],
    note: "对账单用来核对往来，不作为发票使用。如有不符，请联系空间财务。",
    kinds: statementKindWords.zh,
    ways: { transfer: "对公转账", cash: "现金", hosted: "在线支付", balance: "预收", deposit: "押金" },
  },
  opening: (number) => `期初应收 ${number}`,
  late: (month) => `补 ${month}`,
  ahead: (month) => `预收 ${month}`,
  streams: streamNames,
  service: {
    plan: "套餐",
    room: "会议室",
    allowance: "套餐时长抵扣",
    prepaid: "预付抵扣",
    desk: "工位",
    equipment: "设备",
    facility: "设施",
    rent: "房租",
    storage: "云仓仓储",
    pick: "云仓出库",
    refund: "取消退款",
    "late-fee": "滞纳金",
    extra: "其他收费",
    penalty: "违约金",
    discount: "优惠",
    receive: "云仓收货",
    putaway: "云仓上架",
    ship: "云仓发货",
    pack: "云仓包装",
    return: "云仓退货处理",
    kit: "云仓组套",
    count: "云仓盘点",
    label: "云仓贴标",
  },
  per: {
    minute: (n) => `${n} 分钟`,
    hour: (n) => `${n} 小时`,
    day: (n) => `${n} 天`,
    unit: (n) => `${n} 件`,
    month: (n) => `${n} 个月`,
    "bin-day": (n) => `${n} 位·天`,
    once: (n) => `${n} 次`,
    line: (n) => `${n} 行`,
    order: (n) => `${n} 单`,
    carton: (n) => `${n} 箱`,
    kg: (n) => `${n} kg`,
    cubic: (n) => `${n} m³`,
    bin: (n) => `${n} 个库位`,
    pallet: (n) => `${n} 托`,
  },
  parts: partNames.zh,
  labels: (n) => `${n} 张`,
  least: "每月最低",
  tiered: "阶梯价",
  part: (days, of) => `${days}/${of} 天`,
};

const en: PaperWords = {
  invoice: "Invoice",
  credit: "Credit note",
  number: "Number",
  invoiceNumber: "For invoice",
  issuedOn: "Issued on",
  dueOn: "Pay by",
  month: "Month",
  billTo: "Bill to",
  taxCode: "Tax no.",
  item: "Item",
  quantity: "Quantity",
  unit: "Price",
  rate: "VAT",
  amount: "Amount incl. VAT",
  net: "Net",
  tax: "VAT",
  total: "Total incl. VAT",
  inWords: "In words",
  paid: "Paid",
  credited: "Credited",
  writtenOff: "Written off",
  open: "To pay",
  reason: "Reason",
  payTo: "Bank transfer",
  holder: "Account holder",
  bank: "Bank",
  account: "Account",
  remark: "Reference",
  exempt: "exempt",
  exemptNote:
    "VAT exempt: services to incubated companies, announcement 2023 No. 42 of MOF, STA, MOST and MOE, to 31 December 2027, accounted for separately.",
  page: (page, of) => `Page ${page} of ${of}`,
  notTax: "This invoice is not a fapiao.",
  depositTitle: "Deposit to pay",
  depositOf: (title) => `${title}, open`,
  depositNote: "The deposit comes on top, is not part of the total, and is returned when you leave with all settled.",
  receipt: "Receipt",
  paidOn: "Received on",
  paidBy: "Paid by",
  bookedFor: "Booked for",
  ways: { hosted: "Online", cash: "Cash", transfer: "Bank transfer" },
  refunded: "Refunded",
  kept: "Kept",
  receiptNote: "This receipt is not a fapiao. Ask reception for one.",
  statement: {
    title: "Statement",
    span: "Period",
    what: "Day and document",
    charged: "Charged",
    settled: "Settled",
    balance: "To pay",
    held: "Deposit",
    opening: "Opening balance",
    closing: "To pay at the end",
    chargedAll: "Charged in the period",
    settledAll: "Settled in the period",
    ahead: "Below zero is what you have paid ahead; it pays later bills.",
    deposit: "Deposit at the end",
    lateFee: (sum) => `late fees ${sum}`,
    bills: (numbers) => `for ${numbers}`,
    confirm: "Confirmation",
    confirmLines: [
      ["Result", "agrees / differs by:"],
      ["Stamp", ""],
      ["Date", ""],
    ],
    note: "This statement is for checking accounts; it is not a fapiao. Tell the space what differs.",
    kinds: statementKindWords.en,
    ways: { transfer: "bank transfer", cash: "cash", hosted: "online", balance: "balance", deposit: "deposit" },
  },
  opening: (number) => `Opening balance ${number}`,
  late: (month) => `for ${month}`,
  ahead: (month) => `${month} in advance`,
  streams: {
    membership: "membership",
    rent: "rent",
    desk: "desks",
    room: "rooms",
    storage: "storage",
    handling: "handling",
    services: "services",
    events: "events",
    finance: "finance",
    other: "other",
  },
  service: {
    plan: "Plan",
    room: "Room",
    allowance: "Plan hours used",
    prepaid: "Prepaid used",
    desk: "Desk",
    equipment: "Equipment",
    facility: "Facilities",
    rent: "Rent",
    storage: "Storage",
    pick: "Picking",
    refund: "Refund",
    "late-fee": "Late fee",
    extra: "Other",
    penalty: "Penalty",
    discount: "Discount",
    receive: "Receiving",
    putaway: "Putaway",
    ship: "Shipping",
    pack: "Packing",
    return: "Returns",
    kit: "Kitting",
    count: "Stock counts",
    label: "Labelling",
  },
  per: {
    minute: (n) => `${n} min`,
    hour: (n) => `${n} h`,
    day: (n) => (n === "1" ? "1 day" : `${n} days`),
    unit: (n) => (n === "1" ? "1 pc" : `${n} pcs`),
    month: (n) => (n === "1" ? "1 month" : `${n} months`),
    "bin-day": (n) => (n === "1" ? "1 bin-day" : `${n} bin-days`),
    once: (n) => `${n}×`,
    line: (n) => (n === "1" ? "1 line" : `${n} lines`),
    order: (n) => (n === "1" ? "1 order" : `${n} orders`),
    carton: (n) => (n === "1" ? "1 carton" : `${n} cartons`),
    kg: (n) => `${n} kg`,
    cubic: (n) => `${n} m³`,
    bin: (n) => (n === "1" ? "1 bin" : `${n} bins`),
    pallet: (n) => (n === "1" ? "1 pallet" : `${n} pallets`),
  },
  parts: partNames.en,
  labels: (n) => (n === "1" ? "1 label" : `${n} labels`),
  least: "monthly minimum",
  tiered: "tiered",
  part: (days, of) => `${days}/${of} days`,
};

export const paperWords: Readonly<Record<PaperLanguage, PaperWords>> = { zh, en };
