import { mailing } from "@yihao/identity/mail";
import { membershipOf } from "@yihao/identity/store";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { today } from "@yihao/members/days";
import { senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { insert, type Write } from "@yihao/table/write";
import { isFor, isShown } from "./announcement.ts";
import { announcementOf, ended, standing } from "./announcement-store.ts";
import type { ComingState, EventFacts, EventTold, Registration } from "./event-model.ts";
import { registrationKey, registrationKind, registrationOf, registrationsOf, seatsWrite } from "./event-store.ts";
import { seatedLetter } from "./letters.ts";
import type { CommunityRefusal } from "./model.ts";

type Refusal = "missing" | "busy" | CommunityRefusal;
const tries = 40;

/** The event that a company's person may register for or leave now. */
async function openEvent(scope: Scope, id: string): Promise<Outcome<EventFacts, Refusal>> {
  const [one, day] = await Promise.all([announcementOf(scope, id), today(scope)]);
  const own = ownCompany(scope);
  if (!one?.event || own === undefined || !isShown(one, day) || !isFor(one, [own])) return refuse("missing");
  return one.event.from <= scope.now ? refuse("event.begun") : accept(one.event);
}

const told = (scope: Scope, type: string, id: string, { person, company, state }: EventTold): Write =>
  happened(scope, type, id, { person, company, state }, { seed: `${person} ${scope.now}` });

/**
 * Registers whoever asks for an event (报名): with a seat while there is one, otherwise they wait for one; the count of seats stands in the commit, so that no more have one than there are. Again it changes nothing.
 * Refused: `missing`, `event.begun`.
 */
export async function register(
  scope: Scope,
  id: string,
  { name }: { readonly name: string },
): Promise<Outcome<Stored<Registration>, Refusal>> {
  const person = actorName(scope) as PersonId;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const [open, before] = await Promise.all([openEvent(scope, id), registrationOf(scope, id, person)]);
    if (!open.ok) return open;
    if (before) return accept(before);
    const company = ownCompany(scope);
    const companyName = company && (await companyOf(scope, company, { consistent: false }))?.name;
    if (!company || companyName === undefined) return refuse("missing");
    for (const state of ["coming", "waiting"] as const) {
      const made: Registration = { person, name, company, companyName, at: scope.now, state };
      const done = await commit(
        stepOf(scope, `${state} ${attempt}`),
        [
          insert(registrationKey(scope, id, person), registrationKind, made, "registration"),
          state === "coming"
            ? seatsWrite(scope, id, { coming: 1 }, open.value.seats)
            : seatsWrite(scope, id, { waiting: 1 }),
          told(scope, "event.registered", id, made),
        ],
        { answer: { ...made, rev: 1 } as Stored<Registration> },
      );
      if (done.done) return accept(done.answer);
      if ("registration" in done.lost) break;
    }
    await giveWay(scope, attempt);
  }
  return refuse("busy");
}

/** Whoever asks does not come after all; whoever waited first has the seat, as the stream tells. Refused: `missing`, also for who is not registered, and `event.begun`. */
export async function leaveEvent(scope: Scope, id: string): Promise<Outcome<null, Refusal>> {
  const person = actorName(scope);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const [open, mine] = await Promise.all([openEvent(scope, id), registrationOf(scope, id, person)]);
    if (!open.ok) return open;
    if (!mine) return refuse("missing");
    const gone: Write[] = [
      {
        ...{ do: "delete", key: registrationKey(scope, id, person), tag: "registration" },
        when: [["rev", "=", mine.rev]],
      },
      seatsWrite(scope, id, { [mine.state]: -1 }),
      told(scope, "event.left", id, mine),
    ];
    if ((await commit(stepOf(scope, `leave ${attempt}`), gone, { answer: null })).done) return accept(null);
    await giveWay(scope, attempt);
  }
  return refuse("busy");
}

/** Gives seats that are free to those who wait, in the order in which they came, with a letter each. Safe to run again and by several at once. */
export async function seatWaiting(scope: Scope, id: string): Promise<void> {
  const one = await announcementOf(scope, id);
  if (!one?.event || one.event.from <= scope.now) return;
  const waiting = (await registrationsOf(scope, id)).filter(({ state }) => state === "waiting");
  for (const next of waiting) {
    const member = await membershipOf(scope, next.person);
    const letter =
      member && seatedLetter(member.email, await senderOf(scope), one, `/s/${scope.space}/my/notices/${id}`);
    const step = stepOf(scope, `seat ${next.person}`);
    const unsigned: Scope = { ...step, command: { ...step.command, id: `auto:${step.command.id}` } };
    const done = await commit(
      unsigned,
      [
        {
          ...{ do: "update", key: registrationKey(scope, id, next.person), set: { state: "coming" as ComingState } },
          ...{ add: { rev: 1 }, when: [["rev", "=", next.rev]], tag: "registration" },
        },
        seatsWrite(scope, id, { coming: 1, waiting: -1 }, one.event.seats),
        told(unsigned, "event.seated", id, { ...next, state: "coming" }),
        ...(letter ? [mailing(unsigned, letter)] : []),
      ],
      { answer: null },
    );
    if (!done.done && "seats" in done.lost) return;
  }
}

/** Notes that somebody with a seat was seen at the event (签到), or takes that back. Refused: `missing`. */
export async function markCame(
  scope: Scope,
  id: string,
  person: string,
  came: boolean,
): Promise<Outcome<Stored<Registration>, Refusal>> {
  const found = await registrationOf(scope, id, person);
  if (found?.state !== "coming") return refuse("missing");
  const { cameAt, ...rest } = found;
  const seen = cameAt ?? scope.now;
  const after: Stored<Registration> = { ...rest, ...(came ? { cameAt: seen } : {}), rev: found.rev + 1 };
  const write: Write = {
    ...{ do: "update", key: registrationKey(scope, id, person), add: { rev: 1 }, tag: "registration" },
    ...(came ? { set: { cameAt: seen } } : { remove: ["cameAt"] }),
    when: [["rev", "=", found.rev]],
  };
  const done = await commit(scope, [write], { answer: after });
  return done.done ? accept(done.answer) : refuse("busy");
}

/** Every announcement with an event, those that are over too; there are never many. */
async function allEvents(scope: Scope): Promise<string[]> {
  const day = await today(scope);
  const rows = await standing(scope, day);
  for (let cursor: string | undefined; ; ) {
    const page = await ended(scope, day, { cursor, limit: 100 });
    rows.push(...page.items);
    if (!page.next) return rows.flatMap(({ id, event }) => (event ? [id] : []));
    cursor = page.next;
  }
}

/** Changes the registrations of a company's people for all events: under another company's name, or under no name of their own. Safe to run again. */
export async function changeRegistrations(
  scope: Scope,
  company: CompanyId,
  set: Partial<Pick<Registration, "name" | "company" | "companyName">>,
): Promise<void> {
  for (const id of await allEvents(scope))
    for (const { person, company: of } of await registrationsOf(scope, id)) {
      if (of !== company) continue;
      const key = registrationKey(scope, id, person);
      const write: Write = { do: "update", key, set, add: { rev: 1 }, when: [["company", "=", company]], tag: "moved" };
      const step = stepOf(scope, `${id} ${person}`);
      await commit({ ...step, command: { ...step.command, id: `auto:${step.command.id}` } }, [write], { answer: null });
    }
}

/** Everybody who registered for an event, for staff. Refused: `missing`. */
export async function seeRegistrations(scope: Scope, id: string): Promise<Outcome<Stored<Registration>[], Refusal>> {
  const one = await announcementOf(scope, id);
  return one?.event ? accept(await registrationsOf(scope, id)) : refuse("missing");
}
