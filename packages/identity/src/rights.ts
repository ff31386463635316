import type { AnyRole } from "@yihao/kernel/roles";

const high: readonly AnyRole[] = ["owner", "manager"];

/** Whether staff with some roles may give or take others: an owner any, a manager those below manager, nobody else. */
export function mayGive(giver: readonly AnyRole[], roles: readonly AnyRole[]): boolean {
  if (giver.includes("owner")) return true;
  return giver.includes("manager") && !roles.some((role) => high.includes(role));
}

/** Roles without doubles, in the order of rank; those outside it, which are the space's own, after them. */
export function ranked(roles: readonly AnyRole[], order: readonly AnyRole[]): AnyRole[] {
  return [...new Set([...order.filter((role) => roles.includes(role)), ...roles])];
}

/** How the number of owners changes when a person's roles do: +1, 0 or -1. */
export function ownersChange(before: readonly AnyRole[], after: readonly AnyRole[]): number {
  return Number(after.includes("owner")) - Number(before.includes("owner"));
}
