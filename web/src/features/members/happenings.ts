import type { TimelineEntry } from "@yihao/members/model";
import { clockRange, dayCell, dayOf, money } from "../../format.ts";
import { dictionary, lang } from "../../i18n.ts";

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
    separator: ", ",
  },
});

function changed(data: Readonly<Record<string, unknown>>): string {
  const words = fields() as Readonly<Record<string, string>>;
  return Object.keys(part(data, "after"))
    .map((name) => words[name] ?? name)
    .join(words.separator);
}

const zh: Readonly<Record<string, Said>> = {
  "company.added": () => "入驻",
  "company.changed": (d) => `改了${changed(d)}`,
  "company.suspended": (d) => `停用预订${d.reason ? `：${text(d.reason)}` : ""}`,
  "company.released": () => "恢复预订",
  "subscription.started": (d) => `开通套餐 ${text(part(d, "snapshot").name)}，${text(d.from)} 起`,
  "subscription.ended": (d) => `套餐 ${text(part(d, "snapshot").name)} 到 ${text(d.until)} 为止`,
  "booking.made": (d) => `预订 ${text(d.resourceName)}，${time(d)}，${yuan(part(d, "quote").totalMinor)}`,
  "booking.cancelled": (d) => `取消 ${text(d.resourceName)}，${time(d)}`,
  "booking.checked-in": (d) => `签到 ${text(d.resourceName)}`,
  "goods.received": (d) => `收货 ${text(d.units ?? d.received)} 件`,
  "order.shipped": () => "订单发出",
  "handling.done": (d) => `云仓作业 ${text(d.units)} 件`,
  "storage.day": (d) => `${text(d.day)} 占用 ${text(d.bins)} 个货位`,
  "invoice.finalised": (d) => `账单 ${text(d.number)}，${yuan(d.totalMinor)}`,
  "payment.recorded": (d) => `收款 ${yuan(d.amountMinor)}`,
  "invoice.paid": (d) => `账单 ${text(d.number)} 已收齐`,
};

const en: Readonly<Record<string, Said>> = {
  "company.added": () => "Moved in",
  "company.changed": (d) => `Changed ${changed(d)}`,
  "company.suspended": (d) => `Bookings off${d.reason ? `: ${text(d.reason)}` : ""}`,
  "company.released": () => "Bookings on again",
  "subscription.started": (d) => `Plan ${text(part(d, "snapshot").name)} from ${text(d.from)}`,
  "subscription.ended": (d) => `Plan ${text(part(d, "snapshot").name)} until ${text(d.until)}`,
  "booking.made": (d) => `Booked ${text(d.resourceName)}, ${time(d)}, ${yuan(part(d, "quote").totalMinor)}`,
  "booking.cancelled": (d) => `Cancelled ${text(d.resourceName)}, ${time(d)}`,
  "booking.checked-in": (d) => `Checked in at ${text(d.resourceName)}`,
  "goods.received": (d) => `${text(d.units ?? d.received)} units received`,
  "order.shipped": () => "Order shipped",
  "handling.done": (d) => `${text(d.units)} units handled`,
  "storage.day": (d) => `${text(d.bins)} bins occupied on ${text(d.day)}`,
  "invoice.finalised": (d) => `Invoice ${text(d.number)}, ${yuan(d.totalMinor)}`,
  "payment.recorded": (d) => `Payment ${yuan(d.amountMinor)}`,
  "invoice.paid": (d) => `Invoice ${text(d.number)} paid in full`,
};

/** What happened in one line, in the language of the screen; an event without words of its own says its type. */
export function happening(entry: TimelineEntry): string {
  return ((lang() === "en" ? en : zh)[entry.type]?.(entry.data) ?? entry.type).replace(/[，,\s]+$/, "");
}
