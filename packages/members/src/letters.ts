import { html, type LetterLanguage } from "@yihao/identity/letters";
import type { Letter } from "@yihao/identity/mail";
import { type Day, dayOf, plusDays, timeOf, weekday } from "@yihao/kernel/days";

/** In whose name and for which zone and language a letter is written. */
export type From = {
  readonly space: string;
  readonly language: LetterLanguage;
  readonly zone: string;
  /** The space's own colour (自有品牌), when it has one. */
  readonly colour?: string | undefined;
};

const weekdays: Record<LetterLanguage, readonly string[]> = {
  "zh-CN": ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};

/** A local day as letters say it: `2026-12-01 周二`. */
export const daySaid = (day: Day, language: LetterLanguage): string =>
  `${day} ${weekdays[language][weekday(day) - 1] ?? ""}`;

/** A local instant as letters say it: `2026-12-01 周二 14:00`. */
export function instantSaid(at: string, { language, zone }: From): string {
  return `${daySaid(dayOf(at, zone), language)} ${timeOf(at, zone)}`;
}

type Said = { readonly subject: string; readonly lines: readonly string[]; readonly action?: string };

/** Puts a letter together from what it says; `link` is a path of the web app, and `action` names its button. */
export function letter(to: string, from: From, said: Said, link?: string): Letter {
  const { subject, lines, action } = said;
  const text = [subject, "", ...lines, ...(link ? ["", "{link}"] : [])].join("\n");
  return {
    to,
    subject,
    text,
    html: html(from.language, subject, lines, undefined, action, from.colour),
    ...(link ? { link } : {}),
  };
}

type TourSaid = { readonly at: string; readonly minutes: number; readonly guideName?: string; readonly note?: string };

/** Tells a lead when it is expected to see the place (看场地); the day before it reads as a reminder. */
export function tourLetter(to: string, from: From, tour: TourSaid, reminder: boolean): Letter {
  const at = instantSaid(tour.at, from);
  if (from.language === "en") {
    const subject = reminder ? `Tomorrow: your visit to ${from.space}` : `Your visit to ${from.space}, ${at}`;
    const lines = [
      `We expect you on ${at}; it takes about ${tour.minutes} minutes.`,
      ...(tour.guideName ? [`${tour.guideName} shows you around.`] : []),
      ...(tour.note ? [tour.note] : []),
      "If the time does not suit you, answer this mail or call us.",
    ];
    return letter(to, from, { subject, lines });
  }
  const subject = reminder ? `明天到 ${from.space} 看场地` : `${from.space} 看场地，${at}`;
  const lines = [
    `${at}，大约 ${tour.minutes} 分钟，我们等你来。`,
    ...(tour.guideName ? [`接待：${tour.guideName}`] : []),
    ...(tour.note ? [tour.note] : []),
    "时间不合适，回这封邮件或打电话改期。",
  ];
  return letter(to, from, { subject, lines });
}

/** Reminds whoever shows the place of a visit of the next day. */
export function guideLetter(to: string, from: From, lead: string, tour: TourSaid, link: string): Letter {
  const at = instantSaid(tour.at, from);
  const english = from.language === "en";
  const subject = english ? `${lead} comes to see the place, ${at}` : `${lead} 来看场地，${at}`;
  const lines = [...(tour.note ? [tour.note] : []), english ? "You show them around." : "由你接待。"];
  return letter(to, from, { subject, lines, action: english ? "Open" : "打开" }, link);
}

/** Tells staff that somebody applied (新申请). */
export function applicationLetter(to: string, from: From, name: string, contact: string, link: string): Letter {
  if (from.language === "en") {
    const subject = `${name} applies to ${from.space}`;
    return letter(to, from, { subject, lines: [`Contact: ${contact}`], action: "Open the application" }, link);
  }
  const subject = `${name} 申请入驻 ${from.space}`;
  return letter(to, from, { subject, lines: [`联系人：${contact}`], action: "打开申请" }, link);
}

/** Tells an outsider that the application has arrived, and under which reference. It repeats nothing that was typed: its reader may be somebody else. */
export function receivedLetter(to: string, from: From, reference: string): Letter {
  if (from.language === "en") {
    const subject = `${from.space} has your application`;
    const lines = [`Its reference is ${reference}. We will get in touch.`, "If you did not apply, ignore this mail."];
    return letter(to, from, { subject, lines });
  }
  const subject = `${from.space} 收到了你的入驻申请`;
  const lines = [`编号 ${reference}。我们会和你联系。`, "如果不是你申请的，不用理会这封邮件。"];
  return letter(to, from, { subject, lines });
}

/** Tells a company that its plan (套餐) is about to end. */
export function endsLetter(to: string, from: From, plan: { name: string; until: Day }, link: string): Letter {
  const day = daySaid(plan.until, from.language);
  if (from.language === "en") {
    const subject = `Your plan ${plan.name} ends on ${day}`;
    const lines = [`It is the first day without it. To stay, renew it with ${from.space} before then.`];
    return letter(to, from, { subject, lines, action: "See your plan" }, link);
  }
  const subject = `${from.space}：套餐 ${plan.name} 将在 ${day} 到期`;
  return letter(
    to,
    from,
    { subject, lines: ["这一天起不再有这个套餐。要继续用，到期前找空间续约。"], action: "看套餐" },
    link,
  );
}

type AgreementSaid = { readonly title: string; readonly company: string; readonly until: Day; readonly days: number };

/** Brings the end of an agreement (协议到期) to mind; the day named is its last. */
export function agreementLetter(to: string, from: From, said: AgreementSaid, link: string): Letter {
  const last = daySaid(plusDays(said.until, -1), from.language);
  if (from.language === "en") {
    const subject = `${said.company}: ${said.title} ends in ${said.days} days`;
    const lines = [`Its last day is ${last}. Renew it or prepare the exit before then.`];
    return letter(to, from, { subject, lines, action: "Open" }, link);
  }
  const subject = `${said.company}：${said.title} 还有 ${said.days} 天到期`;
  return letter(to, from, { subject, lines: [`最后一天是 ${last}。到期前续签，或准备退驻。`], action: "打开" }, link);
}

/** Tells a company that left goods behind (遗留货物) until when they wait for it, and what becomes of them then. */
export function goodsLetter(to: string, from: From, said: { company: string; units: number; until: Day }): Letter {
  const last = daySaid(plusDays(said.until, -1), from.language);
  if (from.language === "en") {
    const subject = `${said.company}: ${said.units} units of goods are still with ${from.space}`;
    const lines = [`Fetch them until ${last}. After that day they count as abandoned and may be disposed of.`];
    return letter(to, from, { subject, lines });
  }
  const subject = `${said.company}：还有 ${said.units} 件货物留在 ${from.space}`;
  return letter(to, from, { subject, lines: [`最晚 ${last} 取走。过了这一天按弃货处理。`] });
}
