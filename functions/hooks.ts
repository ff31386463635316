import { createSender } from "@yihao/hooks/sender";
import {
  clock,
  failedFromEnvironment,
  hooksLocalFromEnvironment,
  logFromEnvironment,
  tableFromEnvironment,
} from "./environment.ts";
import { traced } from "./tracing.ts";

/**
 * The hooks function: hears attempts of webhooks that are wanted and makes them. It alone speaks to addresses that customers name, so it stands apart: in no private network, with the hooks' own
 * partitions and nothing else within its reach, and with no secret of the deployment.
 */
export const handler = traced(
  createSender(
    { table: tableFromEnvironment(), now: clock, local: hooksLocalFromEnvironment(), log: logFromEnvironment() },
    failedFromEnvironment(),
  ),
);
