import { providerTimers } from "@yihao/billing/provider-timers";
import { pictureTimers } from "@yihao/booking/picture-files";
import { planTimers } from "@yihao/booking/plan-files";
import type { Files } from "@yihao/http/files";
import { newId } from "@yihao/kernel/ids";
import type { PlatformScope } from "@yihao/kernel/scope";
import { fileTimers } from "@yihao/members/file-timers";
import type { Table } from "@yihao/table/client";
import { type DueHandler, sweep } from "@yihao/table/due";
import { clock, failedFromEnvironment, tableFromEnvironment } from "./environment.ts";
import { filesFromEnvironment } from "./files-environment.ts";
import { timers } from "./reactions.ts";
import { stripeFromEnvironment } from "./stripe-environment.ts";

export type Schedule = { readonly table: Table; readonly timers: readonly DueHandler[]; readonly now: () => string };

/** The schedule function: works through every timer that is due and gives how many it handled. */
export function createSchedule(schedule: Schedule): () => Promise<{ handled: number }> {
  return async () => {
    const scope: PlatformScope = {
      space: "platform",
      actor: { kind: "system", name: "schedule" },
      now: schedule.now(),
      command: { id: `auto:${newId("swp")}`, print: "" },
      meter: { read: 0, write: 0 },
      table: schedule.table,
    };
    const handled = await sweep(scope, schedule.timers, failedFromEnvironment());
    return { handled };
  };
}

/** Timers that reach for files too. */
const withFiles = (files: Files): readonly DueHandler[] => [
  ...timers,
  ...fileTimers(files),
  ...planTimers(files),
  ...pictureTimers(files),
];

export const handler = createSchedule({
  table: tableFromEnvironment(),
  timers: [...withFiles(filesFromEnvironment()), ...providerTimers(stripeFromEnvironment())],
  now: clock,
});
