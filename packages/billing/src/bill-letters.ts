import type { Letter } from "@yihao/identity/mail";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { daySaid, type From, letter } from "@yihao/members/letters";
import { mailingAll, senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { readersOf } from "./bill-readers.ts";
import type { BillingRefusal, InvoiceMailed } from "./model.ts";
import { openOf } from "./open.ts";
import { partNames } from "./part-words.ts";
import { type Head, headOf, settingsOf } from "./store.ts";

const yuan = (minor: number) => `¥${(minor / 100).toFixed(2)}`;

/** That a bill was issued (账单已出): how much, until when, and where it is seen, printed and paid. */
export function billLetter(to: string, from: From, bill: Head, link: string): Letter {
  const { number = "", month, part, companyName, dueOn } = bill;
  const due = dueOn ? daySaid(dueOn, from.language) : "";
  const open = openOf(bill);
  if (from.language === "en")
    return letter(
      to,
      from,
      {
        subject: `Bill ${number} of ${from.space}: ${yuan(bill.totalMinor)}`,
        lines: [
          `Bill ${number} of ${companyName} for ${month}${part ? ` (${partNames.en[part]})` : ""} comes to ${yuan(bill.totalMinor)}, tax included.`,
          open > 0 ? `${yuan(open)} is to be paid by ${due}.` : "Nothing of it is open.",
          "Its lines, the PDF and ways to pay are on its page.",
        ],
        action: "See the bill",
      },
      link,
    );
  return letter(
    to,
    from,
    {
      subject: `${from.space}账单 ${number}，${yuan(bill.totalMinor)}`,
      lines: [
        `${companyName} ${month} 的${part ? partNames.zh[part] : ""}账单 ${number} 已出，含税共 ${yuan(bill.totalMinor)}。`,
        open > 0 ? `${due}前付 ${yuan(open)}。` : "没有要付的。",
        "明细、PDF 和付款都在账单页上。",
      ],
      action: "看账单",
    },
    link,
  );
}

/** Whether a bill is written of: a company's, not a guest's, who has a receipt, and not one taken over from old books. */
async function readers(scope: Scope, bill: Head): Promise<string[]> {
  const company = bill.opening ? undefined : await companyOf(scope, bill.company as CompanyId);
  return company && company.kind !== "guest" ? readersOf(scope, company) : [];
}

async function write(scope: Scope, bill: Head, to: readonly string[]) {
  const from = await senderOf(scope);
  const link = `/s/${scope.space}/my/bills/${bill.id}`;
  const told: InvoiceMailed = {
    invoice: bill.id,
    number: bill.number ?? "",
    company: bill.company,
    readers: to.length,
  };
  const letters = to.map((one) => billLetter(one, from, bill, link));
  await commit(scope, [happened(scope, "invoice.mailed", bill.company, told), ...mailingAll(scope, letters)], {
    answer: told,
  });
  return told;
}

/** Writes to whom a bill is for once it is finalised, unless the space sends none; heard again it writes nothing more. */
export async function mailFinalised(scope: Scope, invoice: string): Promise<void> {
  const [bill, settings] = await Promise.all([headOf(scope, invoice), settingsOf(scope)]);
  if (!bill || bill.state === "draft" || settings.mailBills === false) return;
  const to = await readers(scope, bill);
  if (to.length > 0) await write(scope, bill, to);
}

/** Writes of a bill once more (再发一次), whatever the settings say. Refused as `missing`, `invoice.draft`, and `invoice.no-reader` when the company has named nobody. */
export async function mailBill(
  scope: Scope,
  invoice: string,
): Promise<Outcome<InvoiceMailed, BillingRefusal | "missing">> {
  const bill = await headOf(scope, invoice);
  if (!bill) return refuse("missing");
  if (bill.state === "draft") return refuse("invoice.draft");
  const to = await readers(scope, bill);
  return to.length > 0 ? accept(await write(scope, bill, to)) : refuse("invoice.no-reader");
}
