import type { BillPart } from "./model.ts";

/** What a bill is called by the part of a month that it is for (单独出账), on paper and in letters. */
export const partNames: Readonly<Record<"zh" | "en", Readonly<Record<BillPart, string>>>> = {
  zh: { space: "空间", rent: "房租", goods: "云仓" },
  en: { space: "space", rent: "rent", goods: "warehouse" },
};
