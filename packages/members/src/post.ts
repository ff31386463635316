import { brandOf } from "@yihao/identity/brand-actions";
import type { Letter } from "@yihao/identity/mail";
import { mailing } from "@yihao/identity/mail";
import type { Member } from "@yihao/identity/model";
import { getSpace, listMembers } from "@yihao/identity/store";
import type { CompanyId } from "@yihao/kernel/ids";
import type { StaffRole } from "@yihao/kernel/roles";
import type { Scope } from "@yihao/kernel/scope";
import type { Write } from "@yihao/table/write";
import type { From } from "./letters.ts";

/** In whose name the space of a scope writes its letters. */
export async function senderOf(scope: Scope): Promise<From> {
  const [space, { colour }] = await Promise.all([getSpace(scope), brandOf(scope)]);
  return {
    space: space?.name ?? "",
    language: space?.language ?? "zh-CN",
    zone: space?.zone ?? "Asia/Shanghai",
    ...(colour ? { colour } : {}),
  };
}

/** How many of the staff one event writes to at most. */
const staffMost = 20;

/** The e-mail addresses of staff with one of some roles; owners always. */
export async function staffEmails(scope: Scope, roles: readonly StaffRole[]): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMembers(scope, { cursor, limit: 100 });
    for (const member of page.items)
      if (member.roles.some((role) => role === "owner" || roles.some((one) => one === role))) found.push(member.email);
    if (!page.next || found.length >= staffMost) return found.slice(0, staffMost);
    cursor = page.next;
  }
}

/** How many of a company's people one event writes to at most. */
const peopleMost = 20;

/** The people of a company, at most 20; a read unit for every few people of the space. */
export async function companyPeople(scope: Scope, company: CompanyId): Promise<Member[]> {
  const found: Member[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMembers(scope, { cursor, limit: 100 });
    found.push(...page.items.filter(({ companies }) => companies.some((one) => one.company === company)));
    if (!page.next || found.length >= peopleMost) return found.slice(0, peopleMost);
    cursor = page.next;
  }
}

/** The writes that put letters into the outbox, one each. */
export const mailingAll = (scope: Scope, letters: readonly Letter[]): Write[] =>
  letters.map((letter) => mailing(scope, letter));
