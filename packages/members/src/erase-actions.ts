import { plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type Event, happened, redactEvents } from "@yihao/table/event";
import { overwrite } from "@yihao/table/write";
import { companyForChange } from "./company-actions.ts";
import { today } from "./days.ts";
import { removal } from "./document-actions.ts";
import { documentsOf } from "./document-store.ts";
import { changeList, exitOf, exitSettingsOf } from "./exit-store.ts";
import { personalFacts } from "./facts.ts";
import { withoutPeople } from "./lead-stage.ts";
import { leadOf, saveLead } from "./lead-store.ts";
import type { Company } from "./model.ts";
import { companyOf, saveWrites, subscriptionKey, subscriptionKind, subscriptionsOf } from "./store.ts";

/** A company without what it says of people: its name, code, kind and industry stay, since bills name them. */
export function impersonal(company: Company, now: string): Company {
  const gone = new Set<string>(personalFacts);
  const kept = Object.entries(company).filter(([name]) => !gone.has(name));
  const { entry, exit, ...rest } = Object.fromEntries(kept) as Company;
  return {
    ...rest,
    ...(entry ? { entry: { reason: entry.reason } } : {}),
    ...(exit ? { exit: { on: exit.on, reason: exit.reason } } : {}),
    erasedAt: now,
  };
}

const facts = new Set<string>(personalFacts);
const impersonalFacts = (said: unknown) =>
  typeof said === "object" && said !== null
    ? Object.fromEntries(Object.entries(said).filter(([name]) => !facts.has(name) && name !== "entry"))
    : said;

const plainPlan = (plan: unknown) => {
  const { notice, ...kept } = (plan ?? {}) as { notice?: { reason?: string } };
  return notice ? { ...kept, notice: { ...notice, reason: undefined } } : plan;
};
const plainNote = (said: unknown) => (typeof said === "object" && said !== null ? { ...said, note: undefined } : said);

/** An event's data without what it says of people: free words, names and addresses go, ids, days and figures stay. */
export function impersonalEvent({ type, data }: Event): unknown {
  const told = data as Record<string, unknown>;
  const { note: _note, email: _email, name: _name, ...rest } = told;
  const [before, after] = [told.before, told.after];
  switch (type) {
    case "company.changed":
    case "company.registered":
      return { ...told, before: impersonalFacts(before), after: impersonalFacts(after) };
    case "company.person-joined":
    case "company.person-removed":
    case "company.returned":
    case "credits.used":
    case "exit.planned":
    case "exit.marked":
      return rest;
    case "exit.changed":
      return { ...rest, after: plainNote(after) };
    case "document.added":
    case "document.changed":
    case "document.removed": {
      const { before: _was, after: _is, ...kept } = rest;
      return kept;
    }
    default:
      if (!type.startsWith("subscription.")) return data;
      return { ...told, reason: undefined, before: plainPlan(before), after: plainPlan(after) };
  }
}

/**
 * Erases what is known of the people of a company that left (个人信息保护法 第四十七条) once the space's time of keeping is over: contacts, documents but
 * agreements, free words in its history, the lead it came from; identity hears of it and forgets who belonged to it. Bills, agreements and the
 * ledger stay. `asked` does it before that time. Safe to run again; a company that came back is left alone.
 */
export async function eraseCompany(scope: Scope, id: CompanyId, on: string, asked = false): Promise<void> {
  const [company, settings, list, day] = await Promise.all([
    companyForChange(scope, id),
    exitSettingsOf(scope),
    exitOf(scope, id),
    today(scope),
  ]);
  if (company?.state !== "left" || company.erasedAt || company.exit?.on !== on) return;
  if (!asked && plusDays(on, settings.retentionDays) > day) return;
  for (const document of await documentsOf(scope, id))
    if (document.topic !== "agreement")
      await commit(stepOf(scope, document.id), removal(scope, document), { answer: null });
  let lead: string | undefined;
  await redactEvents(scope, id, (event) => {
    if (event.type === "company.added") lead = (event.data as { lead?: string }).lead;
    return impersonalEvent(event);
  });
  for (const other of company.absorbed ?? []) await redactEvents(scope, other, impersonalEvent);
  if (lead) await eraseWon(scope, lead);
  const { rev: _, ...before } = company;
  const after = impersonal(before, scope.now);
  const plans = (await subscriptionsOf(scope, before)).map((one) => {
    const { notice, ...rest } = one;
    return notice ? { ...rest, notice: { on: notice.on, until: notice.until, by: notice.by } } : one;
  });
  const [subscription, next] = [before.subscription, before.next].map((one) =>
    plans.find(({ id: own }) => own === one?.id),
  );
  const marks = Object.entries(list?.marks ?? {}).map(([item, { note: _word, ...mark }]) => [item, mark]);
  await commit(
    stepOf(scope, "company"),
    [
      ...saveWrites(scope, company, {
        ...after,
        ...(subscription ? { subscription } : {}),
        ...(next ? { next } : {}),
      }),
      ...plans.map((plan) => overwrite(subscriptionKey(scope, id, plan.id), subscriptionKind, plan)),
      ...(list ? [changeList(scope, list, { marks: Object.fromEntries(marks) }, ["note"])] : []),
      happened(scope, "company.erased", id, { company: id }),
    ],
    { answer: null },
  );
}

/** Erases from an erased company's history what others told of its people since. */
export async function forgetAgain(scope: Scope, id: CompanyId): Promise<void> {
  if ((await companyOf(scope, id))?.erasedAt) await redactEvents(scope, id, impersonalEvent);
}

/** Erases what a lead said of people that became the company. */
async function eraseWon(scope: Scope, id: string): Promise<void> {
  const before = await leadOf(scope, id);
  if (!before || before.erasedAt) return;
  await redactEvents(scope, id, ({ data }) => {
    const { lead, source, from, to, reason, at, company } = data as Record<string, unknown>;
    return { lead, source, from, to, reason, at, company };
  });
  const { rev: _, ...lead } = before;
  await commit(stepOf(scope, "lead"), saveLead(scope, before, withoutPeople(lead, scope.now)), { answer: null });
}
