import type { Letter } from "@yihao/identity/mail";
import { type From, instantSaid, letter } from "@yihao/members/letters";
import type { Answered, Booking } from "./model.ts";

type Said = {
  readonly booking: Pick<Booking, "resourceName" | "from">;
  readonly answered: Answered;
  /** How many of a series are answered with it. */
  readonly count: number;
};

/** Tells who asked for a place how staff answered (审批结果), or that nobody did in time. */
export function answerLetter(to: string, from: From, { booking, answered, count }: Said, link: string): Letter {
  const { as, reason } = answered;
  const at = instantSaid(booking.from, from);
  const what = booking.resourceName;
  if (from.language === "en") {
    const which = count > 1 ? `${what}, ${count} times from ${at}` : `${what}, ${at}`;
    const said = {
      approved: { subject: `Approved: ${which}`, lines: ["It is booked."] },
      declined: { subject: `Declined: ${which}`, lines: [`Reason: ${reason ?? ""}`, "It costs nothing."] },
      withdrawn: { subject: `Taken back: ${which}`, lines: ["It costs nothing."] },
      unpaid: { subject: `Not paid in time: ${which}`, lines: ["The place is free again. It costs nothing."] },
      lapsed: { subject: `Not answered in time: ${which}`, lines: ["The place is free again. It costs nothing."] },
    }[as];
    return letter(to, from, { ...said, action: "See your bookings" }, link);
  }
  const which = count > 1 ? `${what}，${at} 起共 ${count} 次` : `${what}，${at}`;
  const said = {
    approved: { subject: `预订已批准：${which}`, lines: ["已经订好。"] },
    declined: { subject: `预订没有批准：${which}`, lines: [`原因：${reason ?? ""}`, "不收费。"] },
    withdrawn: { subject: `预订申请已撤回：${which}`, lines: ["不收费。"] },
    unpaid: { subject: `没有及时付款：${which}`, lines: ["位置已放开，不收费。"] },
    lapsed: { subject: `预订申请过期：${which}`, lines: ["没有在时限内审批，位置已放开，不收费。"] },
  }[as];
  return letter(to, from, { ...said, action: "看我的预订" }, link);
}

type Asks = {
  readonly booking: Pick<Booking, "resourceName" | "from" | "companyName" | "personName">;
  readonly count: number;
  readonly until: string;
};

/** Tells staff that somebody asks for a place (待批), and until when it waits for their answer. */
export function requestedLetter(to: string, from: From, { booking, count, until }: Asks, link: string): Letter {
  const { resourceName: what, companyName, personName } = booking;
  const who = companyName === personName ? personName : `${companyName} · ${personName}`;
  const at = instantSaid(booking.from, from);
  if (from.language === "en") {
    const which = count > 1 ? `${what}, ${count} times from ${at}` : `${what}, ${at}`;
    const lines = [`${who} asks for it.`, `Answer before ${instantSaid(until, from)}; then it lapses.`];
    return letter(to, from, { subject: `To approve: ${which}`, lines, action: "Answer" }, link);
  }
  const which = count > 1 ? `${what}，${at} 起共 ${count} 次` : `${what}，${at}`;
  const lines = [`${who} 申请预订。`, `${instantSaid(until, from)} 前答复，过后自动失效。`];
  return letter(to, from, { subject: `待批：${which}`, lines, action: "去答复" }, link);
}

type Missed = {
  readonly booking: Pick<Booking, "resourceName" | "from" | "noShowMinutes">;
  /** What is kept of its price, in fen. */
  readonly feeMinor: number;
};

/** Tells who did not check in that the booking was released (未到释放), and what of its price is kept. */
export function noShowLetter(to: string, from: From, { booking, feeMinor }: Missed, link: string): Letter {
  const at = instantSaid(booking.from, from);
  const { resourceName: what, noShowMinutes = 0 } = booking;
  const kept = `¥${(feeMinor / 100).toFixed(2)}`;
  if (from.language === "en") {
    const subject = `Released: ${what}, ${at}`;
    const lines = [
      `Nobody checked in within ${noShowMinutes} minutes, so others may book the rest of the time.`,
      `${kept} of its price is kept.`,
    ];
    return letter(to, from, { subject, lines, action: "See your bookings" }, link);
  }
  const subject = `未签到已释放：${what}，${at}`;
  const lines = [`开始后 ${noShowMinutes} 分钟没有签到，剩下的时间已经放开。`, `保留收费 ${kept}。`];
  return letter(to, from, { subject, lines, action: "看我的预订" }, link);
}
