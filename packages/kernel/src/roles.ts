import type { Id } from "./ids.ts";

/** What a member of staff may be; `owner` may do everything. */
export const staffRoles = ["owner", "manager", "frontdesk", "warehouse", "finance"] as const;
export type StaffRole = (typeof staffRoles)[number];
/** A built-in role, or the id of one that the space tailored for itself. */
export type AnyRole = StaffRole | Id<"rol">;

/** What a person may be within a company: `admin` orders, invites and pays, `member` books. */
export const companyRoles = ["admin", "member"] as const;
export type CompanyRole = (typeof companyRoles)[number];
