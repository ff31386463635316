import type { InvoiceRow } from "@yihao/billing/model";
import { monthTitle } from "../../format.ts";
import { dictionary } from "../../i18n.ts";

/** Words of what a bill is for where a company has several of a month (单独出账). */
export const partWords = dictionary({
  zh: {
    parts: { space: "空间", rent: "房租", goods: "云仓" },
    way: "出账方式",
    ways: { joint: "合并一张", separate: "分开出账" },
    waySay: "以后房租、云仓和空间各一张账单，已经有草稿的月份不变",
    changed: "出账方式已改，从还没有草稿的月份起",
    of: (month: string, part: string) => `${month} · ${part}`,
  },
  en: {
    parts: { space: "Space", rent: "Rent", goods: "Warehouse" },
    way: "Bills of a month",
    ways: { joint: "One bill", separate: "Separate" },
    waySay: "One bill each for rent, warehouse and space from now on. Months with a draft stay as they are",
    changed: "Changed for months that have no draft yet",
    of: (month: string, part: string) => `${month} · ${part}`,
  },
});

/** A bill's month, with what of it the bill is for. */
export function monthOf({ month, part }: Pick<InvoiceRow, "month" | "part">, title = monthTitle): string {
  const t = partWords();
  return part ? t.of(title(month), t.parts[part]) : title(month);
}
