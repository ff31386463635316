import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { type Dynamo, startDynamo } from "./dynamo.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where a worker asks for its DynamoDB Local. */
    dynamos: string;
  }
}

/** Databases that one DynamoDB Local holds before the next takes its place: each costs a thousandth of a core for as long as it runs, used or not (three threads that look around every second). */
const most = 60;

type Keeper = { readonly server: Server; readonly url: string; users: number; readonly stop: () => Promise<void> };
/** Several projects of one run are served by one keeper, though each loads this file for itself. */
const shared = globalThis as { yihaoDynamos?: Promise<Keeper> };

/** Answers `/<worker>/<databases>`, the worker's name and how many it has made on the one it has, with the endpoint of the worker's DynamoDB Local: a new one when the old one is full. A worker asks between files, when nobody uses the old one any more. */
async function startKeeper(): Promise<Keeper> {
  const running = new Map<string, Promise<Dynamo>>();
  const of = async (worker: string, databases: number): Promise<string> => {
    if (databases >= most) {
      const full = running.get(worker);
      running.delete(worker);
      await (await full)?.stop();
    }
    const one = running.get(worker) ?? startDynamo();
    running.set(worker, one);
    return (await one).endpoint;
  };
  const server = createServer(async ({ url = "" }, answer) => {
    const [, worker = "", databases = ""] = url.split("/");
    try {
      answer.end(await of(worker, Number(databases)));
    } catch (error) {
      answer.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    for (const one of running.values()) await (await one).stop();
  };
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, users: 0, stop };
}

/** Vitest's global set-up: who keeps a DynamoDB Local for each worker of a run, and stops them after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.yihaoDynamos ??= startKeeper();
  const keeper = await shared.yihaoDynamos;
  keeper.users += 1;
  project.provide("dynamos", keeper.url);
  return async () => {
    keeper.users -= 1;
    if (keeper.users > 0) return;
    delete shared.yihaoDynamos;
    await keeper.stop();
  };
}
