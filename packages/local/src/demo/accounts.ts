import { acceptInvitation, invite, resendInvitation } from "@yihao/identity/invitation-actions";
import { type Letter, listMail } from "@yihao/identity/mail";
import type { Invitation, NewInvitation } from "@yihao/identity/model";
import { isId, type PersonId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import {
  companyId,
  contactPerson,
  done,
  mainSpace,
  type Part,
  platformAt,
  type Stage,
  scopeAt,
  staff,
} from "./stage.ts";

export const demoPassword = "yihao-demo-2026";

export type DemoAccount = {
  readonly part: Part;
  readonly email: string;
  readonly name: string;
  /** What the person is, as printed at start. */
  readonly role: string;
};

/** Who can sign in to the demo. */
export const accounts: readonly DemoAccount[] = [
  { part: "owner", email: "zhoumin@yihao.example", name: "周敏", role: "运营主管 owner" },
  { part: "warehouse", email: "wanghaitao@yihao.example", name: "王海涛", role: "云仓 warehouse" },
  { part: "finance", email: "machaoqun@yihao.example", name: "马超群", role: "财务 finance" },
  { part: "admin", email: "heyutong@yihao.example", name: "何雨桐", role: "晚汀香氛 管理员 company admin" },
  { part: "member", email: "gaowenbo@yihao.example", name: "高文博", role: "晚汀香氛 成员 company member" },
  { part: "teacher", email: "linlaoshi@yihao.example", name: "林老师", role: "绘梦空间 owner of the second space" },
];

/** The account of a part. */
export function accountOf(part: Part): DemoAccount {
  const account = accounts.find((one) => one.part === part);
  if (!account) throw new Error(`no account is named ${part}`);
  return account;
}

type Answer = { readonly status: number; readonly body: { readonly user?: { readonly id?: unknown } } };

async function ask(stage: Stage, path: string, body: object, cookies?: string[]): Promise<Answer> {
  const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
  if (cookies && cookies.length > 0) headers.cookie = cookies.join("; ");
  const answer = await stage.request(`/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  for (const line of answer.headers.getSetCookie()) cookies?.push(line.split(";", 1)[0] ?? "");
  return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Answer["body"] };
}

function personIn({ status, body }: Answer, what: string): PersonId {
  const id = body.user?.id;
  if (status !== 200 || !isId("per", id)) throw new Error(`${what} answered ${status}: ${JSON.stringify(body)}`);
  return id;
}

/** The account of an e-mail address if it is there with the demo's password. */
async function entered(stage: Stage, email: string): Promise<PersonId | undefined> {
  const answer = await ask(stage, "/sign-in/email", { email, password: demoPassword });
  return answer.status === 200 ? personIn(answer, "sign-in") : undefined;
}

async function letterTo(stage: Stage, email: string): Promise<Letter | undefined> {
  const scope = platformAt(stage, "letters", stage.clock());
  for (let cursor: string | undefined; ; ) {
    const page = await listMail(scope, cursor);
    const letter = page.items.find(({ to }) => to === email);
    if (letter || !page.next) return letter;
    cursor = page.next;
  }
}

/** Makes an account as anybody does: by the code of a letter, then with a first password. */
export async function signUp(stage: Stage, part: Part): Promise<PersonId> {
  const { email, name } = accountOf(part);
  const known = await entered(stage, email);
  if (known) return known;
  const cookies: string[] = [];
  const sent = await ask(stage, "/email-otp/send-verification-otp", { email, type: "sign-in" });
  if (sent.status !== 200) throw new Error(`asking for a code answered ${sent.status}: ${JSON.stringify(sent.body)}`);
  const otp = /\d{6}/.exec((await letterTo(stage, email))?.text ?? "")?.[0] ?? "";
  const person = personIn(await ask(stage, "/sign-in/email-otp", { email, otp, name }, cookies), "sign-in by code");
  const first = await ask(stage, "/first-password", { password: demoPassword }, cookies);
  if (first.status !== 200 && first.status !== 409) throw new Error(`first password answered ${first.status}`);
  return person;
}

/** What the people who come by invitation are invited for. */
export function invitationFor(stage: Stage, part: Part): NewInvitation {
  const { email } = accountOf(part);
  if (part === "warehouse" || part === "finance") return { email, roles: [part] };
  const [company] = stage.companies;
  if (!company) throw new Error("the demo has no company");
  return {
    email,
    company: companyId(stage, mainSpace(stage), company.key),
    companyName: company.name,
    companyRole: part === "admin" ? "admin" : "member",
  };
}

/** The token in an invitation's letter, to be used at an instant. A letter of weeks ago may have left the outbox, and its link may have run out: then it is sent again today. */
async function tokenOf(stage: Stage, sent: Invitation, at: string): Promise<string> {
  const { email, id, expiresAt } = sent;
  const tokenIn = (letter: Letter | undefined) => letter?.link?.split("/").at(-1);
  const known = tokenIn(await letterTo(stage, email));
  if (known && expiresAt > at) return known;
  const scope = scopeAt(stage, mainSpace(stage), `again ${email}`, stage.clock(), staff(stage, "owner"));
  await resendInvitation({ ...scope, command: { id: `auto:demo ${email} ${scope.now}`, print: "" } }, id);
  return tokenIn(await letterTo(stage, email)) ?? "";
}

/** The account made by a letter's link. One that is being made this very moment, by a filling that was cut off, is waited for. */
async function joined(stage: Stage, email: string, wish: object): Promise<PersonId> {
  const made = await ask(stage, "/join", wish);
  for (let wait = 0; made.status === 409 && wait < 20; wait += 1) {
    const known = await entered(stage, email);
    if (known) return known;
    await new Promise((done) => setTimeout(done, 100));
  }
  return personIn(made, "join");
}

/** Invites somebody who has no place yet, makes their account by the link of the letter, and lets them accept. */
export async function join(stage: Stage, part: Part): Promise<PersonId> {
  const { email, name } = accountOf(part);
  const scope = scopeAt(stage, mainSpace(stage), `invite ${part}`, stage.clock(), staff(stage, "owner"));
  const token = await tokenOf(stage, await done(scope, await invite(scope, invitationFor(stage, part))), scope.now);
  const person = (await entered(stage, email)) ?? (await joined(stage, email, { token, name, password: demoPassword }));
  const accepting = platformAt(stage, `accept ${part}`, stage.clock());
  take(await acceptInvitation(accepting, { person, email, name }, token));
  return person;
}

/** Lets a company's contact accept an invitation at an instant of the past; nobody signs in as them. */
export async function contactJoins(
  stage: Stage,
  wish: { readonly key: string; readonly now: string; readonly invitation: NewInvitation; readonly name: string },
): Promise<void> {
  const { key, now, invitation, name } = wish;
  const scope = scopeAt(stage, mainSpace(stage), `invite contact ${key}`, now, staff(stage, "owner"));
  const token = await tokenOf(stage, await done(scope, await invite(scope, invitation)), now);
  const who = { person: contactPerson(stage, key), email: invitation.email, name };
  take(await acceptInvitation(platformAt(stage, `accept contact ${key}`, now), who, token));
}
