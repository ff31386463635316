import type { AccountRefusal } from "@yihao/billing/account-refusals";
import { registerRefusals } from "./refusals.ts";

/** What asking for, issuing and red-inking fapiao refuses, of companies' bills and of the platform's. */
export type FapiaoRefusal = Extract<AccountRefusal, `fapiao.${string}`>;

const text = (value: unknown) => String(value ?? "");

registerRefusals<FapiaoRefusal>("fapiao", {
  zh: {
    "fapiao.open-bill": () => "这张账单不能开票：草稿先出账，期初余额在原来的地方开过",
    "fapiao.nothing": () => "这张账单已经全部冲回，没有可开票的金额",
    "fapiao.title": () => "先填开票信息",
    "fapiao.tax-number": () => "专用发票要有税号，先在开票信息里补上",
    "fapiao.exempt-special": () => "账单里有免税项目，不能开专用发票，改开普通发票",
    "fapiao.asked": (p) => `账单 ${text(p.number)} 已经申请过发票`,
    "fapiao.state": () => "这张发票刚才已经有人处理了",
    "fapiao.number-used": (p) => `发票号码 ${text(p.number)} 已经登记过`,
  },
  en: {
    "fapiao.open-bill": () => "No fapiao for this bill: finalise a draft first; opening balances had theirs elsewhere",
    "fapiao.nothing": () => "This bill was credited whole. Nothing is left to invoice",
    "fapiao.title": () => "Enter the fapiao details first",
    "fapiao.tax-number": () => "A special fapiao needs a tax number. Add it to the fapiao details",
    "fapiao.exempt-special": () => "A part of this bill is exempt from tax. Ask for an ordinary fapiao",
    "fapiao.asked": (p) => `A fapiao of bill ${text(p.number)} was asked for already`,
    "fapiao.state": () => "Someone decided this fapiao a moment ago",
    "fapiao.number-used": (p) => `The fapiao number ${text(p.number)} is recorded already`,
  },
});
