import { isId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Permission } from "@yihao/kernel/permissions";
import { permissionNames } from "@yihao/kernel/permissions";
import type { AnyRole } from "@yihao/kernel/roles";
import { type OwnRole, type Role, type RoleId, rolesMost } from "./model.ts";

/** The ids of the space's own roles among some. */
export const ownOf = (roles: readonly AnyRole[]): RoleId[] => roles.filter((role): role is RoleId => isId("rol", role));

const folded = (name: string) => name.normalize("NFKC").toLowerCase();

/**
 * The roles of a space with one that is new or changed: `role.name-taken` when another is called so, however it is written, and `role.too-many` {most} past the
 * twentieth. A changed role has a greater revision, by which everybody who has it is told from who has what it was.
 */
export function withRole(
  roles: readonly Role[],
  id: RoleId,
  wish: { readonly name: string; readonly rights: readonly Permission[] },
  now: string,
): Outcome<{ role: Role; roles: Role[] }, "role.name-taken" | "role.too-many"> {
  const before = roles.find((one) => one.id === id);
  if (roles.some((one) => one.id !== id && folded(one.name) === folded(wish.name))) return refuse("role.name-taken");
  if (!before && roles.length >= rolesMost) return refuse("role.too-many", { most: rolesMost });
  const rights = permissionNames.filter((one) => wish.rights.includes(one));
  const role: Role = {
    id,
    name: wish.name,
    rights,
    rev: (before?.rev ?? 0) + 1,
    createdAt: before?.createdAt ?? now,
  };
  return accept({ role, roles: before ? roles.map((one) => (one.id === id ? role : one)) : [...roles, role] });
}

/** What a member keeps of a role. */
export const kept = ({ id, name, rights, rev }: Role): OwnRole => ({ role: id, name, rights, rev });

/** A member's own roles brought up to what they are now, or nothing when none of them is older: a late writer never brings an older set back. */
export function renewed(own: readonly OwnRole[], roles: readonly Role[]): OwnRole[] | undefined {
  const newer = (one: OwnRole) => roles.find(({ id, rev }) => id === one.role && rev > one.rev);
  if (!own.some(newer)) return undefined;
  return own.map((one) => {
    const role = newer(one);
    return role ? kept(role) : one;
  });
}
