import { listMembers } from "@yihao/identity/store";
import { instantOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { today, zoneOf } from "@yihao/members/days";
import { mailingAll, senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { checkDays, isFor, isShown } from "./announcement.ts";
import type { Announcement, AnnouncementChange, AnnouncementMailing, NewAnnouncement } from "./announcement-model.ts";
import {
  announcementOf,
  announcementWrites,
  countedWrite,
  readWrites,
  saveAnnouncement,
} from "./announcement-store.ts";
import { announcedLetter } from "./letters.ts";
import type { CommunityRefusal } from "./model.ts";

type Refusal = "missing" | "stale" | CommunityRefusal;
/** People looked at in one chunk of a mailing: their letters and what goes on stay far below a transaction's limits. */
const chunk = 25;
/** When the letters of an announcement to come go out on its first day. */
const mailTime = "08:00";

async function audience(
  scope: Scope,
  companies: AnnouncementChange["companies"],
): Promise<Outcome<AnnouncementChange["companies"], "announcement.audience">> {
  const chosen = companies && [...new Set(companies)];
  const found = await Promise.all((chosen ?? []).map((id) => companyOf(scope, id)));
  return found.every((one) => one !== undefined) ? accept(chosen) : refuse("announcement.audience");
}

const mailing = (scope: Scope, announcement: Announcement["id"], cursor: string | null): Write =>
  happened(scope, "announcement.mailing", announcement, { announcement, cursor } satisfies AnnouncementMailing);

/** Publishes an announcement (公告). Its letters go out at once, or on its first day when that is to come. */
export async function announce(
  scope: Scope,
  by: { readonly name: string },
  { companies, ...facts }: NewAnnouncement,
): Promise<Outcome<Stored<Announcement>, Refusal>> {
  const [day, chosen] = await Promise.all([today(scope), audience(scope, companies)]);
  if (!chosen.ok) return chosen;
  const whom = chosen.value ? { companies: chosen.value } : {};
  const checked = checkDays({ ...facts, ...whom }, day);
  if (!checked.ok) return checked;
  const one: Announcement = { ...checked.value, id: idFor(scope, "ann"), at: scope.now, byName: by.name };
  const { id, title, mail, from } = one;
  const writes: Write[] = [
    ...announcementWrites(scope, one),
    happened(scope, "announcement.published", id, { title, mail }),
  ];
  if (mail && from <= day) writes.push(mailing(scope, id, null));
  if (mail && from > day)
    writes.push(dueAt(scope, instantOf(from, mailTime, await zoneOf(scope)), "community.announce", id));
  const outcome = await commit(scope, writes, { answer: { ...one, rev: 1 } });
  if (!outcome.done) throw new Error(`announcement ${id} is there already`);
  return accept(outcome.answer);
}

async function save(
  scope: Scope,
  before: Stored<Announcement>,
  after: Announcement,
  type: string,
): Promise<Outcome<Stored<Announcement>, "stale">> {
  const told = happened(scope, type, after.id, { title: after.title, from: after.from, until: after.until });
  const outcome = await commit(scope, [...saveAnnouncement(scope, before, after), told], {
    answer: { ...after, rev: before.rev + 1 },
  });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** Changes an announcement as it was read at `rev`. Letters that went out are not sent again. */
export async function changeAnnouncement(
  scope: Scope,
  id: string,
  { companies, ...facts }: AnnouncementChange,
  rev: number,
): Promise<Outcome<Stored<Announcement>, Refusal>> {
  const [before, day, chosen] = await Promise.all([
    announcementOf(scope, id),
    today(scope),
    audience(scope, companies),
  ]);
  if (!before) return refuse("missing");
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  if (!chosen.ok) return chosen;
  const { mail, at, byName } = before;
  const checked = checkDays({ ...facts, ...(chosen.value ? { companies: chosen.value } : {}) }, day);
  if (!checked.ok) return checked;
  return save(scope, before, { ...checked.value, id: before.id, mail, at, byName }, "announcement.changed");
}

/** Takes an announcement down today, as it was read at `rev`; letters that have not gone out are not sent. */
export async function endAnnouncement(
  scope: Scope,
  id: string,
  rev: number,
): Promise<Outcome<Stored<Announcement>, Refusal>> {
  const [stored, day] = await Promise.all([announcementOf(scope, id), today(scope)]);
  if (!stored) return refuse("missing");
  if (stored.rev !== rev) return refuse("stale", { current: stored.rev });
  const { rev: _, ...before } = stored;
  return save(scope, stored, { ...before, until: day < before.until ? day : before.until }, "announcement.ended");
}

/** Marks an announcement as read by whoever acts; the second time changes nothing. */
export async function readAnnouncement(scope: Scope, id: string): Promise<Outcome<null, "missing">> {
  const [one, day] = await Promise.all([announcementOf(scope, id), today(scope)]);
  const own = ownCompany(scope);
  if (!one || own === undefined || !isShown(one, day) || !isFor(one, [own])) return refuse("missing");
  await commit(scope, readWrites(scope, actorName(scope), id), { answer: null });
  return accept(null);
}

/** Begins the mailing of an announcement on its first day. */
export async function beginMailing(scope: Scope, id: string): Promise<void> {
  const [one, day] = await Promise.all([announcementOf(scope, id), today(scope)]);
  if (one && isShown(one, day)) await commit(scope, [mailing(scope, one.id, null)], { answer: null });
}

/**
 * Writes to the next chunk of people and asks for the one after it in the same commit. Each chunk is done once however often it is
 * heard, by the receipt of its command, and nobody stands in two chunks: people lie by their ids.
 */
export async function mailChunk(scope: Scope, { announcement: id, cursor }: AnnouncementMailing): Promise<void> {
  const [one, day, page] = await Promise.all([
    announcementOf(scope, id),
    today(scope),
    listMembers(scope, { cursor: cursor ?? undefined, limit: chunk }),
  ]);
  if (!one || !isShown(one, day)) return;
  const from = await senderOf(scope);
  const people = page.items.filter(({ companies }) =>
    isFor(
      one,
      companies.map(({ company }) => company),
    ),
  );
  const link = `/s/${scope.space}/my/notices/${id}`;
  const letters = people.map(({ email }) => announcedLetter(email, from, one, link));
  const writes: Write[] = [
    ...mailingAll(scope, letters),
    ...(letters.length > 0 ? [countedWrite(scope, id, { mailed: letters.length })] : []),
    ...(page.next ? [mailing(scope, one.id, page.next)] : []),
  ];
  if (writes.length > 0) await commit(scope, writes, { answer: null });
}
