import type { TestProject } from "vitest/node";
import { startDynamo } from "./dynamo.ts";

declare module "vitest" {
  export interface ProvidedContext {
    dynamo: string;
  }
}

/** Vitest's global set-up: one DynamoDB Local for a whole run, stopped after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dynamo = await startDynamo();
  project.provide("dynamo", dynamo.endpoint);
  return dynamo.stop;
}
