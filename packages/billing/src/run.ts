import { dayOf, daysOfMonth, type Month, monthOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { companyPage } from "@yihao/members/store";
import { digest, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { get } from "@yihao/table/read";
import { overwrite, type Write } from "@yihao/table/write";
import { closeStorageDays } from "@yihao/warehouse/storage";
import { warehousesOf } from "@yihao/warehouse/store";
import { drawInvoice } from "./draw.ts";
import type { BillingRefusal, Run, RunAsked, RunCompany } from "./model.ts";
import { listOpenCharges, runKey, runKind } from "./store.ts";
import { zoneOf } from "./zone.ts";

/**
 * Asks for a month's drafts (生成账单), of all companies or of some. The work is done by reactions, a company at a time, so that it goes on after any crash;
 * how far it is stands in the run. A month that has not begun is refused.
 */
export async function askRun(
  scope: Scope,
  month: Month,
  companies?: readonly CompanyId[],
): Promise<Outcome<Run, BillingRefusal>> {
  if (month > monthOf(dayOf(scope.now, await zoneOf(scope)))) return refuse("run.month-ahead", { month });
  const id = `run_${digest(scope.space, scope.command.id, month).slice(0, 16)}`;
  const run = {
    id,
    month,
    askedAt: scope.now,
    by: actorName(scope),
    total: 0,
    done: 0,
    drawn: 0,
    carried: 0,
    closed: 0,
    nothing: 0,
    listed: false,
  };
  const asked: RunAsked = { run: id, month, ...(companies ? { companies: [...companies] } : {}) };
  const { listed: _listed, ...told } = run;
  const answer: Run = { ...told, state: "running" };
  const outcome = await commit(
    scope,
    [overwrite(runKey(scope, month), runKind, run), happened(scope, "invoice-run.asked", id, asked)],
    { answer },
  );
  return accept(outcome.done ? outcome.answer : answer);
}

/** How many companies a run asks for in one commit. */
const askedAtOnce = 50;

/** Closes the month's storage days, then asks for every company's draft, each once. */
export async function listForRun(scope: Scope, { run, month, companies }: RunAsked): Promise<void> {
  if (!(await isCurrent(scope, run, month))) return;
  const yesterday = plusDays(dayOf(scope.now, await zoneOf(scope)), -1);
  const last = daysOfMonth(month).at(-1) ?? yesterday;
  const [until = last] = [last, yesterday].sort();
  for (const warehouse of await warehousesOf(scope))
    await closeStorageDays(stepOf(scope, warehouse.id), { warehouse: warehouse.id, until });
  const ask = async (ids: readonly CompanyId[]) => {
    const askOf = (company: CompanyId): Write => {
      const data: RunCompany = { run, month, company };
      return happened(stepOf(scope, company), "invoice-run.company", `${run}-${company}`, data);
    };
    const post = (step: string, part: readonly CompanyId[]) =>
      commit(stepOf(scope, step), [count(scope, run, month, { total: part.length }), ...part.map(askOf)], {
        answer: null,
      });
    // Many to a commit. Whoever goes on after a crash, when others have come in between, finds some asked for: then one by one.
    for (let at = 0; at < ids.length; at += askedAtOnce) {
      const part = ids.slice(at, at + askedAtOnce);
      if ((await post(`part ${part[0]}`, part)).done) continue;
      for (const company of part) await post(company, [company]);
    }
  };
  if (companies) await ask(companies as CompanyId[]);
  else {
    const listed = new Set<string>();
    for (let cursor: string | undefined; ; ) {
      const page = await companyPage(scope, { cursor, limit: 100 });
      await ask(page.items.map(({ id }) => id));
      for (const { id } of page.items) listed.add(id);
      if (!page.next) break;
      cursor = page.next;
    }
    await ask(await unlisted(scope, month, listed));
  }
  const listed: Write = { do: "update", key: runKey(scope, month), set: { listed: true }, when: [["id", "=", run]] };
  await commit(stepOf(scope, "listed"), [listed], { answer: null });
}

/** Guests with something on no bill yet: they stand in no list of companies. */
async function unlisted(scope: Scope, month: Month, listed: ReadonlySet<string>): Promise<CompanyId[]> {
  const found = new Set<CompanyId>();
  for (let cursor: string | undefined; ; ) {
    const page = await listOpenCharges(scope, { cursor, limit: 200 });
    for (const charge of page.items)
      if (charge.month <= month && !listed.has(charge.company)) found.add(charge.company);
    if (!page.next) return [...found];
    cursor = page.next;
  }
}

/** Draws one company's bill for a run and counts it there, once. */
export async function drawForRun(scope: Scope, { run, month, company }: RunCompany): Promise<void> {
  if (!(await isCurrent(scope, run, month))) return;
  const drawn = await drawInvoice(scope, company, month);
  await commit(scope, [count(scope, run, month, { done: 1, [drawn]: 1 })], { answer: null });
}

/** A run asked for again takes the place of the one before, whose remaining work is dropped. */
async function isCurrent(scope: Scope, run: string, month: Month): Promise<boolean> {
  return (await get(scope, runKind, runKey(scope, month)))?.id === run;
}

function count(scope: Scope, run: string, month: Month, add: Record<string, number>): Write {
  return { do: "update", key: runKey(scope, month), add, when: [["id", "=", run]], tag: "run" };
}
