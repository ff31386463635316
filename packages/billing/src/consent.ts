/** The consent that is asked for now; what was agreed to before keeps its own words. */
export const consentVersion = "2026-11";

/**
 * What a company agrees to when it saves a way to pay (代扣同意): who charges, what, when, and how it is taken back. Shown before it is saved and kept word by word with who agreed and when. Cards' rules ask for
 * such terms of every charge that is made without its holder.
 */
export function consentText(language: "zh" | "en", space: string): string {
  return language === "zh"
    ? `同意${space}把这个付款方式用于本企业的账单：在账单到期日自动扣当时未付的金额；没有扣成的，按空间公布的间隔再试几次，每次都记在账单上。卡号只保存在支付机构。可以随时在这里移除，移除后不再扣款；已经出的账单仍要付。`
    : `We agree that ${space} charges this payment method for our company's bills: on the day a bill is due, what is then open of it. If that fails it is tried again at the intervals the space has set, each time noted on the bill. The card number is kept by the payment provider alone. It can be removed here at any time; nothing is charged after that, and bills already issued still have to be paid.`;
}
