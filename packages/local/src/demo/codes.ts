import { checkLetter } from "@yihao/members/code";
import { checkDigit } from "@yihao/warehouse/gtin";

/** The check of an organisation code's eight letters (GB 11714): 11 less their weighted sum mod 11, 10 written X. */
function organisationCheck(eight: string): string {
  const value = (letter: string) => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55);
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, at) => total + weight * value(eight[at] ?? "0"), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}

/** A valid 统一社会信用代码 of an enterprise in 淮北市相山区 (340603), one for each number. */
export function creditCode(n: number): string {
  const eight = `MA8${String((n * 7919 + 10_427) % 100_000).padStart(5, "0")}`;
  const body = `91340603${eight}${organisationCheck(eight)}`;
  return body + checkLetter(body);
}

/** A valid GTIN-13 (商品条码) with one of China's prefixes, 690 to 699, one for each maker and item. */
export function demoGtin(maker: number, item: number): string {
  const body = `69${maker % 10}${String(30_517 + maker * 131).padStart(5, "0")}${String(item + 1).padStart(4, "0")}`;
  return body + String(checkDigit(body));
}

/** The code on a case of such goods (箱码): the same number with packaging indicator 1. */
export function demoCase(maker: number, item: number): string {
  const body = `1${demoGtin(maker, item).slice(0, 12)}`;
  return body + String(checkDigit(body));
}
