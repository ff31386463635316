import { newId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { AnyScope, PlatformScope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get, query } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";

/** One entry of a calendar: its `uid` stays for good, and `sequence` is greater each time that it is told anew (RFC 5545 §3.8.7.4). */
export type CalendarEntry = {
  readonly uid: string;
  readonly sequence: number;
  readonly from: string;
  readonly until: string;
  readonly zone: string;
  readonly summary: string;
  readonly place: string;
  readonly cancelled?: boolean;
};
/** What a letter puts into its reader's calendar (RFC 5546), as facts: whoever delivers the letter makes iCalendar of it. */
export type Invite = {
  readonly method: "REQUEST" | "CANCEL" | "PUBLISH";
  readonly organizer: string;
  readonly attendee: { readonly name: string; readonly email: string };
  readonly entries: readonly CalendarEntry[];
};

/** A letter to send. `link` is a path of the web app; text and html name it as `{link}`, filled with the public origin when it is sent. */
export type Letter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly link?: string | undefined;
  readonly invite?: Invite | undefined;
};
/** A letter in the outbox; its id sorts by instant. `sentAt` when a mail server took it, `refused` with its words' code when none ever will. */
export type Mail = Letter & {
  readonly id: string;
  readonly at: string;
  readonly sentAt?: string;
  readonly refused?: string;
};

/** Writes letters into the outbox, from where they are delivered. */
export type Mailer = { readonly send: (letter: Letter) => Promise<void> };

export const mailKind = kindOf<Mail>("mail");

const keepSeconds = 30 * 86_400;

function outboxOf(scope: AnyScope) {
  const platform: PlatformScope = { ...scope, space: "platform" };
  return partition(platform, "mail");
}

/** A subject in one line, whatever names stand in it: a line break would begin another header of the mail. */
const oneLine = (subject: string) => subject.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

/**
 * The write that puts a letter into the outbox, to stand in the same commit as what it tells of: so a letter goes out
 * exactly when that was done. The stream hands new letters to whoever sends them. The item holds its secret link and is tidied away after 30 days.
 */
export function mailing(scope: AnyScope, letter: Letter): Write {
  const id = `${scope.now}_${newId("mal")}`;
  const ttl = Math.ceil(Date.parse(scope.now) / 1000) + keepSeconds;
  return {
    ...insert(
      keyIn(outboxOf(scope), id),
      mailKind,
      { ...letter, subject: oneLine(letter.subject), id, at: scope.now },
      "mail",
    ),
    ttl,
  };
}

/** A mailer that puts letters into the outbox of the table. */
export function outboxMailer(scopeNow: () => PlatformScope): Mailer {
  return {
    async send(letter) {
      const scope = scopeNow();
      await commit(scope, [mailing(scope, letter)], { answer: null });
    },
  };
}

/** A page of the outbox, newest first. */
export function listMail(scope: PlatformScope, cursor?: string): Promise<Page<Mail>> {
  return query(scope, mailKind, outboxOf(scope), { newest: true, cursor, consistent: true });
}

/** One letter of the outbox by its id. */
export function readMail(scope: PlatformScope, id: string): Promise<Mail | undefined> {
  return get(scope, mailKind, keyIn(outboxOf(scope), id));
}

/** What became of handing a letter over: taken, or refused for good with a code. What may still go well is thrown. */
export type Handed = { readonly taken: true } | { readonly taken: false; readonly code: string };

/**
 * Delivers one letter of the outbox once: nothing when it was delivered or refused before, or is gone. Whoever falls between handing it over and writing that down hands it over again, and so may two
 * who deliver it in the same moment: under the same id, by which mail systems tell a double.
 */
export async function deliverLetter(
  scope: PlatformScope,
  id: string,
  origin: string,
  hand: (mail: Mail) => Promise<Handed>,
): Promise<void> {
  const mail = await readMail(scope, id);
  if (!mail || mail.sentAt || mail.refused) return;
  const handed = await hand(letterFor(mail, origin));
  const set = handed.taken ? { sentAt: scope.now } : { refused: handed.code };
  // Of two at once the first to write is believed: a letter that was taken is never called refused.
  const when = [["pk", "present"] as const, ["sentAt", "absent"] as const];
  await commit(scope, [{ do: "update", key: keyIn(outboxOf(scope), id), set, when }], { answer: null });
}

/** The letter as it reaches its reader: its link absolute on the public origin, e.g. `https://yihao.example`. */
export function letterFor<L extends Letter>(letter: L, origin: string): L {
  const link = letter.link === undefined ? undefined : new URL(letter.link, origin).href;
  const fill = (text: string) => (link === undefined ? text : text.replaceAll("{link}", link));
  return { ...letter, text: fill(letter.text), html: fill(letter.html), ...(link === undefined ? {} : { link }) };
}
