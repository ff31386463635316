import { authFlowTestSuite, normalTestSuite, testAdapter, uuidTestSuite } from "@better-auth/test-utils/adapter";
import { newId } from "@yihao/kernel/ids";
import { faults } from "@yihao/testing/faults";
import { freshTable, platformOf, sameTable } from "@yihao/testing/table";
import { afterAll, expect, test, vi } from "vitest";
import { dynamoAdapter } from "./adapter.ts";
import { passkeysOf } from "./passkeys.ts";

vi.spyOn(console, "log").mockImplementation(() => {});
vi.spyOn(console, "warn").mockImplementation(() => {});
vi.stubEnv("BETTER_AUTH_URL", "http://127.0.0.1:3000");

const table = await freshTable();
afterAll(() => table.close());
const auto = () => platformOf(table, { command: `auto:${newId("cmd")}` });

const suites = await testAdapter({
  adapter: () => dynamoAdapter(auto),
  runMigrations: () => {},
  tests: [normalTestSuite(), authFlowTestSuite(), uuidTestSuite()],
});
suites.execute();

const person = (email: string) => ({
  name: "林晓",
  email,
  emailVerified: true,
  createdAt: new Date(0),
  updatedAt: new Date(0),
});

test("of two sign-ups with one e-mail at one time one wins", async () => {
  const store = dynamoAdapter(auto)({});
  const email = `${newId("tst")}@example.com`;
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, () => store.create({ model: "user", data: person(email) })),
  );
  expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await store.count({ model: "user", where: [{ field: "email", value: email }] })).toBe(1);
});

test("a single-use value is consumed once, also when DynamoDB conflicts and throttles", async () => {
  const seed = 20261123;
  const shaky = sameTable(table, { through: faults(seed, { conflict: 0.2, throttle: 0.1 }), wait: async () => {} });
  const store = dynamoAdapter(() => platformOf(shaky, { command: `auto:${newId("cmd")}` }))({});
  const identifier = newId("tst");
  await store.create({
    model: "verification",
    data: { identifier, value: "123456", expiresAt: new Date(0), createdAt: new Date(0), updatedAt: new Date(0) },
  });
  const taken = await Promise.all(
    Array.from({ length: 10 }, () =>
      store.consumeOne({ model: "verification", where: [{ field: "identifier", value: identifier }] }),
    ),
  );
  expect(
    taken.filter((one) => one !== null),
    `seed ${seed}`,
  ).toHaveLength(1);
  shaky.close();
});

test("looking up a person by e-mail or a session by token costs a fixed two units, however many there are", async () => {
  const scope = auto();
  const store = dynamoAdapter(() => scope)({});
  const email = `${newId("tst")}@example.com`;
  for (let n = 0; n < 20; n += 1) await store.create({ model: "user", data: person(`${newId("tst")}@example.com`) });
  await store.create({ model: "user", data: person(email) });
  scope.meter.read = 0;
  await store.findOne({ model: "user", where: [{ field: "email", value: email }] });
  expect(scope.meter.read).toBeLessThanOrEqual(2);
});

test("a changed e-mail frees the old one and claims the new one", async () => {
  const store = dynamoAdapter(auto)({});
  const [first, second] = [`${newId("tst")}@example.com`, `${newId("tst")}@example.com`];
  const made: { id: string } = await store.create({ model: "user", data: person(first) });
  await store.update({ model: "user", where: [{ field: "id", value: made.id }], update: { email: second } });
  await store.create({ model: "user", data: person(first) });
  await expect(store.create({ model: "user", data: person(second) })).rejects.toThrow();
});

test("one passkey is one person's: whoever registers its id a second time is refused", async () => {
  const options = { plugins: [passkeysOf("http://localhost:3000")] };
  const store = dynamoAdapter(auto)(options);
  const passkey = (userId: string) => ({
    userId,
    credentialID: "the same id",
    publicKey: "key",
    counter: 0,
    deviceType: "multiDevice",
    backedUp: true,
    createdAt: new Date(0),
  });
  const made: { id: string } = await store.create({ model: "passkey", data: passkey("per_first1") });
  await expect(store.create({ model: "passkey", data: passkey("per_second1") })).rejects.toThrow();
  const where = [{ field: "id", value: made.id }];
  const update = { counter: 7, lastUsedAt: new Date("2026-11-23T02:42:00.000Z") };
  await store.update({ model: "passkey", where, update });
  const found = await store.findOne({ model: "passkey", where: [{ field: "credentialID", value: "the same id" }] });
  expect(found).toMatchObject({ userId: "per_first1", ...update });
});
