const digits = "零壹贰叁肆伍陆柒捌玖";
const places = ["", "拾", "佰", "仟"] as const;
const sections = ["", "万", "亿", "万亿", "亿亿"] as const;

/** A run of up to four digits, without its section word: 1050 → 壹仟零伍拾. */
function section(value: number): string {
  let text = "";
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.trunc(value / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== "";
      continue;
    }
    if (gap) text += "零";
    gap = false;
    text += digits[digit]! + places[place]!;
  }
  return text;
}

function whole(yuan: number): string {
  const parts: number[] = [];
  for (let rest = yuan; rest > 0; rest = Math.trunc(rest / 10_000)) parts.push(rest % 10_000);
  let text = "";
  let gap = false;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index]!;
    if (part === 0) {
      gap = text !== "";
      continue;
    }
    if (text !== "" && (gap || part < 1000)) text += "零";
    gap = false;
    text += section(part) + sections[index]!;
  }
  return text;
}

/**
 * 大写金额: an amount in whole fen in the characters that cheques and bills use, with 整 when it ends in yuan or jiao
 * (支付结算办法, 附一 正确填写票据和结算凭证的基本规定). Negative amounts begin with 负.
 */
export function rmbWords(minor: number): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not whole fen: ${minor}`);
  if (minor === 0) return "零元整";
  const size = Math.abs(minor);
  const yuan = Math.trunc(size / 100);
  const jiao = Math.trunc(size / 10) % 10;
  const fen = size % 10;
  let text = yuan > 0 ? `${whole(yuan)}元` : "";
  if (jiao > 0) text += `${yuan > 0 && yuan % 10 === 0 ? "零" : ""}${digits[jiao]}角`;
  else if (fen > 0 && yuan > 0) text += "零";
  if (fen > 0) text += `${digits[fen]}分`;
  else text += "整";
  return (minor < 0 ? "负" : "") + text;
}
