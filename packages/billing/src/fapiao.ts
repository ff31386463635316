import { taxWithin } from "@yihao/kernel/money";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Stream } from "@yihao/pricing/model";
import type { CreditLine } from "./credit-model.ts";
import type { Fapiao, FapiaoLine, FapiaoStep, FapiaoTitle } from "./fapiao-model.ts";
import type { BillingRefusal, Invoice, Line } from "./model.ts";

/**
 * The lines of a bill's fapiao: by stream and rate, discounts taken off what they lessen, credit notes taken off too. A group that comes to nothing or below has no line of its own: what it gives back is taken off the largest group
 * of its rate, then of others. The tax of each is the tax in its amount, half-up. Late fees are a price beside the price and go with the others of their rate.
 */
export function fapiaoLines(lines: readonly Line[], credited: readonly CreditLine[]): FapiaoLine[] {
  const groups = new Map<string, FapiaoLine>();
  const add = (one: Pick<Line, "stream" | "taxBasis" | "taxReason" | "amountMinor">, sign: 1 | -1) => {
    const { stream, taxBasis, taxReason } = one;
    const key = `${stream} ${taxBasis} ${taxReason ?? ""}`;
    const group = groups.get(key) ?? {
      stream,
      taxBasis,
      ...(taxReason ? { taxReason } : {}),
      amountMinor: 0,
      taxMinor: 0,
    };
    groups.set(key, { ...group, amountMinor: group.amountMinor + sign * one.amountMinor });
  };
  for (const line of lines) add(line, 1);
  for (const line of credited) add(line, -1);
  const above = [...groups.values()]
    .filter(({ amountMinor }) => amountMinor > 0)
    .sort((a, b) => b.amountMinor - a.amountMinor);
  for (const low of [...groups.values()].filter(({ amountMinor }) => amountMinor < 0)) {
    const sameRate = (one: FapiaoLine) => one.taxBasis === low.taxBasis && one.taxReason === low.taxReason;
    let rest = -low.amountMinor;
    for (const one of [...above.filter(sameRate), ...above.filter((other) => !sameRate(other))]) {
      const taken = Math.min(rest, one.amountMinor);
      one.amountMinor -= taken;
      rest -= taken;
    }
  }
  return above
    .filter(({ amountMinor }) => amountMinor > 0)
    .map((line) => ({ ...line, taxMinor: taxWithin(line.amountMinor, line.taxBasis) }));
}

/**
 * Whether a fapiao may be asked for a bill: it is final and something of it is left, and the title has what the kind wants. Refused as `fapiao.open-bill` (a draft, or a bill of the old books that has no lines), `fapiao.nothing`, `fapiao.title`,
 * `fapiao.tax-number` when a special one has none, and `fapiao.exempt-special`: what is exempt gets no special fapiao (增值税暂行条例 第二十一条).
 */
export function decideFapiao(
  bill: Pick<Invoice, "state" | "opening">,
  title: FapiaoTitle | undefined,
  lines: readonly FapiaoLine[],
): Outcome<FapiaoTitle, BillingRefusal> {
  if (bill.state === "draft" || bill.opening) return refuse("fapiao.open-bill");
  if (lines.length === 0) return refuse("fapiao.nothing");
  if (!title) return refuse("fapiao.title");
  if (title.kind === "special" && title.taxNumber === "") return refuse("fapiao.tax-number");
  if (title.kind === "special" && lines.some(({ taxReason }) => taxReason !== undefined))
    return refuse("fapiao.exempt-special");
  return accept(title);
}

type Stepped = Pick<Fapiao, "state" | "number" | "issuedOn" | "redNumber" | "redOn" | "reason">;

/** What a step makes of a fapiao: issued, declined or withdrawn while it is asked for, red-inked once it is issued. Refused as `fapiao.state`. */
export function stepFapiao<F extends Stepped>(fapiao: F, step: FapiaoStep): Outcome<F, BillingRefusal> {
  const wanted = step.does === "red-ink" ? "issued" : "requested";
  if (fapiao.state !== wanted) return refuse("fapiao.state", { state: fapiao.state });
  if (step.does === "issue") {
    const { number, on: issuedOn, document } = step;
    return accept({ ...fapiao, state: "issued", number, issuedOn, ...(document ? { document } : {}) });
  }
  if (step.does === "red-ink")
    return accept({ ...fapiao, state: "red-inked", redNumber: step.number, redOn: step.on, reason: step.reason });
  if (step.does === "decline") return accept({ ...fapiao, state: "declined", reason: step.reason });
  return accept({ ...fapiao, state: "withdrawn" });
}

/** What the tax platform calls what a stream sells (商品和服务税收分类简称 and 项目名称). */
export const fapiaoItems: Readonly<Record<Stream, string>> = {
  membership: "*企业管理服务*会员服务费",
  rent: "*经营租赁*房租",
  desk: "*企业管理服务*工位服务费",
  room: "*会展服务*会议室服务费",
  storage: "*物流辅助服务*仓储费",
  handling: "*物流辅助服务*装卸搬运费",
  services: "*现代服务*服务费",
  events: "*会展服务*活动服务费",
  finance: "*现代服务*信息服务费",
  other: "*现代服务*其他服务费",
};

const heads = [
  ...["发票流水号", "发票类型", "是否含税", "购买方名称", "购买方纳税人识别号", "购买方地址", "购买方电话"],
  ...["购买方开户银行", "购买方银行账号", "购买方邮箱", "项目名称", "数量", "金额", "税率", "税额", "优惠政策", "备注"],
];
const yuan = (minor: number) => (minor / 100).toFixed(2);

/** What the platform sells to spaces, for the tax platform. */
export const platformItem = "*信息技术服务*软件服务费";

/** Fapiao as rows for the tax platform's import in bulk (批量开票), one a line, the head first; amounts with tax. */
export function fapiaoRows(
  all: readonly Pick<Fapiao, "id" | "title" | "lines" | "invoiceNumber">[],
  itemOf: (line: FapiaoLine) => string = ({ stream }) => fapiaoItems[stream],
): string[][] {
  const rows = all.flatMap(({ id, title, lines, invoiceNumber }) =>
    lines.map((line) => {
      const { amountMinor, taxBasis, taxMinor, taxReason } = line;
      return [
        ...[id.slice(4).toUpperCase(), title.kind === "special" ? "增值税专用发票" : "普通发票", "是"],
        ...[title.title, title.taxNumber, title.address, title.phone, title.bank, title.account, title.email],
        ...[itemOf(line), "1", yuan(amountMinor), taxReason ? "免税" : `${taxBasis / 100}%`, yuan(taxMinor)],
        ...[taxReason ? "免税" : "", `账单 ${invoiceNumber}`],
      ];
    }),
  );
  return [heads, ...rows];
}
