import type { CardFault } from "./cards.ts";
import type { Decline, Method } from "./model.ts";

export type Language = "zh-CN" | "en";

export type Words = {
  readonly title: string;
  readonly sandbox: string;
  readonly noMoney: string;
  readonly payTo: string;
  readonly total: string;
  readonly how: string;
  readonly methods: Readonly<Record<Method, string>>;
  readonly number: string;
  readonly expiry: string;
  readonly expiryHint: string;
  readonly cvc: string;
  readonly wallet: Readonly<Record<"alipay" | "wechat_pay", string>>;
  readonly fail: string;
  readonly testCards: string;
  readonly fill: string;
  readonly results: { readonly pays: string; readonly declined: string; readonly funds: string };
  readonly anyDate: string;
  readonly pay: string;
  readonly paying: string;
  /** On a page that only saves: what is done, the button, while it is pressed, what it is for, and the two cards that fail later. */
  readonly save: {
    readonly what: string;
    readonly go: string;
    readonly busy: string;
    readonly say: string;
    readonly notSaved: string;
    readonly later: string;
    readonly asks: string;
  };
  readonly back: string;
  readonly fix: string;
  readonly notPaid: string;
  readonly tryAgain: string;
  readonly expires: string;
  readonly portal: {
    readonly title: string;
    readonly say: string;
    readonly none: string;
    readonly add: string;
    readonly remove: string;
    readonly until: string;
    readonly back: string;
  };
  readonly connect: { readonly title: string; readonly say: string; readonly go: string };
  readonly done: readonly [string, string, string];
  readonly expired: readonly [string, string];
  readonly unknown: readonly [string, string];
  readonly forged: readonly [string, string, string];
};

const ZH: Words = {
  title: "付款",
  sandbox: "支付沙箱",
  noMoney: "这里没有真钱，不要填真实的银行卡。",
  payTo: "付给",
  total: "合计",
  how: "付款方式",
  methods: { card: "银行卡", alipay: "支付宝", wechat_pay: "微信支付" },
  number: "卡号",
  expiry: "有效期",
  expiryHint: "月 / 年",
  cvc: "安全码",
  wallet: {
    alipay: "正式环境会跳到支付宝授权。沙箱里按下付款就当作已授权。",
    wechat_pay: "正式环境会出示微信二维码。沙箱里按下付款就当作已扫码。",
  },
  fail: "让这次付款失败",
  testCards: "测试卡号",
  fill: "填入",
  results: { pays: "付款成功", declined: "被拒", funds: "余额不足" },
  anyDate: "有效期填将来任意月份，安全码填任意 3 位。",
  pay: "付款",
  paying: "正在付款",
  save: {
    what: "保存付款方式",
    go: "保存",
    busy: "正在保存",
    say: "这次不扣款。商户以后按你同意的条件扣款。",
    notSaved: "没有保存",
    later: "能保存，扣款被拒",
    asks: "能保存，扣款要本人验证",
  },
  back: "返回商户，不付款",
  fix: "改好下面几处再付",
  notPaid: "没有付成，没有扣款",
  tryAgain: "换一张卡或换一种方式再付。",
  expires: "付款截止",
  portal: {
    title: "已保存的付款方式",
    say: "在这里添加或删除银行卡。商户只知道卡的品牌、末四位和有效期。",
    none: "还没有保存的银行卡。",
    add: "添加银行卡",
    remove: "删除",
    until: "有效期",
    back: "回到商户",
  },
  connect: {
    title: "开通收款账户",
    say: "正式环境在这里提交营业执照、法人和收款银行账户。沙箱里按一下就开通。",
    go: "开通收款",
  },
  done: ["已付清", "这笔款已经付过，不会再扣。", "回到商户"],
  expired: ["付款页已过期", "没有扣款。回到商户重新发起付款。"],
  unknown: ["没有这笔付款", "链接可能不完整。回到商户重新打开。"],
  forged: ["没有付款", "这次提交不是从这个付款页发出的，或者浏览器没有保存 Cookie。", "重新打开付款页"],
};

const EN: Words = {
  title: "Pay",
  sandbox: "Payment sandbox",
  noMoney: "No real money here. Do not enter a real card.",
  payTo: "Pay to",
  total: "Total",
  how: "Payment method",
  methods: { card: "Card", alipay: "Alipay", wechat_pay: "WeChat Pay" },
  number: "Card number",
  expiry: "Expiry",
  expiryHint: "MM / YY",
  cvc: "CVC",
  wallet: {
    alipay: "Live, this opens Alipay to authorise. In the sandbox, paying counts as authorised.",
    wechat_pay: "Live, this shows a WeChat QR code. In the sandbox, paying counts as scanned.",
  },
  fail: "Make this payment fail",
  testCards: "Test cards",
  fill: "Fill in",
  results: { pays: "Pays", declined: "Declined", funds: "Insufficient funds" },
  anyDate: "Any future month, any 3-digit CVC.",
  pay: "Pay",
  paying: "Paying",
  save: {
    what: "Save a payment method",
    go: "Save",
    busy: "Saving",
    say: "Nothing is charged now. The merchant charges it later, as you agreed.",
    notSaved: "Not saved",
    later: "Saves, is declined later",
    asks: "Saves, asks its holder later",
  },
  back: "Back to merchant without paying",
  fix: "Correct these and pay again",
  notPaid: "Not paid, nothing was charged",
  tryAgain: "Use another card or another method.",
  expires: "Pay before",
  portal: {
    title: "Saved payment methods",
    say: "Add or remove cards here. The merchant knows a card's brand, last four digits and expiry only.",
    none: "No card is saved yet.",
    add: "Add a card",
    remove: "Remove",
    until: "Expires",
    back: "Back to merchant",
  },
  connect: {
    title: "Open a payments account",
    say: "Live, licence, legal person and bank account are handed in here. In the sandbox one press opens it.",
    go: "Open for payments",
  },
  done: ["Paid", "This payment is complete and will not be charged again.", "Back to merchant"],
  expired: ["This payment page has expired", "Nothing was charged. Go back to the merchant and start again."],
  unknown: ["No such payment", "The link may be incomplete. Open it again from the merchant."],
  forged: [
    "Not paid",
    "This did not come from this payment page, or the browser kept no cookie.",
    "Open the payment page again",
  ],
};

const ZH_FIELD: Record<CardFault["field"], Record<CardFault["fault"], string>> = {
  number: { missing: "填写卡号", wrong: "卡号不对，核对每一位数字", past: "卡号不对，核对每一位数字" },
  expiry: { missing: "填写有效期", wrong: "有效期写成 月/年，例如 08/30", past: "这张卡已过期，换一张" },
  cvc: { missing: "填写安全码", wrong: "安全码是 3 位数字，美国运通是 4 位", past: "安全码不对" },
};
const EN_FIELD: Record<CardFault["field"], Record<CardFault["fault"], string>> = {
  number: {
    missing: "Enter the card number",
    wrong: "Check the card number, a digit is wrong",
    past: "Check the card number",
  },
  expiry: {
    missing: "Enter the expiry date",
    wrong: "Write the expiry as MM/YY, such as 08/30",
    past: "This card has expired, use another",
  },
  cvc: { missing: "Enter the CVC", wrong: "The CVC is 3 digits, 4 on American Express", past: "Check the CVC" },
};

const ZH_DECLINE: Readonly<Record<string, string>> = {
  generic_decline: "银行拒绝了这张卡。",
  insufficient_funds: "卡里余额不足。",
  test_mode_live_card: "沙箱只认测试卡号，这张不是。",
  expired_card: "这张卡已过期。",
  incorrect_cvc: "安全码不对。",
  payment_method_provider_decline: "付款方没有授权。",
};
const EN_DECLINE: Readonly<Record<string, string>> = {
  generic_decline: "The bank declined this card.",
  insufficient_funds: "The card has insufficient funds.",
  test_mode_live_card: "The sandbox takes test cards only, and this is not one.",
  expired_card: "The card has expired.",
  incorrect_cvc: "The CVC is incorrect.",
  payment_method_provider_decline: "The payer did not authorise it.",
};

/** All words of the hosted page in one language. */
export function wordsOf(language: Language): Words {
  return language === "en" ? EN : ZH;
}

/** What is wrong with one card field, as a sentence that says how to mend it. */
export function fieldSentence(language: Language, fault: CardFault): string {
  return (language === "en" ? EN_FIELD : ZH_FIELD)[fault.field][fault.fault];
}

/** Why a payment was declined, as a sentence. */
export function declineSentence(language: Language, decline: Decline): string {
  const sentences = language === "en" ? EN_DECLINE : ZH_DECLINE;
  return sentences[decline.declineCode ?? decline.code] ?? sentences.generic_decline!;
}

/** The page's language: what the link asks for, else the session's, else the browser's first choice of the two, else Chinese. */
export function chooseLanguage(asked: string | null, session: string | null, acceptLanguage: string): Language {
  const read = (tag: string | null) => (tag?.startsWith("en") ? "en" : tag?.startsWith("zh") ? "zh-CN" : undefined);
  const accepted = acceptLanguage
    .split(",")
    .map((part) => ({ tag: part.trim().toLowerCase(), weight: Number(/;\s*q=([\d.]+)/.exec(part)?.[1] ?? 1) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => read(tag))
    .find((language) => language !== undefined);
  return read(asked) ?? read(session) ?? accepted ?? "zh-CN";
}
