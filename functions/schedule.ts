import { drawPlatformBills } from "@yihao/billing/platform-draw";
import type { PlatformPrice } from "@yihao/billing/platform-model";
import { providerTimers } from "@yihao/billing/provider-timers";
import { pictureTimers } from "@yihao/booking/picture-files";
import { planTimers } from "@yihao/booking/plan-files";
import type { Files } from "@yihao/http/files";
import { newId } from "@yihao/kernel/ids";
import type { PlatformScope } from "@yihao/kernel/scope";
import { fileTimers } from "@yihao/members/file-timers";
import type { Table } from "@yihao/table/client";
import { type DueHandler, sweep } from "@yihao/table/due";
import platformPrices from "../infra/platform-prices.json" with { type: "json" };
import { clock, failedFromEnvironment, tableFromEnvironment } from "./environment.ts";
import { filesFromEnvironment } from "./files-environment.ts";
import { timers } from "./reactions.ts";
import { stripeFromEnvironment } from "./stripe-environment.ts";
import { traced } from "./tracing.ts";

export type Schedule = {
  readonly table: Table;
  readonly timers: readonly DueHandler[];
  /** What spaces pay for the platform; nobody is billed without. */
  readonly prices: readonly PlatformPrice[];
  readonly now: () => string;
};

/** The schedule function: works through every timer that is due and gives how many it handled; once a month it draws what spaces owe for the platform. */
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
    const failed = failedFromEnvironment();
    const handled = await sweep(scope, schedule.timers, failed);
    const drawn = await drawPlatformBills(scope, schedule.prices, failed);
    return { handled: handled + drawn };
  };
}

/** Timers that reach for files too. */
const withFiles = (files: Files): readonly DueHandler[] => [
  ...timers,
  ...fileTimers(files),
  ...planTimers(files),
  ...pictureTimers(files),
];

const files = filesFromEnvironment();
export const handler = traced(
  createSchedule({
    table: tableFromEnvironment(),
    timers: [...withFiles(files), ...providerTimers(stripeFromEnvironment(), files)],
    prices: platformPrices.prices,
    now: clock,
  }),
);
