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
