import type { StaffRole } from "@yihao/kernel/roles";

const high: readonly StaffRole[] = ["owner", "manager"];

/** Whether staff with some roles may give or take others: an owner any, a manager those below manager, nobody else. */
export function mayGive(giver: readonly StaffRole[], roles: readonly StaffRole[]): boolean {
  if (giver.includes("owner")) return true;
  return giver.includes("manager") && !roles.some((role) => high.includes(role));
}

/** Roles without doubles, in the order of rank. */
export function ranked(roles: readonly StaffRole[], order: readonly StaffRole[]): StaffRole[] {
  return order.filter((role) => roles.includes(role));
}

/** How the number of owners changes when a person's roles do: +1, 0 or -1. */
export function ownersChange(before: readonly StaffRole[], after: readonly StaffRole[]): number {
  return Number(after.includes("owner")) - Number(before.includes("owner"));
}
