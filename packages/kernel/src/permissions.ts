import type { StaffRole } from "./roles.ts";

/**
 * What a role may be allowed one by one, and the built-in roles that have it; an owner has all. Who changes people, roles, keys, webhooks or
 * support's leave, merges records, replaces another system, or opens the merchant account is not in the list, so no tailored role can have it.
 */
export const permissions = {
  "space.settings": ["manager"],
  "space.audit": ["manager"],
  "people.read": ["manager", "frontdesk", "finance"],
  "booking.desk": ["manager", "frontdesk"],
  "booking.approve": ["manager", "frontdesk"],
  "booking.visitors": ["manager", "frontdesk"],
  "booking.sites": ["manager"],
  "members.companies": ["manager", "frontdesk"],
  "members.leads": ["manager", "frontdesk"],
  "members.apply": ["manager"],
  "members.agreements": ["manager"],
  "members.plans": ["manager"],
  "members.exit": ["manager"],
  "community.tickets": ["manager", "frontdesk"],
  "community.parcels": ["manager", "frontdesk"],
  "community.news": ["manager", "frontdesk"],
  "warehouse.work": ["manager", "warehouse"],
  "warehouse.manage": ["manager"],
  "billing.read": ["manager", "finance"],
  "billing.issue": ["manager", "finance"],
  "billing.approve": ["manager", "finance"],
  "billing.keep": ["finance"],
  "billing.tariffs": ["manager"],
  "billing.desk": ["manager", "frontdesk"],
  "pricing.manage": ["manager"],
  "insight.figures": ["manager", "finance"],
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>;
export type Permission = keyof typeof permissions;

/** Every permission, in the order in which they are shown. */
export const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]];

/** The built-in roles that have a permission, besides the owner. */
export const holdersOf = (permission: Permission): readonly StaffRole[] => permissions[permission];

/** Who is allowed: roles, built-in or own by id, and what the own ones allow. */
export type Allowed = { readonly roles: readonly string[]; readonly rights?: readonly Permission[] | undefined };

/** Whether somebody has a permission: as owner, by a built-in role or by an own one. */
export function allows({ roles, rights }: Allowed, permission: Permission): boolean {
  const holders: readonly string[] = holdersOf(permission);
  return roles.some((role) => role === "owner" || holders.includes(role)) || (rights?.includes(permission) ?? false);
}

/** All that somebody may, in the order in which it is shown. */
export const allAllowed = (allowed: Allowed): Permission[] => permissionNames.filter((one) => allows(allowed, one));
