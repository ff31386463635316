import type { Letter } from "@yihao/identity/mail";
import { daySaid, type From, letter } from "@yihao/members/letters";
import type { KeptBill } from "./platform-store.ts";

const yuan = (minor: number) => `¥${(minor / 100).toFixed(2)}`;

/** To a space's owners, that a bill of the platform is open past its day (`reminder`), or could not be collected from the saved card (`not-collected`): nothing was charged then. */
export function platformLetter(
  to: string,
  from: From,
  { number, month, amountMinor, paidMinor, dueOn = "" }: KeptBill,
  { about, link }: { readonly about: "reminder" | "not-collected"; readonly link: string },
): Letter {
  const sum = yuan(amountMinor - paidMinor);
  const day = dueOn ? daySaid(dueOn, from.language) : "";
  if (from.language === "en")
    return letter(
      ...([to, from] as const),
      {
        subject:
          about === "reminder"
            ? `Reminder: ${from.space} owes ${sum} for the platform`
            : `Not collected: ${sum} for the platform`,
        lines: [
          about === "reminder"
            ? `Bill ${number} for ${month} was due on ${day}: ${sum} is open.`
            : `${sum} of bill ${number} for ${month} could not be collected from the saved card. Nothing was charged.`,
          "Pay it online, and save another card for the next bills. If you have paid already, ignore this mail.",
        ],
        action: "See and pay the bill",
      },
      link,
    );
  return letter(
    ...([to, from] as const),
    {
      subject: about === "reminder" ? `付款提醒：${from.space} 的平台费 ${sum} 逾期未付` : `平台费没有扣成：${sum}`,
      lines: [
        about === "reminder"
          ? `${month} 的平台账单 ${number} 在 ${day} 到期，未付 ${sum}。`
          : `${month} 的平台账单 ${number} 的 ${sum}，用保存的卡没有扣成，没有产生任何扣款。`,
        "可以在线付清，再保存一张卡供以后使用。已经付过的，不用理会这封邮件。",
      ],
      action: "看账单并付款",
    },
    link,
  );
}
