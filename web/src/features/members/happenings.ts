import type { TimelineEntry } from "@yihao/members/model";
import { clockRange, dayCell, dayOf, money } from "../../format.ts";
import { dictionary, lang } from "../../i18n.ts";
import { moneyHappening } from "./happenings-money.ts";
import { paperHappening } from "./happenings-papers.ts";
import { memberWords } from "./words.ts";

type Said = (data: Readonly<Record<string, unknown>>) => string;

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const yuan = (value: unknown) => (typeof value === "number" ? money(value) : "");
const part = (data: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> => {
  const value = data[name];
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
};
const time = (data: Readonly<Record<string, unknown>>) => {
  const zone = text(data.zone) || "Asia/Shanghai";
  const [from, until] = [text(data.from), text(data.until)];
  if (!from.includes("T") || !until.includes("T")) return text(data.day);
  return `${dayCell(dayOf(from, zone))} ${clockRange(from, until, zone)}`;
};

const fields = dictionary({
  zh: {
    name: "名称",
    code: "信用代码",
    kind: "类型",
    industry: "行业",
    state: "状态",
    contactName: "联系人",
    contactPhone: "电话",
    contactEmail: "邮箱",
    address: "地址",
    legalPerson: "法定代表人",
    registeredOn: "成立日期",
    since: "入驻日",
    entry: "入驻来源",
    contacts: "其他联系人",
    separator: "、",
  },
  en: {
    name: "name",
    code: "code",
    kind: "kind",
    industry: "industry",
    state: "state",
    contactName: "contact",
    contactPhone: "phone",
    contactEmail: "e-mail",
    address: "address",
    legalPerson: "legal representative",
    registeredOn: "registration day",
    since: "entry day",
    entry: "how it came",
    contacts: "other contacts",
    separator: ", ",
  },
});

/** Names of facts in one line. */
export function factNames(names: readonly string[]): string {
  const words = fields() as Readonly<Record<string, string>>;
  return names.map((name) => words[name] ?? name).join(words.separator);
}

function changed(data: Readonly<Record<string, unknown>>): string {
  return factNames(Object.keys(part(data, "after")));
}

/** Codes within a value (kinds, reasons, roles) in the words of the screen. */
function spoken(name: string, value: string | null): string {
  const t = memberWords();
  if (value === null) return "—";
  if (name === "kind") return value === "team" ? t.team : t.company;
  const replaced = (words: Readonly<Record<string, string>>) =>
    value.replace(/[a-z]{4,}/g, (word) => (words[word] === undefined ? word : words[word]));
  if (name === "entry") return replaced(t.entryReasons);
  if (name === "contacts") return replaced(t.contactRoles);
  return value;
}

/** What an event changed, fact by fact: its name in words, before and after. */
export function changesOf(entry: TimelineEntry): { name: string; before: string; after: string }[] {
  const words = fields() as Readonly<Record<string, string>>;
  const [before, after] = [part(entry.data, "before"), part(entry.data, "after")];
  return Object.keys(after).flatMap((name) => {
    const known = words[name];
    if (known === undefined) return [];
    const say = (value: unknown) => spoken(name, value === null || value === undefined ? null : String(value));
    return [{ name: known, before: say(before[name]), after: say(after[name]) }];
  });
}

const requestEnds: { readonly [Lang in "zh" | "en"]: Readonly<Record<string, string>> } = {
  zh: { declined: "没有批准", withdrawn: "撤回", lapsed: "过期", unpaid: "没有付款" },
  en: { declined: "declined", withdrawn: "taken back", lapsed: "lapsed", unpaid: "not paid" },
};

const waitEnds: typeof requestEnds = {
  zh: { booked: "成功", left: "退出", lapsed: "过期", gone: "作废" },
  en: { booked: "came through", left: "given up", lapsed: "lapsed", gone: "void" },
};

/** What the space did not charge for a cancelled booking, and why. */
const waived = (d: Readonly<Record<string, unknown>>, say: (fee: string, why: string) => string): string => {
  const { feeMinor, reason } = part(d, "waived");
  return reason ? say(Number(feeMinor) > 0 ? ` ${yuan(feeMinor)}` : "", text(reason)) : "";
};

/** A company's own prices by their names. */
const agreed = (d: Readonly<Record<string, unknown>>): string =>
  (Array.isArray(d.after) ? d.after : []).map(({ name, from }) => `${text(name)} ${text(from)}`).join(", ");

const zh: Readonly<Record<string, Said>> = {
  "company.added": () => "入驻",
  "company.changed": (d) => `改了${changed(d)}`,
  "company.registered": (d) => `团队转为企业，${text(part(d, "after").name ?? part(d, "after").code)}`,
  "company.prices-changed": (d) => `协议价改为 ${agreed(d) || "无"}`,
  "company.suspended": (d) => `停用预订${d.reason ? `：${text(d.reason)}` : ""}`,
  "company.released": () => "恢复预订",
  "booking.made": (d) => `预订 ${text(d.resourceName)}，${time(d)}，${yuan(part(d, "quote").totalMinor)}`,
  "booking.held": (d) => `留位待付款 ${text(d.resourceName)}，${time(d)}`,
  "booking.requested": (d) => `申请预订 ${text(d.resourceName)}，${time(d)}`,
  "wait.joined": (d) => `候补 ${text(d.resourceName)}，${time(d)}`,
  "wait.ended": (d) => `候补${waitEnds.zh[text(d.as)] ?? "结束"}：${text(d.resourceName)}，${time(d)}`,
  "booking.request-ended": (d) => `预订申请${requestEnds.zh[text(d.as)] ?? ""}：${text(d.resourceName)}，${time(d)}`,
  "booking.cancelled": (d) =>
    `取消 ${text(d.resourceName)}，${time(d)}${waived(d, (fee, why) => `，免收取消费${fee}，${why}`)}`,
  "booking.checked-in": (d) => `签到 ${text(d.resourceName)}`,
  "goods.received": (d) => `收货 ${text(d.units ?? d.received)} 件`,
  "asn.closed": (d) => `预报 ${text(d.reference)} 关闭，多到 ${text(d.over)} 件，少到 ${text(d.short)} 件`,
  "order.shipped": () => "订单发出",
  "order.cancelled": (d) => `订单取消，${text(d.units)} 件`,
  "return.closed": (d) => `退货 ${text(d.units)} 件已处理`,
  "handling.done": (d) =>
    d.pallets !== undefined
      ? `云仓作业 ${text(d.pallets)} 托`
      : d.operation === "label"
        ? `贴标 ${text(d.units)} 张`
        : d.operation === "count"
          ? `按要求盘点 ${text(d.bins)} 个库位`
          : `云仓作业 ${text(d.units)} 件`,
  "storage.day": (d) => `${text(d.day)} 占用 ${text(d.bins)} 个货位`,
  "invoice.finalised": (d) => `账单 ${text(d.number)}，${yuan(d.totalMinor)}`,
  "payment.recorded": (d) => `收款 ${yuan(d.amountMinor)}`,
  "invoice.paid": (d) => `账单 ${text(d.number)} 已收齐`,
  "card.published": () => "名片放进企业名录",
  "card.changed": () => "改了名录里的名片",
  "card.withdrawn": () => "名片撤出企业名录",
};

const en: Readonly<Record<string, Said>> = {
  "company.added": () => "Moved in",
  "company.changed": (d) => `Changed ${changed(d)}`,
  "company.registered": (d) => `The team became a company, ${text(part(d, "after").name ?? part(d, "after").code)}`,
  "company.prices-changed": (d) => `Prices of its own are now ${agreed(d) || "none"}`,
  "company.suspended": (d) => `Bookings off${d.reason ? `: ${text(d.reason)}` : ""}`,
  "company.released": () => "Bookings on again",
  "booking.made": (d) => `Booked ${text(d.resourceName)}, ${time(d)}, ${yuan(part(d, "quote").totalMinor)}`,
  "booking.held": (d) => `Held for payment: ${text(d.resourceName)}, ${time(d)}`,
  "booking.requested": (d) => `Requested ${text(d.resourceName)}, ${time(d)}`,
  "wait.joined": (d) => `Waits for ${text(d.resourceName)}, ${time(d)}`,
  "wait.ended": (d) => `Wait ${waitEnds.en[text(d.as)] ?? "ended"}: ${text(d.resourceName)}, ${time(d)}`,
  "booking.request-ended": (d) => `Request ${requestEnds.en[text(d.as)] ?? ""}: ${text(d.resourceName)}, ${time(d)}`,
  "booking.cancelled": (d) =>
    `Cancelled ${text(d.resourceName)}, ${time(d)}${waived(d, (fee, why) => `, fee${fee} waived: ${why}`)}`,
  "booking.checked-in": (d) => `Checked in at ${text(d.resourceName)}`,
  "goods.received": (d) => `${text(d.units ?? d.received)} units received`,
  "asn.closed": (d) => `Notice ${text(d.reference)} closed: ${text(d.over)} units over, ${text(d.short)} short`,
  "order.shipped": () => "Order shipped",
  "order.cancelled": (d) => `Order of ${text(d.units)} units cancelled`,
  "return.closed": (d) => `${text(d.units)} returned units handled`,
  "handling.done": (d) =>
    d.pallets !== undefined
      ? `${text(d.pallets)} pallets handled`
      : d.operation === "label"
        ? `${text(d.units)} labels put on`
        : d.operation === "count"
          ? `${text(d.bins)} bins counted as asked`
          : `${text(d.units)} units handled`,
  "storage.day": (d) => `${text(d.bins)} bins occupied on ${text(d.day)}`,
  "invoice.finalised": (d) => `Invoice ${text(d.number)}, ${yuan(d.totalMinor)}`,
  "payment.recorded": (d) => `Payment ${yuan(d.amountMinor)}`,
  "invoice.paid": (d) => `Invoice ${text(d.number)} paid in full`,
  "card.published": () => "Published its card in the directory",
  "card.changed": () => "Changed its card for the directory",
  "card.withdrawn": () => "Left the directory",
};

/** What happened in one line, in the language of the screen; an event without words of its own says its type. */
export function happening(entry: TimelineEntry): string {
  const known =
    paperHappening(entry.type, entry.data) ??
    moneyHappening(entry.type, entry.data) ??
    (lang() === "en" ? en : zh)[entry.type]?.(entry.data);
  return (known ?? entry.type).replace(/[，,\s]+$/, "");
}
