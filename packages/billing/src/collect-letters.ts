import type { Letter } from "@yihao/identity/mail";
import { type From, letter } from "@yihao/members/letters";
import type { Collection } from "./collect-model.ts";

export type StoppedSaid = Pick<Collection, "companyName" | "number" | "why"> & {
  readonly openMinor: number;
  readonly last4?: string | undefined;
};

const reasons: Readonly<Record<NonNullable<Collection["why"]>, readonly [zh: string, en: string]>> = {
  hard: ["发卡行不再接受这张卡，不会再扣。", "The bank does not accept this card any more; it is not charged again."],
  action: [
    "发卡行要求持卡人本人验证，我们不能代扣。",
    "The bank asks the card's holder to confirm; we cannot do that.",
  ],
  exhausted: ["按约定的次数试过，都没有扣成。", "It was tried as often as agreed and did not go through."],
  "no-method": ["付款方式已移除，没有再扣。", "The payment method was removed, so nothing more is charged."],
  off: ["空间已停用自动扣款。", "The space has turned automatic payment off."],
};
const yuan = (minor: number) => `¥${(minor / 100).toFixed(2)}`;

/** That a bill was not collected (扣款未成): why, and where it is paid by hand. Nothing was charged. */
export function stoppedLetter(to: string, from: From, said: StoppedSaid, link: string): Letter {
  const english = from.language === "en";
  const [zh, en] = reasons[said.why ?? "exhausted"];
  const card = said.last4 ? (english ? ` from the card ending ${said.last4}` : `尾号 ${said.last4} 的卡`) : "";
  return english
    ? letter(
        ...([to, from] as const),
        {
          subject: `Not collected: bill ${said.number} of ${yuan(said.openMinor)}`,
          lines: [
            `${yuan(said.openMinor)} of bill ${said.number} could not be collected${card}. Nothing was charged.`,
            en,
            "Pay it by card, Alipay, WeChat Pay or transfer, and save another card for the next bills.",
          ],
          action: "Pay the bill",
        },
        link,
      )
    : letter(
        ...([to, from] as const),
        {
          subject: `自动扣款没有成功：账单 ${said.number}，${yuan(said.openMinor)}`,
          lines: [
            `${said.companyName}账单 ${said.number} 的 ${yuan(said.openMinor)}，${card}没有扣成，没有产生任何扣款。`,
            zh,
            "可以用银行卡、支付宝、微信支付或对公转账付这张账单，再保存一张卡供以后使用。",
          ],
          action: "去付这张账单",
        },
        link,
      );
}
