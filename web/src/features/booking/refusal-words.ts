import type { BookingRefusal, Quota } from "@yihao/booking/model";
import { clockRange, hours, money } from "../../format.ts";
import { registerRefusals } from "../../refusals.ts";

type Loose = Readonly<Record<string, unknown>>;
const span = (p: Loose): string => {
  const { from, until, zone } = p as { from?: string; until?: string; zone?: string };
  return from && until && zone ? clockRange(from, until, zone) : "";
};
const by = (p: Loose): string => (p.by as { company?: string } | undefined)?.company ?? "";
const hoursOf = (minutes: unknown): string => hours(Number(minutes ?? 0));
type Counting = Pick<Quota, "per" | "count" | "in">;
const who = { zh: { person: "每人", company: "每家企业" }, en: { person: "A person", company: "A company" } };
const period = {
  zh: { day: "每天", week: "每周", month: "每月", ahead: "未开始的" },
  en: { day: "a day", week: "a week", month: "a month", ahead: "to come" },
};
/** A quota in words: `每人每天最多 2.0 小时`. */
export const quotaText = {
  zh: ({ per, count, in: within }: Counting, most: number): string =>
    within === "ahead"
      ? `${who.zh[per]}最多有 ${most} 个未开始的预订`
      : `${who.zh[per]}${period.zh[within]}最多 ${count === "minutes" ? `${hoursOf(most)} 小时` : `${most} 次`}`,
  en: ({ per, count, in: within }: Counting, most: number): string =>
    `${who.en[per]} may book ${count === "minutes" ? `${hoursOf(most)} h` : most === 1 ? "once" : `${most} times`} ${period.en[within]}`,
};
const quotaOf = (p: Loose) => p as unknown as Counting;
const leadText = (p: Loose, hour: string, minute: string) =>
  Number(p.minutes) % 60 === 0 ? `${Number(p.minutes) / 60} ${hour}` : `${p.minutes} ${minute}`;

const endedZh: Readonly<Record<string, string>> = {
  approved: "批准",
  declined: "拒绝",
  withdrawn: "被撤回",
  lapsed: "过期",
};
const endedEn: Readonly<Record<string, string>> = {
  approved: "approved",
  declined: "declined",
  withdrawn: "taken back",
  lapsed: "left to lapse",
};

registerRefusals<BookingRefusal>("booking", {
  zh: {
    "booking.taken": (p) =>
      by(p) ? `${p.code} ${span(p)} 刚被${by(p)}订走。你填的内容都在` : `${p.code} ${span(p)} 刚被订走。你填的内容都在`,
    "booking.closed": () => "这段时间不在开放时间里，换一段再订",
    "booking.past": () => "这段时间已经过去，换一段再订",
    "booking.grid": (p) => `开始时间和时长要按 ${p.granularityMinutes} 分钟一格`,
    "booking.length": (p) => `时长要在 ${p.leastMinutes} 到 ${p.mostMinutes} 分钟之间`,
    "booking.horizon": (p) => `最多提前 ${p.days} 天预订`,
    "booking.off": (p) => `${p.code} 已停用，换一处再订`,
    "booking.by-day": (p) => (p.by === "day" ? "这里按整天预订" : "这里按时段预订"),
    "booking.by-lease": (p) => `${p.code} 只签约租用，找前台办`,
    "booking.lead": (p) => `至少提前 ${leadText(p, "小时", "分钟")}预订，急用找前台`,
    "booking.who": (p) =>
      p.of === "plans" ? `${p.code} 只给部分套餐的企业订，找前台看看套餐` : `${p.code} 不对你们开放，找前台代订`,
    "booking.quota": (p) =>
      `${quotaText.zh(quotaOf(p), Number(p.most))}，已用 ${p.count === "minutes" ? `${hoursOf(p.used)} 小时` : `${p.used} 次`}，这次订不了`,
    "booking.training": (p) =>
      p.until ? `你在 ${p.code} 的培训 ${p.until} 到期，复训后再订` : `用 ${p.code} 要先培训，约前台安排`,
    "booking.let": (p) => (by(p) ? `${p.code} 这几天租给了${by(p)}，换一处再订` : `${p.code} 这几天已出租，换一处再订`),
    "lease.not-lettable": (p) => `${p.code} 没有设为可出租，先在它的设置里打开`,
    "lease.days": () => "到期日要在起租日和今天之后，提前退租不能晚于原来的到期日",
    "lease.clash": (p) => `${p.company} 已从 ${p.from} 租用${p.until ? `至 ${p.until}` : ""}，先退租再改`,
    "lease.booked": (p) => `这段时间已有 ${p.count} 个预订，最早在 ${p.first}。先改订或取消再出租`,
    "lease.too-many": (p) => `一处最多记 ${p.most} 段租用`,
    "lease.too-soon": () => "刚设为可出租，过两分钟再租",
    "training.not-needed": (p) => `${p.code} 不要求培训，先在它的设置里打开`,
    "booking.company": () => "先选是哪一家企业预订",
    "booking.suspended": (p) => `这家企业暂停预订：${p.reason}`,
    "booking.left": () => "这家企业已经退出，不能再预订",
    "booking.started": () => "已经开始，不能取消",
    "booking.cancelled": () => "这个预订已经取消",
    "booking.fee-undecided": (p) => `现在取消要收 ${p.percent}%。先选由谁承担`,
    "booking.fee-reason": () => "免收要写原因",
    "booking.fee-company": () => "这笔取消费按规则收取，要免收找前台",
    "booking.early": () => "开始前 30 分钟起才能签到",
    "booking.over": () => "这个预订已经结束，不能签到",
    "booking.released": () => "开始后没有按时签到，位置已经放开，再订一次",
    "booking.tentative": () => "还没有批准，只能撤回",
    "booking.needs-approval": (p) => `${p.code} 要先审批，不能直接改到这里。另提一个申请，批准后再取消原来的`,
    "wait.free": (p) => `${p.code} 现在有空，直接预订`,
    "wait.already": (p) => `${p.code} 这段时间你已经在候补`,
    "wait.too-many": (p) => `一家企业最多同时候补 ${p.most} 处，先退掉一处`,
    "request.answered": (p) => `刚才已经${endedZh[String(p.as)] ?? "处理过"}，没有改动`,
    "request.lapsed": () => "已经过了审批时限，不能再批准",
    "booking.guest": () => "散客的预订不能改期：取消后重新订",
    "booking.not-held": () => "这个预订已经不在等付款",
    "guest.too-many": (p) => `操作太频繁，${p.minutes} 分钟后再试`,
    "guest.code": () => "验证码不对或已过期，重新发一个",
    "guest.move-dearer": (p) => `这个时段要多付 ${money(Number(p.moreMinor))}，不能直接改：另订一个，再取消原来的`,
    "series.conflicts": () => "有几次订不了，没有预订。看过是哪几次再确认",
    "series.none": () => "按这个规则一次都没有，改一下规则",
    "series.too-many": (p) => `一次最多重复 ${p.most} 次，把结束日期提前`,
    "price-changed": () => "价格刚才变了，没有预订。看过新的报价再确认",
    "resource.code-taken": (p) => `编号 ${p.code} 已经有了，一个都没有加。换一个编号`,
    "resource.codes-twice": (p) => `编号 ${p.code} 出现了两次，一个都没有加`,
  },
  en: {
    "booking.taken": (p) =>
      by(p)
        ? `${by(p)} just booked ${p.code} ${span(p)}. Your entries are kept`
        : `${p.code} ${span(p)} was just booked. Your entries are kept`,
    "booking.closed": () => "Outside opening hours. Choose another time",
    "booking.past": () => "This time has passed. Choose another",
    "booking.grid": (p) => `Start and length go in steps of ${p.granularityMinutes} min`,
    "booking.length": (p) => `Between ${p.leastMinutes} and ${p.mostMinutes} min at a time`,
    "booking.horizon": (p) => `At most ${p.days} days ahead`,
    "booking.off": (p) => `${p.code} is out of use. Choose another`,
    "booking.by-day": (p) => (p.by === "day" ? "This is booked by the day" : "This is booked by time"),
    "booking.by-lease": (p) => `${p.code} is let by agreement only: ask the front desk`,
    "booking.lead": (p) => `Book at least ${leadText(p, "h", "min")} ahead; for sooner ask the front desk`,
    "booking.who": (p) =>
      p.of === "plans"
        ? `${p.code} is for companies on certain plans: ask the front desk`
        : `${p.code} is not open to you: the front desk books it`,
    "booking.quota": (p) =>
      `${quotaText.en(quotaOf(p), Number(p.most))}; ${p.count === "minutes" ? `${hoursOf(p.used)} h` : p.used} used, so this does not fit`,
    "booking.training": (p) =>
      p.until
        ? `Your training on ${p.code} ended ${p.until}; book after a refresher`
        : `${p.code} needs training first: ask the front desk`,
    "booking.let": (p) =>
      by(p)
        ? `${p.code} is let to ${by(p)} on these days. Choose another`
        : `${p.code} is let on these days. Choose another`,
    "lease.not-lettable": (p) => `${p.code} is not set to be let. Allow it in its settings first`,
    "lease.days": () => "The end must be after the start and today, and not later than the end there was",
    "lease.clash": (p) =>
      `${p.company} has it from ${p.from}${p.until ? ` until ${p.until}` : ""}. End that lease first`,
    "lease.booked": (p) =>
      `${p.count} bookings stand on these days, the first on ${p.first}. Move or cancel them first`,
    "lease.too-many": (p) => `At most ${p.most} leases of one place`,
    "lease.too-soon": () => "It was made lettable a moment ago. Try again in two minutes",
    "training.not-needed": (p) => `${p.code} asks for no training. Turn that on in its settings first`,
    "booking.company": () => "Choose the company it is for",
    "booking.suspended": (p) => `This company may not book for now: ${p.reason}`,
    "booking.left": () => "This company has left and cannot book",
    "booking.started": () => "It has started and cannot be cancelled",
    "booking.cancelled": () => "This booking is already cancelled",
    "booking.fee-undecided": (p) => `Cancelling now keeps ${p.percent}%. Choose who bears it`,
    "booking.fee-reason": () => "Say why it is waived",
    "booking.fee-company": () => "The fee is charged by its terms. Ask the front desk to waive it",
    "booking.early": () => "Check-in opens 30 min before the start",
    "booking.over": () => "This booking is over",
    "booking.released": () => "Nobody checked in in time and the place was released. Book it again",
    "booking.tentative": () => "It is not approved yet and can only be taken back",
    "booking.needs-approval": (p) =>
      `${p.code} needs approval, so a booking is not moved there. Request it anew, then cancel this one`,
    "wait.free": (p) => `${p.code} is free now: book it`,
    "wait.already": (p) => `You wait for ${p.code} at this time already`,
    "wait.too-many": (p) => `A company waits for ${p.most} places at most; leave one first`,
    "request.answered": (p) => `It was ${endedEn[String(p.as)] ?? "answered"} a moment ago; nothing has changed`,
    "request.lapsed": () => "The time for approving it is over",
    "booking.guest": () => "A guest's booking is not moved: cancel it and book again",
    "booking.not-held": () => "This booking is not waiting to be paid any more",
    "guest.too-many": (p) => `Too many tries. Try again in ${p.minutes} min`,
    "guest.code": () => "The code is wrong or too old. Have a new one sent",
    "guest.move-dearer": (p) =>
      `That time costs ${money(Number(p.moreMinor))} more, so it cannot be moved there: book it anew, then cancel this one`,
    "series.conflicts": () => "Some cannot be had, so nothing was booked. Look which and confirm again",
    "series.none": () => "This rule has no day. Change it",
    "series.too-many": (p) => `At most ${p.most} times in one series. End it earlier`,
    "price-changed": () => "The price has just changed, so nothing was booked. Look at the new price and confirm",
    "resource.code-taken": (p) => `${p.code} exists already, so none was added. Choose another code`,
    "resource.codes-twice": (p) => `${p.code} comes twice, so none was added`,
  },
});
