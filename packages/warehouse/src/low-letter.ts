import type { Letter } from "@yihao/identity/mail";
import { type From, letter } from "@yihao/members/letters";

type Facts = {
  readonly name: string;
  readonly code: string;
  readonly unit: string;
  readonly free: number;
  readonly reorderPoint: number;
};

/** Tells a company's people that a product of theirs has fallen to its reorder point. */
export function lowLetter(to: string, from: From, facts: Facts, link: string): Letter {
  const { name, code, unit, free, reorderPoint } = facts;
  if (from.language === "en") {
    const subject = `Low stock: ${name}, ${free} left`;
    const lines = [
      `${name} (${code}) has ${free} free to sell in the warehouse of ${from.space}; its reorder point is ${reorderPoint}.`,
      "You get the next mail about it once it was above that point and falls again.",
    ];
    return letter(to, from, { subject, lines, action: "Open the product" }, link);
  }
  const subject = `低库存：${name} 还有 ${free} ${unit}`;
  const lines = [
    `${name}（${code}）在 ${from.space} 的云仓可用 ${free} ${unit}，补货点是 ${reorderPoint} ${unit}。`,
    "补到补货点以上、再次跌破时，才会再发一封。",
  ];
  return letter(to, from, { subject, lines, action: "打开商品" }, link);
}
