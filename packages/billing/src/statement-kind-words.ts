import type { StatementKind } from "./statement.ts";

/** What the rows of a statement of account are called, on its page and on paper. */
export const statementKindWords: Readonly<Record<"zh" | "en", Readonly<Record<StatementKind, string>>>> = {
  zh: {
    opening: "期初结转",
    invoice: "账单",
    "credit-note": "红冲单",
    payment: "收款",
    balance: "预收抵账单",
    "deposit-use": "押金抵账单",
    deposit: "收押金",
    "deposit-return": "退押金",
    refund: "退款",
    "refund-failed": "退款未成，转回预收",
    "write-off": "核销",
    "dispute-lost": "争议败诉，款项被追回",
    "dispute-returned": "争议款退回",
    moved: "企业合并转账",
    other: "其他",
  },
  en: {
    opening: "Brought forward",
    invoice: "Invoice",
    "credit-note": "Credit note",
    payment: "Payment",
    balance: "Paid from balance",
    "deposit-use": "Paid from deposit",
    deposit: "Deposit taken",
    "deposit-return": "Deposit returned",
    refund: "Refund",
    "refund-failed": "Refund came back",
    "write-off": "Written off",
    "dispute-lost": "Taken back in a dispute",
    "dispute-returned": "Returned from a dispute",
    moved: "Moved with a merged company",
    other: "Other",
  },
};
