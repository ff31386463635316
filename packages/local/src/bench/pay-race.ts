import { postCharge } from "@yihao/billing/store";
import type { CompanyId } from "@yihao/kernel/ids";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { verifyItems } from "../verify.ts";
import { Client } from "./client.ts";
import { place } from "./fixtures.ts";
import { chargeOf, scopeIn } from "./invoice-run.ts";
import { ms, timed } from "./measure.ts";
import { openWorld, type World } from "./world.ts";

type Bill = { id: string; state: string; totalMinor: number; paidMinor: number };
type Balance = { receivableMinor: number; creditMinor: number };

/** A finalised bill of this month with one charge. */
async function billed(world: World, company: string): Promise<Bill> {
  const { operator, base } = world;
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const month = day.slice(0, 7);
  const scope = scopeIn(world.table, world.space);
  await commit(scope, [postCharge(scope, chargeOf(company as CompanyId, day, 2))], { answer: null });
  await operator.command(`${base}/invoices/run`, { month, companies: [company] });
  let state = "";
  while (state !== "done") {
    await new Promise((done) => setTimeout(done, 50));
    state = (await operator.json<{ state: string }>("GET", `${base}/invoices/run/${month}`)).state;
  }
  const { items } = await operator.json<{ items: Bill[] }>("GET", `${base}/invoices?company=${company}`);
  await operator.command(`${base}/invoices/${items[0]?.id}/finalise`, {});
  return await operator.json<Bill>("GET", `${base}/invoices/${items[0]?.id}`);
}

/**
 * One bank transfer that pays a bill, recorded so many times at one moment by clients at two API processes: it is applied once, and the others hear that its reference is used.
 */
export async function payRace(payments = 20) {
  const world = await openWorld();
  try {
    const { operator, base } = world;
    const second = await world.second();
    const where = await place(world, 1);
    const bill = await billed(world, where.company);
    const callers = Array.from(
      { length: payments },
      (_, index) => new Client(index % 2 === 0 ? world.product.url : second.url, operator),
    );
    await Promise.all(callers.map((caller) => caller.json("GET", `${base}/sites`)));
    const receivedOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const body = { company: where.company, amountMinor: bill.totalMinor, reference: "RACE-1", receivedOn };
    const race = await timed(() =>
      Promise.all(
        callers.map((caller) =>
          caller.send("POST", `${base}/payments`, body, { "idempotency-key": crypto.randomUUID() }),
        ),
      ),
    );
    for (const caller of callers) caller.close();
    const recorded = race.value.filter(({ status }) => status === 201).length;
    const refused = race.value.filter(
      ({ status, text }) => status === 409 && text.includes("payment.reference-used"),
    ).length;
    const after = await operator.json<Bill>("GET", `${base}/invoices/${bill.id}`);
    const balance = await operator.json<Balance>("GET", `${base}/companies/${where.company}/balance`);
    const settled = after.state === "paid" && after.paidMinor === bill.totalMinor;
    await world.product.drained();
    return {
      payments,
      processes: 2,
      appliedOnce: recorded === 1 && settled && balance.receivableMinor === 0 && balance.creditMinor === 0,
      recorded,
      refused,
      errors: payments - recorded - refused,
      ms: ms(race.ms),
      violations: verifyItems(await allItems(world.table)).violations.length,
    };
  } finally {
    await world.close();
  }
}
