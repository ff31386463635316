import type { LetterLanguage } from "@yihao/identity/letters";
import { getSpace, listMembers } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import { allows, type Permission } from "@yihao/kernel/permissions";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get, getMany } from "@yihao/table/read";
import { overwrite } from "@yihao/table/write";
import { z } from "zod";

/** What staff are written to of: booking requests (预订申请), applications (入驻申请) and help tickets (报修求助). */
export const staffTopics = ["requests", "applications", "tickets"] as const;
export type StaffTopic = (typeof staffTopics)[number];
/** Which letters a member of staff wants of one space, and in which language. */
export const StaffMailsSchema = z.strictObject({
  requests: z.boolean(),
  applications: z.boolean(),
  tickets: z.boolean(),
  language: z.enum(["zh-CN", "en"]),
});
export type StaffMails = z.infer<typeof StaffMailsSchema>;
export type StaffReader = { readonly email: string; readonly language: LetterLanguage };

/** | letters of staff | `staffmail#<person>`, `-` | the person | 2 units | 0.1 kB | */
const mailsKind = kindOf<StaffMails>("staffmail");
const mailsKey = (scope: Scope, person: PersonId) => keyIn(partition(scope, "staffmail", person));

/** Who is written to unless they say otherwise: whoever may do what the letter asks for, by a built-in role or one of the space's own. */
const rightOf: Readonly<Record<StaffTopic, Permission>> = {
  requests: "booking.approve",
  applications: "members.leads",
  tickets: "community.tickets",
};
/** How many of the staff one event writes to at most. */
const readersMost = 20;

async function usual(scope: Scope): Promise<StaffMails> {
  const language = (await getSpace(scope))?.language === "en" ? "en" : "zh-CN";
  return { requests: true, applications: true, tickets: true, language };
}

/** What the caller is written to of; everything, in the space's language, until they say otherwise. */
export async function staffMails(scope: Scope): Promise<StaffMails> {
  if (scope.actor.kind !== "staff") return usual(scope);
  const kept = await get(scope, mailsKind, mailsKey(scope, scope.actor.person));
  if (!kept) return usual(scope);
  const { rev: _, ...mails } = kept;
  return mails;
}

/** Says what the caller is written to of. */
export async function setStaffMails(scope: Scope, mails: StaffMails): Promise<StaffMails> {
  if (scope.actor.kind !== "staff") return mails;
  const done = await commit(scope, [overwrite(mailsKey(scope, scope.actor.person), mailsKind, mails)], {
    answer: mails,
  });
  return done.done ? done.answer : mails;
}

type Person = { readonly person: PersonId; readonly email: string };

async function wanting(
  scope: Scope,
  topic: StaffTopic,
  people: readonly Person[],
  usually: LetterLanguage,
): Promise<StaffReader[]> {
  if (people.length === 0) return [];
  const keys = people.map(({ person }) => mailsKey(scope, person));
  const kept = await getMany(scope, mailsKind, keys, { consistent: false });
  return people.flatMap(({ email }, index) => {
    const mails = kept[index];
    return (mails?.[topic] ?? true) ? [{ email, language: mails?.language ?? usually }] : [];
  });
}

/** One member of staff, if they want letters of a topic; in the language of the space unless they chose one. Half a read unit. */
export const staffReader = (scope: Scope, topic: StaffTopic, person: Person, usually: LetterLanguage) =>
  wanting(scope, topic, [person], usually);

/** Those who may do what a topic asks for and want its letters, each in their language or else the space's. A read unit for every few people of the space, and half a one for each of them. */
export async function staffReaders(scope: Scope, topic: StaffTopic, usually: LetterLanguage): Promise<StaffReader[]> {
  const found: Person[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMembers(scope, { cursor, limit: 100 });
    for (const member of page.items)
      if (allows({ roles: member.roles, rights: member.own?.flatMap(({ rights }) => rights) }, rightOf[topic]))
        found.push(member);
    if (!page.next || found.length >= readersMost) return wanting(scope, topic, found.slice(0, readersMost), usually);
    cursor = page.next;
  }
}
