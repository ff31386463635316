import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { staffRoles } from "@yihao/kernel/roles";
import type { CompanyPlace, Invitation, Member } from "./model.ts";
import { ranked } from "./rights.ts";

type Void = "invitation.used" | "invitation.revoked" | "invitation.expired" | "invitation.replaced";

/** Whether an invitation's link still works: newest link only, open, within its days. `hash` is that of the link shown. */
export function openInvitation<I extends Pick<Invitation, "state" | "expiresAt" | "email"> & { hash: string }>(
  invitation: I,
  hash: string,
  now: string,
): Outcome<I, Void> {
  if (invitation.state === "accepted") return refuse("invitation.used", { email: invitation.email });
  if (invitation.state === "revoked") return refuse("invitation.revoked");
  if (invitation.hash !== hash) return refuse("invitation.replaced");
  if (invitation.expiresAt <= now) return refuse("invitation.expired", { at: invitation.expiresAt });
  return accept(invitation);
}

/** A person's companies with one more; a role already held there gives way to the new one. */
export function withCompany(companies: readonly CompanyPlace[], added: CompanyPlace | null): CompanyPlace[] {
  if (!added) return [...companies];
  return [...companies.filter((one) => one.company !== added.company), added];
}

/** A person's place after accepting: what they had, and what the invitation gives. */
export function joined(
  before: Member | undefined,
  invitation: Pick<Invitation, "roles" | "company">,
  { person, email, name }: Pick<Member, "person" | "email" | "name">,
  now: string,
): Member {
  return {
    ...{ person, email, name },
    roles: ranked([...(before?.roles ?? []), ...invitation.roles], staffRoles),
    companies: withCompany(before?.companies ?? [], invitation.company),
    joinedAt: before?.joinedAt ?? now,
  };
}
