import { type Day, dayOf, instantOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { agreementsOf } from "./agreement-store.ts";
import { companyForChange, filled } from "./company-actions.ts";
import { today, zoneOf } from "./days.ts";
import { exitLines, mayTick, openItems } from "./exit.ts";
import {
  abandonReminders,
  type ExitAsked,
  type ExitItem,
  type ExitList,
  type ExitMark,
  type ExitSettings,
  type ExitView,
} from "./exit-model.ts";
import {
  changeList,
  exitKey,
  exitKind,
  exitOf,
  exitRow,
  exitSettingsKey,
  exitSettingsKind,
  exitSettingsOf,
  noExitRow,
} from "./exit-store.ts";
import type { Company, EntryChange, Exit, MembersRefusal } from "./model.ts";
import { companyOf, saveWrites } from "./store.ts";

type Refusal = "missing" | "stale" | MembersRefusal;
const tries = 20;
/** How far ahead an exit may be planned. */
const aheadDays = 366;

/** The event that asks the rooms which keep goods and money of a company what they keep. */
function asked(scope: Scope, list: ExitList): Write {
  const data: ExitAsked = { company: list.company, exit: list.id, ask: list.ask };
  return happened(scope, "exit.asked", list.id, data, { seed: String(list.ask) });
}

async function viewOf(scope: Scope, list: Stored<ExitList>, company: Company): Promise<ExitView> {
  return { ...list, lines: exitLines(list, company, await agreementsOf(scope, list.company)) };
}

/** A company's exit list with every item as it stands, when it leaves or left. */
export async function readExit(scope: Scope, id: CompanyId): Promise<Outcome<ExitView, "missing">> {
  const [company, list] = await Promise.all([companyOf(scope, id), exitOf(scope, id)]);
  return company && list && list.state !== "stopped" ? accept(await viewOf(scope, list, company)) : refuse("missing");
}

async function dayFault(scope: Scope, on: Day): Promise<Outcome<null, MembersRefusal>> {
  const day = await today(scope);
  const [earliest, latest] = [plusDays(day, -31), plusDays(day, aheadDays)];
  return on < earliest || on > latest ? refuse("exit.day", { earliest, latest }) : accept(null);
}

/** Plans a company's exit (退驻): its day and reason, and the list of what must be settled. Goods and money are asked for at once. */
export async function planExit(scope: Scope, id: CompanyId, wish: Exit): Promise<Outcome<ExitView, Refusal>> {
  const may = await dayFault(scope, wish.on);
  if (!may.ok) return may;
  const exit = filled(wish);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [before, last] = await Promise.all([companyForChange(scope, id), exitOf(scope, id)]);
    if (!before) return refuse("missing");
    if (before.state === "left") return refuse("company.left");
    if (before.exit) return refuse("exit.planned", { on: before.exit.on });
    const { rev: _, ...company } = before;
    const list: ExitList = {
      ...exit,
      id: idFor(scope, "ext"),
      company: id,
      state: "open",
      at: scope.now,
      ask: 1,
    };
    const after: Company = { ...company, exit };
    const outcome = await commit(
      scope,
      [
        ...saveWrites(scope, before, after),
        last
          ? replace(exitKey(scope, id), exitKind, list, last.rev, "exit")
          : insert(exitKey(scope, id), exitKind, list, "exit"),
        exitRow(scope, { company: id, on: exit.on, what: "leaving", reason: exit.reason }),
        happened(scope, "exit.planned", id, { company: id, exit: list.id, ...exit }),
        asked(scope, list),
      ],
      { answer: { ...list, rev: (last?.rev ?? 0) + 1 } },
    );
    if (outcome.done) return accept(await viewOf(scope, outcome.answer, after));
  }
  return refuse("stale");
}

/** Changes the day or reason of an exit that is under way, as its list was read at `rev`. */
export async function changeExit(
  scope: Scope,
  id: CompanyId,
  wish: Exit,
  rev: number,
): Promise<Outcome<ExitView, Refusal>> {
  const may = await dayFault(scope, wish.on);
  if (!may.ok) return may;
  const [before, stored] = await Promise.all([companyForChange(scope, id), exitOf(scope, id)]);
  if (!before || stored?.state !== "open") return refuse("missing");
  if (stored.rev !== rev) return refuse("stale", { current: stored.rev });
  const exit = filled(wish);
  const { rev: _, note: _old, ...list } = stored;
  const after: ExitList = { ...list, ...exit };
  const { rev: _rev, ...company } = before;
  const { on, reason } = list;
  const outcome = await commit(
    scope,
    [
      ...saveWrites(scope, before, { ...company, exit }),
      changeList(scope, stored, exit, exit.note ? [] : ["note"]),
      ...(on === exit.on ? [] : [noExitRow(scope, { company: id, on, what: "leaving" })]),
      exitRow(scope, { company: id, on: exit.on, what: "leaving", reason: exit.reason }),
      happened(scope, "exit.changed", id, { company: id, exit: list.id, before: { on, reason }, after: exit }),
    ],
    { answer: { ...after, rev: rev + 1 } },
  );
  if (!outcome.done)
    return refuse("stale", { current: Number(outcome.lost.exit?.rev ?? outcome.lost.stale?.rev ?? 0) });
  return accept(await viewOf(scope, outcome.answer, { ...company, exit }));
}

/** Ticks an item, waives it with a reason, or opens it again, as the list was read at `rev`. What reads itself cannot be ticked. */
export async function markExit(
  scope: Scope,
  id: CompanyId,
  item: ExitItem,
  { how, note }: ExitMark,
  by: { readonly name: string },
  rev: number,
): Promise<Outcome<ExitView, Refusal>> {
  const [company, stored] = await Promise.all([companyOf(scope, id), exitOf(scope, id)]);
  if (!company || stored?.state !== "open") return refuse("missing");
  if (stored.rev !== rev) return refuse("stale", { current: stored.rev });
  if (how === "done" && !mayTick(item)) return refuse("exit.reads-itself", { item });
  if (how === "waived" && !note) return refuse("exit.why", { item });
  const { rev: _, ...list } = stored;
  const { [item]: _was, ...others } = list.marks ?? {};
  const mark = { at: scope.now, by: actorName(scope), byName: by.name, ...(note ? { note } : {}) };
  const marks = how === "open" ? others : { ...others, [item]: { how, ...mark } };
  const after: ExitList = { ...list, marks };
  const outcome = await commit(
    scope,
    [
      changeList(scope, stored, { marks }),
      happened(scope, "exit.marked", id, { company: id, item, how, ...(note ? { note } : {}) }, { seed: item }),
    ],
    { answer: { ...after, rev: rev + 1 } },
  );
  if (!outcome.done) return refuse("stale", { current: Number(outcome.lost.exit?.rev ?? 0) });
  return accept(await viewOf(scope, outcome.answer, company));
}

/** Asks again what a company has in store and owes; the answers come with the stream. Nothing is asked when no exit is under way. */
export async function askAgain(scope: Scope, id: CompanyId): Promise<Outcome<null, Refusal>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const stored = await exitOf(scope, id);
    if (!stored || stored.state === "stopped") return refuse("missing");
    const { rev, ...list } = stored;
    const after: ExitList = { ...list, ask: list.ask + 1 };
    // The question changes nothing that anybody edits, so the revision that they read stays good.
    const update: Write = {
      do: "update",
      key: exitKey(scope, id),
      set: { ask: after.ask },
      when: [
        ["rev", "=", rev],
        ["ask", "=", list.ask],
      ],
      tag: "exit",
    };
    if ((await commit(scope, [update, asked(scope, after)], { answer: null })).done) return accept(null);
  }
  return refuse("stale");
}

/** Gives up an exit that was planned: the company stays. */
export async function stopExit(scope: Scope, id: CompanyId): Promise<Outcome<null, Refusal>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [before, stored] = await Promise.all([companyForChange(scope, id), exitOf(scope, id)]);
    if (!before || stored?.state !== "open") return refuse("missing");
    const { rev: _, exit: _exit, ...company } = before;
    const outcome = await commit(
      scope,
      [
        ...saveWrites(scope, before, company),
        changeList(scope, stored, { state: "stopped" }),
        noExitRow(scope, { company: id, on: stored.on, what: "leaving" }),
        happened(scope, "exit.stopped", id, { company: id, exit: stored.id }),
      ],
      { answer: null },
    );
    if (outcome.done) return accept(null);
  }
  return refuse("stale");
}

/**
 * Lets a company go (退驻完成) on or after its day, when every item is clear, done or waived: `exit.open-items`. Goods that are left behind wait for
 * their owner as the space's rule says; what is known of its people is erased when the law lets it be.
 */
export async function completeExit(scope: Scope, id: CompanyId): Promise<Outcome<Stored<Company>, Refusal>> {
  const [settings, zone] = await Promise.all([exitSettingsOf(scope), zoneOf(scope)]);
  const day = dayOf(scope.now, zone);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [before, stored] = await Promise.all([companyForChange(scope, id), exitOf(scope, id)]);
    if (!before || stored?.state !== "open") return refuse("missing");
    if (stored.on > day) return refuse("exit.early", { on: stored.on });
    const { lines } = await viewOf(scope, stored, before);
    const open = openItems(lines);
    if (open.length > 0) return refuse("exit.open-items", { items: open });
    const { rev: read, ...company } = before;
    const goods = stored.goods?.units ?? 0;
    const abandonOn = goods > 0 ? plusDays(stored.on, settings.goodsDays) : undefined;
    const waived = lines.filter(({ state }) => state === "waived").map(({ item }) => item);
    const after: Company = { ...company, state: "left" };
    const at = (when: Day) => instantOf(when, "09:00", zone);
    const letters = abandonOn ? [stored.on, ...abandonReminders.map((days) => plusDays(abandonOn, -days))] : [];
    const outcome = await commit(
      scope,
      [
        ...saveWrites(scope, before, after),
        changeList(scope, stored, { state: "done", ...(abandonOn ? { abandonOn } : {}) }, [], true),
        noExitRow(scope, { company: id, on: stored.on, what: "leaving" }),
        happened(scope, "company.left", id, { company: id, on: stored.on, reason: stored.reason, waived, goods }),
        ...[...new Set(letters)].map((when) =>
          dueAt(scope, laterOf(at(when), scope.now), "members.goods-letter", id, { abandonOn }),
        ),
        ...(abandonOn
          ? [dueAt(scope, laterOf(at(abandonOn), scope.now), "members.goods-abandoned", id, { abandonOn })]
          : []),
        dueAt(scope, at(plusDays(stored.on, settings.retentionDays)), "members.erase", id, { on: stored.on }),
      ],
      { answer: { ...after, rev: read + 1 } },
    );
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("stale");
}

const laterOf = (a: string, b: string) => (a > b ? a : b);

/** Takes a company that left in again (重新入驻). One whose people were forgotten is added anew instead. */
export async function takeInAgain(
  scope: Scope,
  id: CompanyId,
  { since, ...entry }: EntryChange,
): Promise<Outcome<Stored<Company>, Refusal>> {
  const latest = await today(scope);
  if (since > latest) return refuse("company.entry-day", { latest });
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [before, stored] = await Promise.all([companyForChange(scope, id), exitOf(scope, id)]);
    if (!before) return refuse("missing");
    if (before.state !== "left") return refuse("company.not-left");
    if (before.erasedAt) return refuse("company.erased");
    const { rev, exit, ...company } = before;
    const after: Company = { ...company, state: "active", since, entry: filled(entry) };
    const abandoned = stored?.abandonOn;
    const outcome = await commit(
      scope,
      [
        ...saveWrites(scope, before, after),
        ...(stored ? [changeList(scope, stored, { state: "stopped" })] : []),
        ...(abandoned ? [noExitRow(scope, { company: id, on: abandoned, what: "goods" })] : []),
        happened(scope, "company.returned", id, { company: id, since, ...filled(entry), left: exit?.on ?? null }),
      ],
      { answer: { ...after, rev: rev + 1 } },
    );
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("stale");
}

/** Sets how long goods wait and what is known of people is kept, as it was read at `rev`, 0 for the first time. Exits that are done keep their own days. */
export async function changeExitSettings(
  scope: Scope,
  settings: ExitSettings,
  rev: number,
): Promise<Outcome<Stored<ExitSettings>, "stale">> {
  const { rev: current, ...before } = await exitSettingsOf(scope);
  if (current !== rev) return refuse("stale", { current });
  const key = exitSettingsKey(scope);
  const outcome = await commit(
    scope,
    [
      rev === 0 ? insert(key, exitSettingsKind, settings, "stale") : replace(key, exitSettingsKind, settings, rev),
      happened(scope, "exit-settings.changed", "exit-settings", { before, after: settings }),
    ],
    { answer: { ...settings, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}
