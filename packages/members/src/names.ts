import { pinyinForms } from "@yihao/kernel/pinyin";

/** Where a name stands in lists: its pinyin, at most 60 letters; `~` when it has none. */
export function nameOrder(name: string): string {
  return pinyinForms(name)[0].slice(0, 60) || "~";
}

/** Towns and provinces that a registered name begins with, and which nobody types. */
const place = /^(?:\p{Script=Han}{2,3}?[省市区县])+/u;

/**
 * The texts a company is found by: its code, the name's pinyin in full and by initials (拾穗家居 → shisuijiaju, ssjj), also
 * without the place it begins with, and the name itself.
 */
export function searchTexts(company: { readonly name: string; readonly code?: string | undefined }): string[] {
  const short = company.name.replace(place, "");
  const forms = [...new Set([company.name, short])].filter(Boolean).flatMap(pinyinForms);
  return [...(company.code ? [company.code] : []), ...forms, short, company.name];
}
