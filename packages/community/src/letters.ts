import type { Letter } from "@yihao/identity/mail";
import { type From, instantSaid, letter } from "@yihao/members/letters";
import type { Carrier, Parcel } from "./parcel-model.ts";

/** Carriers as letters call them. */
const carrierNames: Readonly<Record<Carrier, readonly [zh: string, en: string]>> = {
  sf: ["顺丰", "SF Express"],
  zto: ["中通", "ZTO"],
  yto: ["圆通", "YTO"],
  sto: ["申通", "STO"],
  yunda: ["韵达", "Yunda"],
  jd: ["京东", "JD Logistics"],
  jt: ["极兔", "J&T"],
  ems: ["邮政", "China Post"],
  other: ["快递", "Parcel"],
};

/** The first lines of a longer text, as a letter quotes them. */
const quoted = (text: string): string => (text.length > 600 ? `${text.slice(0, 600)}…` : text);

type TicketSaid = { readonly title: string; readonly company: string; readonly place?: string | undefined };

/** Tells staff of a new ticket (新报修). */
export function openedLetter(to: string, from: From, ticket: TicketSaid & { text: string }, link: string): Letter {
  const english = from.language === "en";
  const subject = english ? `${ticket.company}: ${ticket.title}` : `${ticket.company} 求助：${ticket.title}`;
  const place = ticket.place ? [english ? `Where: ${ticket.place}` : `位置：${ticket.place}`] : [];
  const lines = [...place, ...(ticket.text ? [quoted(ticket.text)] : [])];
  return letter(to, from, { subject, lines, action: english ? "Open the ticket" : "打开" }, link);
}

/** Tells the other side of a reply to a ticket; to a company it is the space that speaks. */
export function repliedLetter(to: string, from: From, ticket: TicketSaid & { text: string; by: string }, link: string) {
  const english = from.language === "en";
  const subject = english ? `${ticket.by} replied: ${ticket.title}` : `${ticket.by} 回复：${ticket.title}`;
  return letter(to, from, { subject, lines: [quoted(ticket.text)], action: english ? "Reply" : "去回复" }, link);
}

/** Tells a company that what it asked for is done, and that it may say otherwise. */
export function solvedLetter(to: string, from: From, ticket: TicketSaid & { days: number }, link: string): Letter {
  if (from.language === "en") {
    const subject = `Solved: ${ticket.title}`;
    const lines = [`If it is not, reply within ${ticket.days} days and it is taken up again.`];
    return letter(to, from, { subject, lines, action: "See the ticket" }, link);
  }
  const subject = `已解决：${ticket.title}`;
  const lines = [`如果还没好，${ticket.days} 天内回复一句，我们接着处理。`];
  return letter(to, from, { subject, lines, action: "看这件求助" }, link);
}

type ParcelSaid = Pick<Parcel, "kind" | "carrier" | "tracking" | "shelf" | "note" | "personName" | "code"> & {
  /** For so many days it has been waiting, in a reminder. */
  readonly days: number | undefined;
};

/** Tells a company that something has come for it (快递到了), or that it still waits, with the code to get it. */
export function arrivedLetter(to: string, from: From, parcel: ParcelSaid, link: string): Letter {
  const { kind, carrier, tracking, shelf, note, personName, code, days } = parcel;
  const [zh, en] = carrierNames[carrier];
  if (from.language === "en") {
    const what = kind === "letter" ? "Mail" : en;
    const subject = days ? `${what} has been waiting for ${days} days` : `${what} has arrived at ${from.space}`;
    const lines = [
      `Pick-up code: ${code}`,
      ...(personName ? [`For: ${personName}`] : []),
      ...(tracking ? [`Waybill: ${tracking}`] : []),
      ...(shelf ? [`Shelf: ${shelf}`] : []),
      ...(note ? [note] : []),
      "Show the code at the front desk.",
    ];
    return letter(to, from, { subject, lines, action: "See our parcels" }, link);
  }
  const what = kind === "letter" ? "信件" : carrier === "other" ? zh : `${zh}快递`;
  const subject = days ? `${what} 已经等了 ${days} 天，取件码 ${code}` : `${what} 到了，取件码 ${code}`;
  const lines = [
    ...(personName ? [`收件人：${personName}`] : []),
    ...(tracking ? [`运单号：${tracking}`] : []),
    ...(shelf ? [`货架：${shelf}`] : []),
    ...(note ? [note] : []),
    `到 ${from.space} 前台报取件码领取。`,
  ];
  return letter(to, from, { subject, lines, action: "看我们的快递" }, link);
}

/** Carries an announcement (公告) to somebody it is for. */
export function announcedLetter(to: string, from: From, one: { title: string; text: string }, link: string): Letter {
  const english = from.language === "en";
  const subject = english ? `${from.space}: ${one.title}` : `${from.space} 公告：${one.title}`;
  const lines = one.text.split(/\n+/).filter((line) => line.trim() !== "");
  return letter(to, from, { subject, lines, action: english ? "Open" : "打开" }, link);
}

type EventSaid = {
  readonly title: string;
  readonly event?: { readonly from: string; readonly place: string } | undefined;
};

/** Tells somebody who waited that they have a seat at an event (候补转正). */
export function seatedLetter(to: string, from: From, { title, event }: EventSaid, link: string): Letter {
  const english = from.language === "en";
  const when = event ? [`${instantSaid(event.from, from)} ${event.place}`] : [];
  const subject = english ? `You have a seat: ${title}` : `有位置了：${title}`;
  const lines = [...when, english ? "If you cannot come, give it up for the next." : "去不了请取消，让给下一位。"];
  return letter(to, from, { subject, lines, action: english ? "See the event" : "看活动" }, link);
}
