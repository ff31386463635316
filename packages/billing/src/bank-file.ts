import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { dayIn, minorIn, plain } from "@yihao/members/cells";
import { type BankEntry, type BankFault, bankRowsMost } from "./bank-model.ts";
import type { BillingRefusal } from "./model.ts";

/** How banks head the columns (工行, 建行, 招行 and others), as far as they matter here. */
const headings = {
  day: ["交易日期", "交易时间", "记账日期", "入账日期", "日期", "date"],
  amount: ["贷方发生额", "贷方金额", "贷方发生额（收入）", "收入金额", "收入", "贷方", "credit", "amount"],
  outgoing: ["借方发生额", "借方金额", "借方发生额（支取）", "支出金额", "支出", "借方", "debit"],
  /** One column for both ways, with another that says which (借贷标志). */
  either: ["交易金额", "发生额", "金额"],
  way: ["借贷标志", "借贷方向", "借贷", "收支标志", "收支方向", "收支", "收/支", "借/贷", "dr/cr", "direction"],
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

/** Whether money came in or went out by what the bank's own column says: 贷 and 收 are in, since it is the bank's book. Undefined for what says neither. */
function wayOf(text: string): "in" | "out" | undefined {
  const said = plain(text);
  if (/^(贷|收|入|进|c$|cr|credit|in)/.test(said)) return "in";
  return /^(借|支|付|出|d$|dr|debit|out)/.test(said) ? "out" : undefined;
}

type Entered = BankEntry & { readonly row: number };
export type BankFile = { readonly entries: Entered[]; readonly faults: BankFault[]; readonly outgoing: number };

/**
 * Reads a bank's file: finds the head, and of each row the money that came in. Where one column has both ways another says which, and money whose way it does not say is a fault, never taken for some that came in. Rows of money
 * that went out are counted and left; a row whose day, amount or reference cannot be read is a fault and read by nobody. Refused as `bank.heading` when there is no head with day, amount and reference, `bank.empty` and `bank.too-many`.
 */
export function readBankFile(table: readonly (readonly string[])[]): Outcome<BankFile, BillingRefusal> {
  const at = table.slice(0, headWithin).findIndex((row) => {
    const columns = columnsOf(row);
    const money = columns.includes("amount") || (columns.includes("either") && columns.includes("way"));
    return columns.includes("day") && money && columns.includes("reference");
  });
  if (at < 0) return refuse("bank.heading");
  const columns = columnsOf(table[at] ?? []);
  const told = columns.includes("way");
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
    const [day = "", reference = ""] = [cell("day")[0], cell("reference")[0]];
    const amount = cell("amount")[0] ?? (told ? cell("either")[0] : undefined) ?? "";
    const way = told ? wayOf(cell("way")[0] ?? "") : "in";
    const nothing = amount === "" || /^-?0*(\.0+)?$/.test(amount);
    if (way === "out" && !nothing) {
      outgoing += 1;
      continue;
    }
    if (nothing || amount.startsWith("-")) {
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
    else if (!way) fault("way", cell("way")[0] ?? "");
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
