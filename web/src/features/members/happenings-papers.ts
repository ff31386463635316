import { plusDays } from "@yihao/kernel/days";
import { money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { agreementWords } from "./agreement-words.ts";
import { exitWords } from "./exit-words.ts";
import { leadWords } from "./lead-words.ts";
import { planWords } from "./plan-words.ts";

type Data = Readonly<Record<string, unknown>>;
type Said = (data: Data) => readonly [zh: string, en: string];

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const part = (data: Data, name: string): Data => {
  const value = data[name];
  return typeof value === "object" && value !== null ? (value as Data) : {};
};
const word = (words: unknown, code: unknown) => text((words as Data)[text(code)] ?? code);
const last = (until: unknown) => (text(until) === "" ? "" : plusDays(text(until), -1));
/** A sentence and what follows it after a colon, if anything does. */
const followed = (said: readonly [string, string], more: unknown): readonly [string, string] =>
  text(more) === "" ? said : [`${said[0]}：${text(more)}`, `${said[1]}: ${text(more)}`];
const titled = (data: Data) => text(part(data, "after").title ?? part(data, "before").title);

/** The plan that a subscription's event is about: the newest of its phases. */
function planName(data: Data): string {
  const after = part(data, "after");
  const amendments = Array.isArray(after.amendments) ? (after.amendments as Data[]) : [];
  return text(part(amendments.at(-1) ?? after, "snapshot").name);
}
const ends = (data: Data) => last(part(data, "after").until);
const pauses = (data: Data): Data => {
  const all = part(data, "after").pauses;
  return Array.isArray(all) ? ((all as Data[]).at(-1) ?? {}) : {};
};

const said: Readonly<Record<string, Said>> = {
  "lead.added": (d) => followed(["来了", "Came"], word(leadWords().sources, d.source)),
  "lead.changed": () => ["改了资料", "Facts changed"],
  "lead.moved": (d) => {
    const to = word(leadWords().stages, d.to);
    const why = d.reason ? [word(leadWords().reasons, d.reason), d.note].filter(Boolean).join(" · ") : "";
    return followed([`移到“${to}”`, `Moved to ${to}`], why);
  },
  "lead.tour-set": (d) => {
    const at = text(d.at).slice(0, 10);
    return followed([`约了 ${at} 看场地`, `Visit set for ${at}`], d.guideName);
  },
  "lead.offered": (d) => {
    const price = typeof d.monthlyMinor === "number" ? money(d.monthlyMinor) : "";
    return followed(["报价", "Offered"], [price, d.text].filter(Boolean).join(" · "));
  },
  "lead.noted": (d) => [text(d.text), text(d.text)],
  "lead.won": () => ["转为企业", "Became a company"],
  "lead.erased": () => ["个人信息已按期删除", "Personal data erased on time"],
  "subscription.started": (d) => {
    const from = text(part(d, "after").from);
    return [`开通套餐 ${planName(d)}，${from} 起`, `Plan ${planName(d)} from ${from}`];
  },
  "subscription.amended": (d) => [`套餐变更为 ${planName(d)}`, `Plan changed to ${planName(d)}`],
  "subscription.paused": (d) => [`套餐暂停，${text(pauses(d).from)} 起`, `Plan paused from ${text(pauses(d).from)}`],
  "subscription.resumed": () => ["套餐恢复", "Plan resumed"],
  "subscription.renewed": (d) => {
    const until = last(part(d, "after").termUntil);
    return [`套餐续约到 ${until}`, `Plan renewed until ${until}`];
  },
  "subscription.notice-given": (d) => {
    const by = word(planWords().noticedBy, part(part(d, "after"), "notice").by);
    return [`退租通知（${by}），最后一天 ${ends(d)}`, `Notice ${by}, last day ${ends(d)}`];
  },
  "subscription.notice-withdrawn": () => ["撤回退租通知", "Notice taken back"],
  "subscription.ended": (d) =>
    followed([`套餐 ${planName(d)} 到 ${ends(d)} 为止`, `Plan ${planName(d)} until ${ends(d)}`], d.reason),
  "pack.sold": (d) => {
    const { name, priceMinor } = part(d, "lot");
    const price = typeof priceMinor === "number" ? money(priceMinor) : "";
    return [`卖出预付包 ${text(name)}，${price}`, `Pack ${text(name)} sold, ${price}`];
  },
  "company.merge-asked": (d) => [`开始合并 ${text(d.name)}`, `Merging ${text(d.name)} began`],
  "company.merged": (d) => [`${text(d.name)} 已并入`, `${text(d.name)} was merged in`],
  "company.merge-given-up": () => ["没有合并，有往来要先办完", "Not merged; something must be settled first"],
  "pack.taken-over": (d) => {
    const name = text(part(d, "lot").name);
    return [`接管预付包 ${name} 的剩余`, `The rest of pack ${name} taken over`];
  },
  "opening.taken-over": (d) => {
    const [sum, number] = [money(Number(d.amountMinor ?? 0)), text(d.reference)];
    const zh = { receivable: "应收", deposit: "押金", credit: "预收" }[text(d.account)] ?? "余额";
    const en = { receivable: "Debt", deposit: "Deposit", credit: "Advance" }[text(d.account)] ?? "Balance";
    return [`接管期初${zh} ${sum}，${number}`, `${en} of ${sum} taken over, ${number}`];
  },
  "pack.expired": (d) => {
    const name = text(part(d, "lot").name);
    return [`预付包 ${name} 到期，剩余作废`, `Pack ${name} is over; the rest expired`];
  },
  "credits.used": (d) => {
    const kind = word(planWords().kinds, d.kind);
    return followed([`核销${kind}额度 ${text(d.units)}`, `${text(d.units)} ${kind} credits used`], d.note);
  },
  "agreement.drafted": (d) => [`起草协议 ${titled(d)}`, `Agreement ${titled(d)} drafted`],
  "agreement.changed": (d) => [`改了协议 ${titled(d)}`, `Agreement ${titled(d)} changed`],
  "agreement.signed": (d) => [`签订协议 ${titled(d)}`, `Agreement ${titled(d)} signed`],
  "agreement.taken-over": (d) => [`接管协议 ${titled(d)}`, `Agreement ${titled(d)} taken over`],
  "agreement.amended": (d) => [`变更协议 ${titled(d)}`, `Agreement ${titled(d)} amended`],
  "agreement.renewed": (d) => [`协议 ${titled(d)} 续到 ${ends(d)}`, `Agreement ${titled(d)} renewed until ${ends(d)}`],
  "agreement.cut": (d) => {
    const why = word(agreementWords().ends, part(part(d, "after"), "end").reason);
    return followed([`协议 ${titled(d)} 到 ${ends(d)} 终止`, `Agreement ${titled(d)} ends on ${ends(d)}`], why);
  },
  "agreement.over": (d) => [`协议 ${titled(d)} 到期`, `Agreement ${titled(d)} is over`],
  "agreement.dropped": (d) => [`删除协议草稿 ${titled(d)}`, `Draft ${titled(d)} deleted`],
  "agreement.let": (d) => [`租出房间，${text(d.from)} 起`, `Rooms let from ${text(d.from)}`],
  "agreement.ended": (d) => [`房间租到 ${last(d.until)} 为止`, `Rooms let until ${last(d.until)}`],
  "document.added": (d) => [`放了文件 ${text(d.name)}`, `Document ${text(d.name)} added`],
  "document.changed": (d) => [`改了文件 ${text(d.name)}`, `Document ${text(d.name)} changed`],
  "document.removed": (d) => [`删除文件 ${text(d.name)}`, `Document ${text(d.name)} deleted`],
  "exit.planned": (d) => {
    const why = word(exitWords().reasons, d.reason);
    return followed([`安排退驻，${text(d.on)}`, `Exit planned for ${text(d.on)}`], why);
  },
  "exit.changed": (d) => [`退驻改到 ${text(part(d, "after").on)}`, `Exit moved to ${text(part(d, "after").on)}`],
  "exit.marked": (d) => {
    const [item, how] = [word(exitWords().items, d.item), word(exitWords().states, d.how)];
    return followed([`退驻清单：${item} ${how}`, `Exit list: ${item}, ${how.toLowerCase()}`], d.note);
  },
  "exit.stopped": () => ["取消退驻", "Exit given up"],
  "company.left": (d) =>
    followed([`退驻，${text(d.on)}`, `Left on ${text(d.on)}`], word(exitWords().reasons, d.reason)),
  "company.returned": (d) => [`重新入驻，${text(d.since)} 起`, `Back from ${text(d.since)}`],
  "company.erase-asked": () => ["要求提前删除人员资料", "Early erasure of personal data asked for"],
  "company.erased": () => ["人员资料已删除", "Personal data erased"],
  "company.person-joined": (d) => followed(["有人加入", "Somebody joined"], d.name),
  "company.person-removed": (d) => followed(["有人离开", "Somebody left"], d.name),
  "goods.abandoned": (d) => [`留下的 ${text(d.units)} 件货算弃货`, `${text(d.units)} units count as abandoned`],
};

/** What happened to a lead, a plan, an agreement, a document or at an exit, in one line; nothing for events that are told elsewhere. */
export function paperHappening(type: string, data: Data): string | undefined {
  return said[type]?.(data)[lang() === "en" ? 1 : 0];
}
