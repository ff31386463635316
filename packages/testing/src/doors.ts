import { noProvider, type PaymentProvider } from "@yihao/billing/provider";
import type { Doors } from "@yihao/http/context";
import { enterByKey } from "@yihao/identity/key-actions";
import { endedOf, membershipOf } from "@yihao/identity/store";
import { supportDoor } from "@yihao/identity/support-actions";
import type { PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { createBills } from "../../../functions/bills.ts";
import { createDoors } from "../../../functions/doors.ts";
import { supportFromEnvironment } from "../../../functions/environment.ts";
import { createPapers } from "../../../functions/papers.ts";
import { createPay } from "../../../functions/pay.ts";
import { TestCaller } from "./api.ts";
import { testNow } from "./table.ts";
import { behindWall } from "./wall.ts";

const doorsOn = (table: Table, options: { now?: () => string } & Pick<Doors, "limits"> = {}): Doors => ({
  table,
  inSpace: (space) => behindWall(table, space),
  now: options.now ?? (() => testNow),
  membership: membershipOf,
  ended: endedOf,
  key: enterByKey,
  support: supportDoor(supportFromEnvironment),
  ...(options.limits ? { limits: options.limits } : {}),
  caller: async (request) => {
    const person = request.headers.get("x-test-person");
    return person ? { person: person as PersonId, email: `${person}@test.example`, name: person } : undefined;
  },
});

/** The accounts function in this process, asked as the doors function is. */
export const testAccounts = (table: Table) => createBills(doorsOn(table));

/** The pay function in this process, asked as the doors function is. */
export function testPay(table: Table, options: { now?: () => string; provider?: PaymentProvider; home?: string } = {}) {
  const { provider = noProvider, home = "http://localhost" } = options;
  const app = createPay({ doors: doorsOn(table, options), provider, home });
  return { app, as: (person: string | undefined) => new TestCaller(app, person as PersonId | undefined) };
}

/** The papers function in this process, asked as the doors function is. */
export const testPapers = (table: Table) => createPapers(doorsOn(table));

/** The doors function in this process. Who asks is told by a header in place of the session cookie. */
export function testDoors(table: Table, options: { now?: () => string } & Pick<Doors, "limits"> = {}) {
  const app = createDoors(doorsOn(table, options));
  return {
    app,
    as: (person: string | undefined, company?: string) => new TestCaller(app, person as PersonId | undefined, company),
    by: (secret: string) => new TestCaller(app, undefined, undefined, secret),
  };
}
