/** What a member of staff may be; `owner` may do everything. */
export const staffRoles = ["owner", "manager", "frontdesk", "warehouse", "finance"] as const;
export type StaffRole = (typeof staffRoles)[number];

/** What a person may be within a company: `admin` orders, invites and pays, `member` books. */
export const companyRoles = ["admin", "member"] as const;
export type CompanyRole = (typeof companyRoles)[number];
