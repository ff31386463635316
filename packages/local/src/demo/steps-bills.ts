import { drawInvoice } from "@yihao/billing/draw";
import { finaliseInvoice } from "@yihao/billing/finalise";
import { recordPayment } from "@yihao/billing/payments";
import { headOf, invoiceIdOf } from "@yihao/billing/store";
import { dayOf, type Month, monthOf, plusDays, plusMonths } from "@yihao/kernel/days";
import { plusMinutes } from "@yihao/kernel/span";
import { membersTimers } from "@yihao/members/reactions";
import { chanceOf } from "./chance.ts";
import { at, demoZone, earlier } from "./plan-days.ts";
import { companyId, done, few, mainSpace, platformAt, type Stage, scopeAt, staff } from "./stage.ts";

/** The months that are over and have their bills, older first. */
export function billedMonths({ frame }: Stage): Month[] {
  const months: Month[] = [];
  for (let month = monthOf(frame.first); month < monthOf(frame.today); month = plusMonths(month, 1)) months.push(month);
  return months;
}

/** What the monthly timer of members would have done: allowances of past months expire, coming ones are granted. */
export async function grantMonths(stage: Stage): Promise<void> {
  const monthly = membersTimers.find(({ type }) => type === "members.grant");
  if (!monthly) throw new Error("members has no monthly timer");
  const space = mainSpace(stage);
  for (const month of billedMonths(stage)) {
    const now = at(`${plusMonths(month, 1)}-01`, "00:05");
    if (now > stage.frame.now) return;
    await few(
      stage.companies.filter(({ plan }) => plan),
      4,
      async ({ key }) => {
        const subject = companyId(stage, space, key);
        const due = { id: `demo ${month} ${key}`, space, type: monthly.type, subject, at: now, data: null };
        await monthly.on(platformAt(stage, `grant ${month} ${key}`, now), due);
      },
    );
  }
}

/** Draws a month's bills on the first of the next. */
export async function drawMonth(stage: Stage, month: Month): Promise<void> {
  await stage.drained();
  const space = mainSpace(stage);
  const now = earlier(at(`${plusMonths(month, 1)}-01`, "09:10"), stage.frame.now);
  await few(stage.companies, 4, async ({ key }) => {
    const scope = scopeAt(stage, space, `draw ${month} ${key}`, now, staff(stage, "finance"));
    await drawInvoice(scope, companyId(stage, space, key), month);
  });
}

/** Bills of the newest month that stay drafts, for whoever tries the demo to finalise. */
const leftDrafts = 2;

/** Finalises a month's bills one after the other, so that their numbers follow the companies' order. */
export async function finaliseMonth(stage: Stage, month: Month): Promise<void> {
  const space = mainSpace(stage);
  const newest = billedMonths(stage).at(-1) === month;
  const all = newest ? stage.companies.slice(0, -leftDrafts) : stage.companies;
  for (const [index, { key }] of all.entries()) {
    const now = earlier(plusMinutes(at(`${plusMonths(month, 1)}-01`, "10:00"), index * 2), stage.frame.now);
    const scope = scopeAt(stage, space, `finalise ${month} ${key}`, now, staff(stage, "finance"));
    const id = invoiceIdOf(scope, companyId(stage, space, key), month);
    const head = await headOf(scope, id);
    if (!head || (head.state === "draft" && head.totalMinor <= 0)) continue;
    await done(scope, await finaliseInvoice(scope, id));
  }
}

/** Records what companies paid of a month's bills by bank transfer: most all of it, some a part, some nothing yet. */
export async function payMonth(stage: Stage, month: Month): Promise<void> {
  const space = mainSpace(stage);
  const newest = billedMonths(stage).at(-1) === month;
  const first = `${plusMonths(month, 1)}-01`;
  await few([...stage.companies.entries()], 4, async ([index, { key }]) => {
    const chance = chanceOf(`pay ${month} ${key}`);
    const fate = chance.next();
    const now = at(
      plusDays(first, chance.whole(2, newest ? 14 : 16)),
      `${10 + (index % 7)}:${10 + chance.whole(0, 49)}`,
    );
    const [nothing, part] = newest ? [0.22, 0.32] : [0.06, 0.12];
    if (fate < nothing || now > stage.frame.now) return;
    const scope = scopeAt(stage, space, `pay ${month} ${key}`, now, staff(stage, "finance"));
    const company = companyId(stage, space, key);
    const head = await headOf(scope, invoiceIdOf(scope, company, month));
    if (!head?.number) return;
    const amountMinor = fate < part ? Math.floor(head.totalMinor / 20_000) * 10_000 : head.totalMinor;
    if (amountMinor <= 0) return;
    const reference = `${dayOf(now, demoZone).replaceAll("-", "")}${String(chance.whole(100_000, 999_999))}${index}`;
    const invoices = [{ invoice: head.id, amountMinor }];
    const wish = {
      company,
      amountMinor,
      way: "transfer",
      reference,
      receivedOn: dayOf(now, demoZone),
      invoices,
    } as const;
    await done(scope, await recordPayment(scope, { ...wish, invoices }));
  });
}
