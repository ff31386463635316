import type { CompanyPlace, InvitationId, MemberViewSchema } from "@yihao/identity/model";
import type { AnyRole } from "@yihao/kernel/roles";
import type { z } from "zod";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { renewPeople } from "../../people.ts";
import { Problem } from "../../problem.ts";
import { createInfiniteQuery, createQuery } from "../../query.ts";
import { authCall } from "../../session.ts";

type CompanyId = CompanyPlace["company"];
export type Person = z.infer<typeof MemberViewSchema>;

/** The audit trail of a space, newest first, page by page. */
export const useAudit = (space: () => string) =>
  createInfiniteQuery(() => ({
    queryKey: ["audit", space()],
    queryFn: ({ pageParam }: { pageParam: string }) =>
      ok(
        api.spaces[":space"].audit.$get({
          param: { space: space() as `spc_${string}` },
          query: pageParam ? { cursor: pageParam } : {},
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last: { next: string | null }) => last.next ?? undefined,
  }));

/** Sends a code for signing in or up; with the secret of an invitation, in the name of the space that it is to. */
export const sendCode = (email: string, invitation?: string) =>
  authCall(
    "/email-otp/send-verification-otp",
    { email, type: "sign-in" },
    invitation ? { "x-invitation": invitation } : {},
  );
/** Sends a code for a new password; answered alike whether the e-mail is known or not. */
export const sendResetCode = (email: string) => authCall("/email-otp/request-password-reset", { email });
/** What a first step comes to: in, or a second step is asked for. */
export type FirstStep = { readonly twoFactorRedirect?: boolean };

/** Signs in by code; an unknown e-mail gets an account of that name. */
export const enterByCode = (email: string, otp: string, name?: string) =>
  authCall<FirstStep>("/sign-in/email-otp", { email, otp, ...(name ? { name } : {}) });
/** Signs in by password. */
export const enterByPassword = (email: string, password: string) =>
  authCall<FirstStep>("/sign-in/email", { email, password });
/** The second step by an authenticator app; a trusted device is not asked again for 30 days. */
export const enterByFactor = (code: string, trustDevice: boolean) =>
  authCall("/two-factor/verify-totp", { code, trustDevice });
/** The second step by a recovery code. */
export const enterByRecovery = (code: string) => authCall("/two-factor/verify-backup-code", { code });
/** Sets a new password by code; all other sessions end. */
export const resetPassword = (email: string, otp: string, password: string) =>
  authCall("/email-otp/reset-password", { email, otp, password });
/** Makes the account that an invitation's link proves, and signs it in. */
export const joinByPassword = (token: string, name: string, password: string) =>
  authCall("/join", { token, name, password });

/** Gives the person who came in by code a password; one that is set already stays. */
export async function setFirstPassword(password: string): Promise<void> {
  try {
    await authCall("/first-password", { password });
  } catch (error) {
    if (!(error instanceof Problem && error.code === "auth.password-set")) throw error;
  }
}

/** What an invitation's link opens. */
export const useInvitation = (token: () => string) =>
  createQuery(() => ({
    queryKey: ["invitation", token()],
    queryFn: () => ok(api.invitations[":token"].$get({ param: { token: token() } })),
    retry: false,
  }));

/** Accepts an invitation as the person signed in. */
export const acceptInvitation = (token: string, intent: Intent) =>
  ok(api.me.places.$post({ json: { token } }, intent.with()));

/** Sends an invitation again with a new link. */
export async function resend(space: string, invitation: InvitationId, intent: Intent) {
  await ok(
    api.spaces[":space"].invitations[":invitation"].resend.$post({ param: { space, invitation } }, intent.with()),
  );
  await renewPeople(space);
}

/** Withdraws an invitation. */
export async function revoke(space: string, invitation: InvitationId) {
  await ok(api.spaces[":space"].invitations[":invitation"].$delete({ param: { space, invitation } }));
  await renewPeople(space);
}

/** Gives a person other staff roles, as they were read. */
export async function changeRoles(space: string, person: Person, roles: AnyRole[]) {
  await ok(
    api.spaces[":space"].people[":person"].roles.$put(
      { param: { space, person: person.person }, json: { roles } },
      ifMatch(`"${person.rev}"`),
    ),
  );
  await renewPeople(space);
}

/** Takes a person out of a company. */
export async function removeFromCompany(space: string, company: CompanyId, person: Person["person"]) {
  await ok(api.spaces[":space"].companies[":company"].people[":person"].$delete({ param: { space, company, person } }));
  await renewPeople(space);
}

/** Merges a member into another account of the same person, within the space. */
export async function mergePerson(space: string, person: Person["person"], into: Person["person"], intent: Intent) {
  const param = { space, person };
  await ok(api.spaces[":space"].people[":person"].merge.$post({ param, json: { into } }, intent.with()));
  await renewPeople(space);
}

/** Takes a person out of the space. */
export async function removePerson(space: string, person: Person["person"]) {
  await ok(api.spaces[":space"].people[":person"].$delete({ param: { space, person } }));
  await renewPeople(space);
}
