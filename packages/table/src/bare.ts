import { DynamoDBClient, type DynamoDBClientConfig, type GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { Answer, Call } from "./client.ts";

/** The bare SDK without retries, metering or decoding: the floor that benches compare the product with. */
export function bareClient(config: DynamoDBClientConfig): { send: (call: Call) => Promise<Answer>; close: () => void } {
  const client = new DynamoDBClient({ maxAttempts: 1, ...config });
  return { send: (call) => client.send(call as GetItemCommand), close: () => client.destroy() };
}

/** The same call with its input changed as text, e.g. other ids of the same length. */
export function likeCall<C extends Call>(call: C, change: (text: string) => string): C {
  const Command = call.constructor as new (input: C["input"]) => C;
  return new Command(JSON.parse(change(JSON.stringify(call.input))) as C["input"]);
}
