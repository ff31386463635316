import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGateway, type Listening, listen } from "./gateway.ts";
import { mostlyOwn } from "./own-machine.ts";

let stranger: Listening;
let own: Listening;
const reached: string[] = [];

beforeAll(async () => {
  const gatewayFor = (addresses: ReadonlySet<string>) =>
    createGateway({
      routes: [
        {
          path: "/sandbox/",
          mount: mostlyOwn({ addresses }, /^\/sandbox\/pay\/\w+$/, (asked, response) => {
            reached.push(new URL(asked.url ?? "", "http://x").pathname);
            response.writeHead(200).end();
          }),
        },
      ],
      otherwise: (_request, response) => void response.writeHead(404).end(),
      hosts: new Set(["127.0.0.1"]),
    });
  stranger = await listen(gatewayFor(new Set(["192.168.1.5"])), { host: "127.0.0.1", port: 0 });
  own = await listen(gatewayFor(new Set(["127.0.0.1"])), { host: "127.0.0.1", port: 0 });
});
afterAll(() => Promise.all([stranger.close(), own.close()]));

/** Sends the path as it is: `fetch` would tidy `..` away. */
function ask(server: Listening, path: string): Promise<number> {
  return new Promise((done, failed) => {
    const sent = request({ port: server.port, host: "127.0.0.1", path, method: "POST" }, (response) => {
      response.resume().on("end", () => done(response.statusCode ?? 0));
    });
    sent.on("error", failed).end();
  });
}

test.each([
  "/sandbox/control/faults",
  "/sandbox/v1/checkout/sessions",
  "/sandbox/pay/../control/faults",
  "/sandbox/pay/%2e%2e/v1/events",
  "/sandbox/pay/x/../../v1/events",
  "/sandbox//control/faults",
])("another machine of the network reaches only the page to pay on, not the sandbox's controls: %s", async (path) => {
  reached.length = 0;
  expect([await ask(stranger, path), reached]).toEqual([403, []]);
});

test("the page to pay on is there for everybody, the controls for the machine itself", async () => {
  expect(await ask(stranger, "/sandbox/pay/cs_test_1")).toBe(200);
  expect(await ask(own, "/sandbox/control/faults")).toBe(200);
});
