import { html } from "@yihao/identity/letters";
import { type Letter, mailing } from "@yihao/identity/mail";
import type { Scope } from "@yihao/kernel/scope";
import { type From, instantSaid, letter } from "@yihao/members/letters";
import { senderOf } from "@yihao/members/post";
import { commit } from "@yihao/table/commit";
import type { Write } from "@yihao/table/write";
import { inviteOf, placeOf, whenOf } from "./booking-letters.ts";
import { freshToken, hashOfToken, linkWrite } from "./door-link.ts";
import type { Answered, Booking } from "./model.ts";

/** What is told to a guest of their booking. `given-back` tells that money came too late and goes back. */
export type ToldGuest =
  | "made"
  | "moved"
  | "cancelled"
  | "asked"
  | "pay"
  | "waited"
  | "declined"
  | "lapsed"
  | "unpaid"
  | "given-back"
  | "no-show";
type More = { readonly amountMinor?: number | undefined; readonly reason?: string | undefined };

const moneySaid = (minor: number) => `¥${(minor / 100).toFixed(2)}`;

const sentences = {
  "zh-CN": {
    made: {
      subject: (what: string) => `已预订 ${what}`,
      lines: ["到前台出示页面上的二维码签到。", "附件可以放进日历。"],
    },
    moved: {
      subject: (what: string) => `已改到 ${what}`,
      lines: ["到前台出示页面上的二维码签到。", "日历里的这一项会跟着改。"],
    },
    cancelled: { subject: (what: string) => `已取消 ${what}`, lines: ["日历里的这一项也会去掉。"] },
    asked: { subject: (what: string) => `已收到申请 ${what}`, lines: ["空间答复后会写信给你，这之前不用付款。"] },
    pay: { subject: (what: string) => `已同意，待付款 ${what}`, lines: ["付款后才算订好。"] },
    waited: {
      subject: (what: string) => `候补到了，待付款 ${what}`,
      lines: ["付款后才算订好。没有及时付款，就轮到下一位。"],
    },
    declined: { subject: (what: string) => `没有同意 ${what}`, lines: ["不收费。"] },
    lapsed: { subject: (what: string) => `没有及时答复 ${what}`, lines: ["位置已放开，不收费。"] },
    unpaid: { subject: (what: string) => `没有及时付款，已放开 ${what}`, lines: ["不收费，可以重新订。"] },
    "given-back": { subject: (what: string) => `付款原路退回 ${what}`, lines: ["付款到的时候，时段已经给了别人。"] },
    "no-show": {
      subject: (what: string) => `未签到已释放 ${what}`,
      lines: ["开始后没有按时签到，剩下的时间已经放开。"],
    },
    total: (money: string) => `金额：${money}（含税）`,
    back: (money: string) => `退款：${money}，按原付款方式退回。`,
    until: (at: string) => `${at} 前付款有效。`,
    reason: (why: string) => `原因：${why}`,
    open: "看预订",
    pay_: "去付款",
  },
  en: {
    made: {
      subject: (what: string) => `Booked: ${what}`,
      lines: ["Show the QR code of the page at reception to check in.", "The attachment goes into your calendar."],
    },
    moved: {
      subject: (what: string) => `Moved: ${what}`,
      lines: ["Show the QR code of the page at reception to check in.", "The entry in your calendar moves too."],
    },
    cancelled: { subject: (what: string) => `Cancelled: ${what}`, lines: ["The entry in your calendar goes too."] },
    asked: {
      subject: (what: string) => `Request received: ${what}`,
      lines: ["You get a mail once the space has answered. Nothing to pay until then."],
    },
    pay: { subject: (what: string) => `Approved, to be paid: ${what}`, lines: ["It is booked once you have paid."] },
    waited: {
      subject: (what: string) => `Your turn, to be paid: ${what}`,
      lines: ["It is booked once you have paid. Not paid in time, it goes to whoever waits next."],
    },
    declined: { subject: (what: string) => `Declined: ${what}`, lines: ["It costs nothing."] },
    lapsed: {
      subject: (what: string) => `Not answered in time: ${what}`,
      lines: ["The place is free again. It costs nothing."],
    },
    unpaid: {
      subject: (what: string) => `Not paid in time, released: ${what}`,
      lines: ["It costs nothing. You can book again."],
    },
    "given-back": {
      subject: (what: string) => `Your payment goes back: ${what}`,
      lines: ["When it arrived, the time had gone to somebody else."],
    },
    "no-show": {
      subject: (what: string) => `Released: ${what}`,
      lines: ["Nobody checked in in time, so others may book the rest."],
    },
    total: (money: string) => `Total: ${money}, tax included`,
    back: (money: string) => `Refund: ${money}, the way you paid.`,
    until: (at: string) => `Pay before ${at}.`,
    reason: (why: string) => `Reason: ${why}`,
    open: "See your booking",
    pay_: "Pay now",
  },
} as const;

/** The letter that tells a guest what became of their booking; what is booked, moved or cancelled comes with its entry for the calendar. */
export function guestLetter(from: From, told: ToldGuest, booking: Booking, link: string, more: More = {}): Letter {
  const { guest, personName: name, hold, price } = booking;
  const t = sentences[from.language];
  const { subject, lines } = t[told];
  const what = `${placeOf(booking)}, ${whenOf(booking, from)}`;
  const toPay = told === "pay" || told === "waited";
  const paid = told === "made" || told === "moved" || toPay;
  const said = {
    subject: subject(from.language === "en" ? what : what.replace(", ", "，")),
    lines: [
      ...(paid && price.totalMinor > 0 ? [t.total(moneySaid(price.totalMinor))] : []),
      ...(toPay && hold ? [t.until(instantSaid(hold.until, from))] : []),
      ...(more.reason ? [t.reason(more.reason)] : []),
      ...(more.amountMinor ? [t.back(moneySaid(more.amountMinor))] : []),
      ...lines,
      from.space,
    ],
    action: toPay ? t.pay_ : t.open,
  };
  const email = guest?.email ?? "";
  const invite =
    told === "made" || told === "moved" || told === "cancelled"
      ? { invite: inviteOf({ email, name }, from, told, [booking]) }
      : {};
  return { ...letter(email, from, said, link), ...invite };
}

/** The letter with the code by which a guest shows that an e-mail is theirs (验证码). */
export function guestCodeLetter(to: string, { space, language }: From, code: string, minutes: number): Letter {
  const english = language === "en";
  const subject = english ? `${code} is your code for booking at ${space}` : `${code} 是你在 ${space} 预订的验证码`;
  const lines = english
    ? [`Enter this code within ${minutes} minutes.`, "If you did not ask for it, ignore this mail. Nothing is booked."]
    : [`${minutes} 分钟内填入这个验证码。`, "如果不是你在预订，不用理会这封邮件，什么都没有订。"];
  return { to, subject, text: `${code}\n\n${lines.join("\n")}`, html: html(language, subject, lines, code) };
}

/** The writes of a letter to a guest, with an address of their booking of its own: only the hash of one is kept, so none can be told twice. Nothing for whoever left no e-mail. */
export async function guestLetterWrites(
  scope: Scope,
  told: ToldGuest,
  booking: Booking,
  more: More = {},
): Promise<Write[]> {
  if (!booking.guest?.email) return [];
  const from = { ...(await senderOf(scope)), zone: booking.zone, language: booking.guest.language };
  const token = freshToken();
  return [
    linkWrite(scope, hashOfToken(token), { what: "guest", of: booking.id }),
    mailing(scope, guestLetter(from, told, booking, guestPath(token), more)),
  ];
}

/** The page of a guest's booking. */
export const guestPath = (token: string): string => `/guest/${token}`;

const toldOf: Record<Answered["as"], ToldGuest> = {
  approved: "pay",
  declined: "declined",
  withdrawn: "cancelled",
  lapsed: "lapsed",
  unpaid: "unpaid",
};

/** Tells a guest how their request was answered; of what costs nothing and is booked at once the booking's own letter tells. */
export async function guestAnswerLetters(scope: Scope, booking: Booking, answered: Answered): Promise<Write[]> {
  if (answered.as === "approved" && !booking.hold) return [];
  return guestLetterWrites(scope, toldOf[answered.as], booking, { reason: answered.reason });
}

/** Tells a guest that what had been approved was not paid in time. */
export const unpaidLetters = (scope: Scope, booking: Booking): Promise<Write[]> =>
  guestLetterWrites(scope, "unpaid", booking);

/** Writes to a guest that it is booked, or that it was moved or cancelled and what goes back. */
export async function writeToGuest(
  scope: Scope,
  told: "made" | "moved" | "cancelled",
  booking: Booking,
  amountMinor?: number,
): Promise<void> {
  const writes = await guestLetterWrites(scope, told, booking, { amountMinor });
  if (writes.length > 0) await commit(scope, writes, { answer: null });
}
