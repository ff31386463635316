import { createMail, smtpHand } from "./deliver.ts";
import { clock, failedFromEnvironment, setting, tableFromEnvironment } from "./environment.ts";
import { traced } from "./tracing.ts";

/** The mail function: takes letters from their queue to the mail server of YIHAO_SMTP. */
export const handler = traced(
  createMail({
    table: tableFromEnvironment(),
    now: clock,
    origin: setting("YIHAO_URL"),
    hand: smtpHand(setting("YIHAO_SMTP"), setting("YIHAO_MAIL_FROM")),
    failed: failedFromEnvironment(),
  }),
);
