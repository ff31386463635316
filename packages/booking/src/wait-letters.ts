import type { Letter } from "@yihao/identity/mail";
import { type From, instantSaid, letter } from "@yihao/members/letters";
import type { Wait } from "./wait-model.ts";

type Said = { readonly wait: Pick<Wait, "resourceName" | "from">; readonly how: "booked" | "asked" | "free" };

/** Tells who waited that it is booked (递补成功), that it was asked for where staff approve first, or that it is free to be booked. */
export function waitLetter(to: string, from: From, { wait, how }: Said, link: string): Letter {
  const at = instantSaid(wait.from, from);
  const what = wait.resourceName;
  if (from.language === "en") {
    const said = {
      booked: { subject: `Booked for you: ${what}, ${at}`, lines: ["It became free and you were next."] },
      asked: {
        subject: `Requested for you: ${what}, ${at}`,
        lines: ["It became free and you were next. The front desk still has to approve it."],
      },
      free: {
        subject: `Free again: ${what}, ${at}`,
        lines: ["It is not kept for you: whoever books first has it. You wait on until it starts."],
      },
    }[how];
    return letter(to, from, { ...said, action: how === "free" ? "Book it" : "See your bookings" }, link);
  }
  const said = {
    booked: { subject: `候补成功：${what}，${at}`, lines: ["有人让出了时间，轮到你，已经订好。"] },
    asked: { subject: `候补成功，等审批：${what}，${at}`, lines: ["有人让出了时间，轮到你。还要前台批准。"] },
    free: { subject: `有空了：${what}，${at}`, lines: ["没有替你留着，先订先得。没订到会继续候补到开始。"] },
  }[how];
  return letter(to, from, { ...said, action: how === "free" ? "去预订" : "看我的预订" }, link);
}

/** Tells a guest that they wait (候补), with the address at which they see their turn and wait no more. */
export function waitingLetter(to: string, from: From, wait: Pick<Wait, "resourceName" | "from">, link: string): Letter {
  const at = instantSaid(wait.from, from);
  const what = wait.resourceName;
  const said =
    from.language === "en"
      ? {
          subject: `Waiting for ${what}, ${at}`,
          lines: ["Once it is free and it is your turn, it is held for you and a mail says where to pay.", from.space],
          action: "See your turn",
        }
      : {
          subject: `已登记候补：${what}，${at}`,
          lines: ["有人让出、轮到你时，会给你留位，并写信告诉你去哪付款。", from.space],
          action: "看候补",
        };
  return letter(to, from, said, link);
}
