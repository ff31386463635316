import { Table } from "@yihao/table/client";

/** A setting that the deployment must give; throws at the start of the function when it does not. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`environment variable ${name} is not set`);
  return value;
}

/** The table that YIHAO_TABLE names. On one machine YIHAO_DYNAMO_ENDPOINT says where DynamoDB Local listens; on AWS it is absent. */
export function tableFromEnvironment(name = "YIHAO_TABLE"): Table {
  const endpoint = process.env.YIHAO_DYNAMO_ENDPOINT;
  return new Table({ name: setting(name), ...(endpoint ? { config: { endpoint } } : {}) });
}

/** The instant now, ISO 8601 UTC with milliseconds: functions hand it in, rules never ask. */
export function clock(): string {
  return new Date().toISOString();
}

/** Where requests are logged: a line of JSON each on AWS; with YIHAO_LOG=errors only what went wrong, with `off` nothing. */
export function logFromEnvironment(): ((entry: Record<string, unknown>) => void) | undefined {
  const wish = process.env.YIHAO_LOG;
  if (wish === "off") return undefined;
  if (wish !== "errors") return (entry) => console.log(JSON.stringify(entry));
  return (entry) => {
    if (entry.error !== undefined) console.error(entry.error);
  };
}
