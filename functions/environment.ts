import { createLimits, type Limits, perCaller } from "@yihao/http/rate";
import { Table } from "@yihao/table/client";
import { type UsageMeter, usageMeter } from "@yihao/usage/meter";
import { telemetry } from "./telemetry.ts";
import { annotate, tracedCalls } from "./tracing.ts";

/** A setting that the deployment must give; throws at the start of the function when it does not. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is not set`);
  return value;
}

const secretLeast = 32;

/** What signs sessions, YIHAO_SECRET; throws when it is short enough to be guessed. */
export function secretFromEnvironment(): string {
  const secret = setting("YIHAO_SECRET");
  if (secret.length < secretLeast) throw new Error(`YIHAO_SECRET needs ${secretLeast} characters or more`);
  return secret;
}

/** Where the web app lives, YIHAO_URL, and further origins of it, YIHAO_ORIGINS, by commas: pages of these may write. */
export function originsFromEnvironment(): string[] {
  return [process.env.YIHAO_URL ?? "", ...(process.env.YIHAO_ORIGINS ?? "").split(",")].filter((one) => one !== "");
}

/** The table that YIHAO_TABLE names. On one machine YIHAO_DYNAMO_ENDPOINT says where DynamoDB Local listens; on AWS it is absent. */
export function tableFromEnvironment(name = "YIHAO_TABLE"): Table {
  const endpoint = process.env.YIHAO_DYNAMO_ENDPOINT;
  return new Table({
    name: setting(name),
    ...(endpoint ? { config: { endpoint } } : {}),
    ...(tracedCalls ? { through: tracedCalls } : {}),
  });
}

/** The instant now, ISO 8601 UTC with milliseconds: functions hand it in, rules never ask. */
export function clock(): string {
  return new Date().toISOString();
}

/** Where requests are logged: a line of JSON with its metrics each on AWS; with YIHAO_LOG=errors only what went wrong, with `off` nothing. */
export function logFromEnvironment(): ((entry: Record<string, unknown>) => void) | undefined {
  const wish = process.env.YIHAO_LOG;
  if (wish === "off") return undefined;
  const line = telemetry(process.env);
  return (entry) => {
    annotate(entry);
    if (wish !== "errors") line(entry);
    else if (entry.error !== undefined) console.error(entry.error);
  };
}

/** How a function tells of an error that it has no request for: in a line as the others, or plainly on one machine. */
export function failedFromEnvironment(): (error: unknown) => void {
  const log = logFromEnvironment();
  return (error) => log?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** Who owns the platform: e-mails in YIHAO_PLATFORM_OWNERS, by commas, as small letters. Whatever is none, as `none` for nobody, is left out. */
export const ownersFromEnvironment = (): readonly string[] =>
  (process.env.YIHAO_PLATFORM_OWNERS ?? "")
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one.includes("@"));

/** For so many seconds a copy of a function keeps what it counted for each space: YIHAO_USAGE_SECONDS, 300 unless said. */
const usageSeconds = 300;

/** The meter of what each space uses, over the function's own table. */
export function usageFromEnvironment(table: Table): UsageMeter {
  const seconds = Number(process.env.YIHAO_USAGE_SECONDS ?? usageSeconds);
  if (!(seconds >= 0)) throw new Error("YIHAO_USAGE_SECONDS is no number of seconds");
  return usageMeter({ table, now: clock, everyMs: seconds * 1000, failed: failedFromEnvironment() });
}

/** How many requests a minute one person or key may send: YIHAO_RATE_PER_MINUTE, 600 unless said; `off` counts nobody, for benches. */
export function limitsFromEnvironment(): Limits | undefined {
  const wish = process.env.YIHAO_RATE_PER_MINUTE ?? String(perCaller.requests);
  if (wish === "off") return undefined;
  const requests = Number(wish);
  if (!Number.isSafeInteger(requests) || requests < 1)
    throw new Error("YIHAO_RATE_PER_MINUTE is neither a number of requests nor `off`");
  return createLimits(requests);
}

/** Who is the platform's support: e-mails in YIHAO_SUPPORT, by commas. Whatever is none, as `none` for nobody, is left out. */
export const supportFromEnvironment = (): readonly string[] =>
  (process.env.YIHAO_SUPPORT ?? "")
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one.includes("@"));

/** The header in which a front before the gateway writes who calls: YIHAO_ADDRESS_HEADER, e.g. `cloudfront-viewer-address`. Unset, no header is believed. */
export const addressHeaderFromEnvironment = (): string | undefined => process.env.YIHAO_ADDRESS_HEADER || undefined;

/**
 * Whether webhooks may go to this machine itself and over http: YIHAO_HOOKS_LOCAL=allow, for trying on one machine. No deployment on AWS is told so; whatever else is private stays shut.
 */
export const hooksLocalFromEnvironment = (): boolean => process.env.YIHAO_HOOKS_LOCAL === "allow";
