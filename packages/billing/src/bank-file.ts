import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { dayIn, minorIn, plain } from "@yihao/members/cells";
import { type BankEntry, type BankFault, bankRowsMost } from "./bank-model.ts";
import type { BillingRefusal } from "./model.ts";

/** How banks head the columns (工行, 建行, 招行 and others), as far as they matter here. */
const headings = {
  day: ["交易日期", "交易时间", "记账日期", "入账日期", "日期", "date"],
  amount: ["贷方发生额", "贷方金额", "贷方发生额（收入）", "收入金额", "收入", "贷方", "credit", "amount"],
  outgoing: ["借方发生额", "借方金额", "借方发生额（支取）", "支出金额", "支出", "借方", "debit"],
  payer: ["对方户名", "对方名称", "付款人名称", "付款人", "对方单位", "payer", "counterparty"],
  reference: ["交易流水号", "流水号", "银行流水号", "凭证号", "凭证号码", "交易号", "reference"],
  remark: ["摘要", "附言", "用途", "备注", "remark", "description"],
} as const;
type Column = keyof typeof headings;
/** Banks put their own lines above the table; the head stands within these. */
const headWithin = 20;

const bare = (cell: string) => plain(cell).replace(/[\s*:：()（）]|\(?元\)?$/g, "");
const known = (Object.keys(headings) as Column[]).map(
  (column) => [column, new Set<string>(headings[column].map(bare))] as const,
);
const columnsOf = (row: readonly string[]) => row.map((cell) => known.find(([, names]) => names.has(bare(cell)))?.[0]);

type Entered = BankEntry & { readonly row: number };
export type BankFile = { readonly entries: Entered[]; readonly faults: BankFault[]; readonly outgoing: number };

/**
 * Reads a bank's file: finds the head, and of each row the money that came in. Rows of money that went out are counted and left; a row whose day, amount or reference
 * cannot be read is a fault and read by nobody. Refused as `bank.heading` when there is no head with day, amount and reference, `bank.empty` and `bank.too-many`.
 */
export function readBankFile(table: readonly (readonly string[])[]): Outcome<BankFile, BillingRefusal> {
  const at = table.slice(0, headWithin).findIndex((row) => {
    const columns = columnsOf(row);
    return columns.includes("day") && columns.includes("amount") && columns.includes("reference");
  });
  if (at < 0) return refuse("bank.heading");
  const columns = columnsOf(table[at] ?? []);
  const body = table
    .map((cells, index) => ({ cells, row: index + 1 }))
    .slice(at + 1)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (body.length === 0) return refuse("bank.empty");
  if (body.length > bankRowsMost) return refuse("bank.too-many", { most: bankRowsMost });
  const entries: Entered[] = [];
  const faults: BankFault[] = [];
  let outgoing = 0;
  for (const { cells, row } of body) {
    const cell = (column: Column) =>
      cells
        .filter((_, place) => columns[place] === column)
        .map((text) => text.replace(/^'/, "").trim())
        .filter((text) => text !== "");
    const [day = "", amount = "", reference = ""] = [cell("day")[0], cell("amount")[0], cell("reference")[0]];
    if (amount === "" || /^-?0*(\.0+)?$/.test(amount) || amount.startsWith("-")) {
      if (cell("outgoing").length > 0 || amount.startsWith("-")) outgoing += 1;
      continue;
    }
    const read = {
      day: dayIn(day.split(/[ T]/)[0] ?? "") ?? compact(day),
      amountMinor: minorIn(amount.replace(/^\+/, "")),
    };
    const fault = (what: BankFault["what"], value: string) => faults.push({ row, what, value: value.slice(0, 60) });
    if (!read.day) fault("day", day);
    else if (!read.amountMinor) fault("amount", amount);
    else if (reference === "" || reference.length > 60) fault("reference", reference);
    else
      entries.push({
        ...{ row, day: read.day, amountMinor: read.amountMinor, reference },
        payer: (cell("payer")[0] ?? "").slice(0, 120),
        remark: cell("remark").join(" ").slice(0, 200),
      });
  }
  return accept({ entries, faults, outgoing });
}

/** A day as banks also write it: 20261123, with or without a time behind it. */
function compact(text: string): string | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})/.exec(text);
  return found ? dayIn(`${found[1]}-${found[2]}-${found[3]}`) : undefined;
}
