import { money } from "../../format.ts";
import { lang } from "../../i18n.ts";

type Data = Readonly<Record<string, unknown>>;
type Said = (data: Data) => readonly [zh: string, en: string];

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const yuan = (value: unknown) => (typeof value === "number" ? money(value) : "");
const kinds: Readonly<Record<string, readonly [string, string]>> = {
  refund: ["退款", "refund"],
  "dispute-loss": ["争议损失核销", "write-off of a dispute's loss"],
  "write-off": ["坏账核销", "write-off"],
  "deposit-return": ["退押金", "return of the deposit"],
};
const kind = (value: unknown) => kinds[text(value)] ?? [text(value), text(value)];
const decided: Readonly<Record<string, readonly [string, string]>> = {
  approved: ["复核通过", "Approved"],
  declined: ["驳回", "Declined"],
  withdrawn: ["撤回", "Withdrew"],
};

const promised = (d: Data) => [yuan(d.amountMinor), text(d.on)] as const;

const said: Readonly<Record<string, Said>> = {
  "bill-way.changed": (d) =>
    d.after === "separate"
      ? ["改为分开出账：房租、云仓、空间各一张", "Billed separately from now on: rent, warehouse, space"]
      : ["改为每月合并一张账单", "Billed by one bill a month from now on"],
  "invoice.mailed": (d) => [
    `账单 ${text(d.number)} 已发邮件给 ${text(d.readers)} 人`,
    `Bill ${text(d.number)} mailed to ${text(d.readers)}`,
  ],
  "dunning.reminded": (d) => [
    `第 ${text(d.level)} 级催缴，逾期未付 ${yuan(d.openMinor)}`,
    `Reminder ${text(d.level)}: ${yuan(d.openMinor)} past due`,
  ],
  "method.saved": (d) => [
    `保存付款方式，尾号 ${text(d.last4)}，同意到期自动扣款`,
    `Saved a card ending ${text(d.last4)} and agreed to collection`,
  ],
  "method.chosen": (d) => [
    `扣款改用尾号 ${text(d.last4)} 的卡`,
    `Bills are collected from the card ending ${text(d.last4)}`,
  ],
  "method.removed": (d) => [`移除尾号 ${text(d.last4)} 的卡`, `Removed the card ending ${text(d.last4)}`],
  "collection.tried": (d) => [
    `账单 ${text(d.number)} 自动扣款 ${yuan(d.amountMinor)}，尾号 ${text(d.last4)}`,
    `Bill ${text(d.number)}: ${yuan(d.amountMinor)} charged to the card ending ${text(d.last4)}`,
  ],
  "collection.declined": (d) =>
    d.nextOn
      ? [
          `账单 ${text(d.number)} 没有扣成，${text(d.nextOn)} 再扣`,
          `Bill ${text(d.number)} was declined and is tried again on ${text(d.nextOn)}`,
        ]
      : [`账单 ${text(d.number)} 没有扣成`, `Bill ${text(d.number)} was declined`],
  "collection.stopped": (d) => [
    `账单 ${text(d.number)} 停止自动扣款，已请企业手动付款`,
    `Bill ${text(d.number)} is not collected any more; the company was asked to pay by hand`,
  ],
  "payment.disputed": (d) => [
    `付款 ${text(d.paymentReference)} 有争议，${yuan(d.amountMinor)} 被扣住`,
    `Payment ${text(d.paymentReference)} is disputed, ${yuan(d.amountMinor)} withheld`,
  ],
  "dispute.evidence-asked": (d) =>
    d.submit
      ? [`争议证据第 ${text(d.version)} 稿交给银行`, `Evidence of a dispute, draft ${text(d.version)}, to be submitted`]
      : [`争议证据第 ${text(d.version)} 稿存到支付机构`, `Evidence of a dispute, draft ${text(d.version)}, to be kept`],
  "dispute.evidence-kept": () => ["争议证据已存在支付机构", "Evidence of a dispute is kept at the payment provider"],
  "dispute.evidence-submitted": () => ["争议证据已交给银行", "Evidence of a dispute is submitted to the bank"],
  "dispute.evidence-refused": (d) => [
    `支付机构没有收下争议证据：${text(d.why)}`,
    `The payment provider did not take the evidence: ${text(d.why)}`,
  ],
  "dispute.reviewed": (d) => [
    `付款 ${text(d.paymentReference)} 的争议已举证，等待判定`,
    `Evidence handed in on the dispute of payment ${text(d.paymentReference)}`,
  ],
  "dispute.won": (d) => [
    `付款 ${text(d.paymentReference)} 的争议胜诉`,
    `Dispute of payment ${text(d.paymentReference)} won`,
  ],
  "dispute.lost": (d) => [
    `付款 ${text(d.paymentReference)} 的争议败诉，${yuan(d.amountMinor)} 没有退回`,
    `Dispute of payment ${text(d.paymentReference)} lost, ${yuan(d.amountMinor)} gone`,
  ],
  "dispute.returned": (d) => [
    `付款 ${text(d.paymentReference)} 的争议败诉后，${yuan(d.amountMinor)} 退回`,
    `${yuan(d.amountMinor)} of payment ${text(d.paymentReference)} came back after its dispute was lost`,
  ],
  "dispute.closed": (d) => [
    `付款 ${text(d.paymentReference)} 的争议已结束`,
    `Dispute of payment ${text(d.paymentReference)} closed`,
  ],
  "dispute.written-off": (d) => [
    `争议损失 ${yuan(d.amountMinor)} 已核销`,
    `${yuan(d.amountMinor)} of a lost dispute written off`,
  ],
  "invoice.reopened": (d) => [
    `账单 ${text(d.number)} 重新待收 ${yuan(d.amountMinor)}`,
    `${yuan(d.amountMinor)} of bill ${text(d.number)} is open again`,
  ],
  "promise.made": (d) => [
    `承诺 ${promised(d)[1]} 前付 ${promised(d)[0]}`,
    `Promised ${promised(d)[0]} by ${promised(d)[1]}`,
  ],
  "promise.kept": (d) => [`兑现承诺，已付 ${promised(d)[0]}`, `Kept the promise of ${promised(d)[0]}`],
  "promise.broken": (d) => [`没有兑现 ${promised(d)[1]} 前付款的承诺`, `Broke the promise to pay by ${promised(d)[1]}`],
  "promise.withdrawn": (d) => [`撤销 ${promised(d)[1]} 前付款的承诺`, `Took back the promise of ${promised(d)[1]}`],
  "fapiao.requested": (d) => [
    `申请账单 ${text(d.invoiceNumber)} 的发票 ${yuan(d.totalMinor)}`,
    `Asked for a fapiao of bill ${text(d.invoiceNumber)}, ${yuan(d.totalMinor)}`,
  ],
  "fapiao.issued": (d) => [
    `账单 ${text(d.invoiceNumber)} 已开票 ${text(d.number)}`,
    `Fapiao ${text(d.number)} of bill ${text(d.invoiceNumber)} issued`,
  ],
  "fapiao.red-inked": (d) => [`发票 ${text(d.number)} 已红冲`, `Fapiao ${text(d.number)} red-inked`],
  "fapiao.declined": (d) => [
    `账单 ${text(d.invoiceNumber)} 的开票申请退回：${text(d.reason)}`,
    `Fapiao of bill ${text(d.invoiceNumber)} declined: ${text(d.reason)}`,
  ],
  "fapiao.withdrawn": (d) => [
    `撤回账单 ${text(d.invoiceNumber)} 的开票申请`,
    `Fapiao of bill ${text(d.invoiceNumber)} withdrawn`,
  ],
  "charge.added": (d) => [
    `手工计费 ${text(d.name)} ${yuan(d.amountMinor)}`,
    `Charged ${text(d.name)} ${yuan(d.amountMinor)}`,
  ],
  "charge.reversed": (d) => [
    `撤销计费 ${text(d.name)} ${yuan(d.amountMinor)}`,
    `Took back ${text(d.name)} ${yuan(d.amountMinor)}`,
  ],
  "reduction.granted": (d) => [
    `优惠 ${text(d.name)}，${text(d.from)} 到 ${text(d.through)}`,
    `Reduction ${text(d.name)}, ${text(d.from)} to ${text(d.through)}`,
  ],
  "reduction.ended": (d) => [`优惠 ${text(d.name)} 结束`, `Reduction ${text(d.name)} ended`],
  "invoice.credited": (d) => [
    `红冲单 ${text(d.number)}，冲回账单 ${text(d.invoiceNumber)} ${yuan(d.totalMinor)}`,
    `Credit note ${text(d.number)} of ${yuan(d.totalMinor)} on bill ${text(d.invoiceNumber)}`,
  ],
  "invoice.written-off": (d) => [
    `账单 ${text(d.number)} 核销 ${yuan(d.amountMinor)}`,
    `${yuan(d.amountMinor)} of bill ${text(d.number)} written off`,
  ],
  "payment.refunded": (d) => [`退款 ${yuan(d.amountMinor)}`, `Refund ${yuan(d.amountMinor)}`],
  "deposit.taken": (d) => [`收押金 ${yuan(d.amountMinor)}`, `Deposit of ${yuan(d.amountMinor)} taken`],
  "deposit.returned": (d) => [`退押金 ${yuan(d.amountMinor)}`, `Deposit of ${yuan(d.amountMinor)} returned`],
  "balance.applied": (d) =>
    d.way === "deposit"
      ? [`押金抵账单 ${yuan(d.amountMinor)}`, `${yuan(d.amountMinor)} paid from the deposit`]
      : [`预收抵账单 ${yuan(d.amountMinor)}`, `${yuan(d.amountMinor)} paid from the balance`],
  "approval.proposed": (d) => [
    `提出${kind(d.kind)[0]} ${yuan(d.amountMinor)}，等复核`,
    `Proposed a ${kind(d.kind)[1]} of ${yuan(d.amountMinor)}`,
  ],
  "approval.decided": (d) => [
    `${(decided[text(d.state)] ?? ["", ""])[0]}${kind(d.kind)[0]} ${yuan(d.amountMinor)}`,
    `${(decided[text(d.state)] ?? ["", ""])[1]} a ${kind(d.kind)[1]} of ${yuan(d.amountMinor)}`,
  ],
};

/** What happened with a company's money beside bills and payments, in one line; nothing for events that are told elsewhere. */
export function moneyHappening(type: string, data: Data): string | undefined {
  return said[type]?.(data)[lang() === "en" ? 1 : 0];
}
