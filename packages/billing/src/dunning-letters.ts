import type { Letter } from "@yihao/identity/mail";
import type { Day } from "@yihao/kernel/days";
import { daySaid, type From, letter } from "@yihao/members/letters";

export type DunningSaid = {
  readonly company: string;
  readonly level: number;
  readonly suspends: boolean;
  readonly bills: readonly { readonly number: string; readonly dueOn: Day; readonly openMinor: number }[];
  readonly openMinor: number;
  /** What comes next, if anything does. */
  readonly next?: { readonly on: Day; readonly suspends: boolean } | undefined;
};

const yuan = (minor: number) => `¥${(minor / 100).toFixed(2)}`;

/** The reminder of a level (催缴函): which bills, how much, what happens next; from the level that stops bookings on it says so. */
export function dunningLetter(to: string, from: From, said: DunningSaid, link: string): Letter {
  const day = (on: Day) => daySaid(on, from.language);
  const { company, level, bills, next } = said;
  const sum = yuan(said.openMinor);
  if (from.language === "en") {
    const title = level === 1 ? "Reminder" : said.suspends ? "Bookings are paused" : `Reminder ${level}`;
    return letter(
      to,
      from,
      {
        subject: `${title}: ${company} owes ${from.space} ${sum}`,
        lines: [
          ...bills.map((bill) => `Bill ${bill.number}, due ${day(bill.dueOn)}: ${yuan(bill.openMinor)} open`),
          ...(said.suspends
            ? ["No new bookings can be made until this is paid. Bookings made before and your goods are not affected."]
            : []),
          ...(next
            ? [
                next.suspends
                  ? `If it is not paid by ${day(next.on)}, new bookings are paused.`
                  : `If it is not paid, we write again on ${day(next.on)}.`,
              ]
            : []),
          "If you have paid already, ignore this mail. If you need more time, tell us when you can pay.",
        ],
        action: "See and pay the bills",
      },
      link,
    );
  }
  const title = level === 1 ? "付款提醒" : said.suspends ? "已暂停预订" : `第 ${level} 次付款提醒`;
  return letter(
    to,
    from,
    {
      subject: `${title}：${company} 在 ${from.space} 有 ${sum} 逾期未付`,
      lines: [
        ...bills.map((bill) => `账单 ${bill.number}，${day(bill.dueOn)} 到期，未付 ${yuan(bill.openMinor)}`),
        ...(said.suspends ? ["付清以前不能再订会议室和工位。已经订好的、仓里的货不受影响。"] : []),
        ...(next
          ? [next.suspends ? `${day(next.on)} 前没有付清，会暂停新的预订。` : `没有付清的话，${day(next.on)} 再提醒。`]
          : []),
        "已经付过的，不用理会这封邮件。需要缓几天，告诉我们哪天能付。",
      ],
      action: "看账单并付款",
    },
    link,
  );
}

/** Why bookings are stopped, as the refusal of a booking says it; at most 80 characters. */
export function suspensionReason(from: From, numbers: readonly string[]): string {
  const [first = "", ...rest] = numbers;
  const en = rest.length > 0 ? `bill ${first} and ${rest.length} more are overdue` : `bill ${first} is overdue`;
  const zh = rest.length > 0 ? `账单 ${first} 等 ${numbers.length} 张逾期未付` : `账单 ${first} 逾期未付`;
  return (from.language === "en" ? en : zh).slice(0, 80);
}
