import type { Letter } from "@yihao/identity/mail";
import { dayOf } from "@yihao/kernel/days";
import { daySaid, type From, letter } from "@yihao/members/letters";
import type { Dispute } from "./dispute-model.ts";

const yuan = (minor: number) => `¥${(minor / 100).toFixed(2)}`;

/** That a payment is disputed (争议): how much is withheld and until when evidence can be handed in. To the space's own people. */
export function disputeLetter(to: string, from: From, dispute: Dispute, link: string): Letter {
  const english = from.language === "en";
  const by = dispute.evidenceBy ? daySaid(dayOf(dispute.evidenceBy, from.zone), from.language) : undefined;
  const sum = yuan(dispute.amountMinor);
  return letter(
    to,
    from,
    english
      ? {
          subject: `Disputed: ${sum} of ${dispute.companyName}`,
          lines: [
            `The bank of ${dispute.companyName} takes back ${sum} of payment ${dispute.paymentReference}. The money is withheld until it is decided.`,
            ...(by ? [`Hand in evidence by ${by}, on the page of the dispute. Without it the money is lost.`] : []),
          ],
          action: "See the dispute",
        }
      : {
          subject: `付款有争议：${dispute.companyName} ${sum}`,
          lines: [
            `${dispute.companyName}的付款 ${dispute.paymentReference} 被其银行要求退回 ${sum}，判定以前这笔钱被扣住。`,
            ...(by ? [`${by}前在争议页上提交证据，不提交就判输。`] : []),
          ],
          action: "看这笔争议",
        },
    link,
  );
}
