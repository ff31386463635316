import { decide, propose } from "@yihao/billing/approvals";
import { creditInvoice } from "@yihao/billing/credit-actions";
import { takeDeposit } from "@yihao/billing/deposits";
import { headOf, invoiceIdOf } from "@yihao/billing/store";
import { dayOf, plusDays, plusMonths } from "@yihao/kernel/days";
import { at, demoZone, earlier } from "./plan-days.ts";
import { companyId, done, mainSpace, type Stage, scopeAt, staff } from "./stage.ts";
import { billedMonths } from "./steps-bills.ts";

/** How many companies left a deposit. */
const withDeposit = 4;

/** What the book-keepers did beside bills: deposits of the first companies, a line taken back of a bill, a deposit given back by two, and one that waits for a second person. */
export async function keepAccounts(stage: Stage): Promise<void> {
  const space = mainSpace(stage);
  const month = billedMonths(stage).at(-1);
  if (!month) return;
  const now = (time: string) => earlier(at(plusDays(`${plusMonths(month, 1)}-01`, 2), time), stage.frame.now);
  const scopeOf = (name: string, time: string, part: "finance" | "owner" = "finance") =>
    scopeAt(stage, space, `accounts ${name}`, now(time), staff(stage, part));
  for (const [index, { key }] of stage.companies.slice(0, withDeposit).entries()) {
    const scope = scopeOf(`deposit ${key}`, `09:1${index}`);
    const on = dayOf(scope.now, demoZone);
    const reference = `YJ${on.replaceAll("-", "")}0${index + 1}`;
    const wish = {
      company: companyId(stage, space, key),
      amountMinor: 200_000,
      way: "transfer",
      reference,
      on,
    } as const;
    await done(scope, await takeDeposit(scope, wish));
  }
  const [first, second] = stage.companies;
  if (first) {
    const scope = scopeOf("credit", "11:00");
    const invoice = invoiceIdOf(scope, companyId(stage, space, first.key), month);
    const head = await headOf(scope, invoice);
    const lines = [{ line: 0, amountMinor: 2_000 }];
    if (head && head.state !== "draft" && head.totalMinor > 2_000)
      await done(scope, await creditInvoice(scope, invoice, { reason: "空调停用一天，减免 20 元", lines }));
  }
  if (second) {
    const company = companyId(stage, space, second.key);
    const scope = scopeOf("return", "14:00");
    const paidOn = dayOf(scope.now, demoZone);
    const wish = {
      kind: "deposit-return",
      company,
      amountMinor: 50_000,
      way: "transfer",
      reference: "TY01",
      paidOn,
    } as const;
    const { id } = await done(scope, await propose(scope, { wish, reason: "少租一个工位，退部分押金" }, "马超群"));
    const owner = scopeOf("approve return", "15:00", "owner");
    await done(owner, await decide(owner, id, "approve"));
    const again = scopeOf("return again", "16:00");
    const next = { ...wish, amountMinor: 30_000, reference: "TY02" };
    await done(again, await propose(again, { wish: next, reason: "再退一部分押金" }, "马超群"));
  }
}
