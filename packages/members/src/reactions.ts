import type { CompanyId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import type { DueHandler } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import { setSuspension } from "./company-actions.ts";
import { dropImport } from "./import-actions.ts";
import type { Imported } from "./import-model.ts";
import { settleImport } from "./import-settle.ts";
import { grantMonthly } from "./subscription-actions.ts";

type Suspended = { readonly reason?: string };

/** What members does when it hears of others, and of its own imports. */
export const membersReactions: Reaction[] = [
  onEvent(
    "members.suspend",
    ["company.suspended"],
    async (scope, event: { subject: string; at: string; data: Suspended }) => {
      const reason = (event.data?.reason ?? "overdue").slice(0, 80);
      await setSuspension(scope, event.subject as CompanyId, { since: event.at, reason });
    },
  ),
  onEvent("members.release", ["company.released"], async (scope, event) => {
    await setSuspension(scope, event.subject as CompanyId, undefined);
  }),
  onEvent("members.settle", ["companies.imported"], async (scope, event: { data: Imported }) => {
    await settleImport(scope, event.data.import);
  }),
];

/** Timers of members: allowances month by month, and imports that nobody finished. */
export const membersTimers: DueHandler[] = [
  {
    type: "members.grant",
    on: (scope, due) => {
      const command = { id: `due ${due.id}`, print: due.type };
      return grantMonthly(asSystem(scope, due.space, due.type, command), due.subject as CompanyId);
    },
  },
  {
    type: "members.import",
    on: (scope, due) => {
      const command = { id: `due ${due.id}`, print: due.type };
      return dropImport(asSystem(scope, due.space, due.type, command), due.subject);
    },
  },
];
