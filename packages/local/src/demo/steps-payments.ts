import { collectBill } from "@yihao/billing/collect-run";
import { consentVersion } from "@yihao/billing/consent";
import { methodOf } from "@yihao/billing/method-store";
import { askSavePage, holderOf } from "@yihao/billing/methods";
import { allRows, paymentsOn } from "@yihao/billing/store";
import type { CompanyId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { companyId, contactPerson, done, mainSpace, personOf, type Stage, scopeAt } from "./stage.ts";

/** How long the provider's news of a saved card is waited for, in tries of a tenth of a second. */
const tries = 100;

/** The cards of the demo: the first company's pays its coming bills, one that is late is declined and tried again, another's late bill was collected and its bank disputes it. */
const cards = ["4242424242424242", "4000000000000341", "5555555555554444"] as const;

/** What companies pay with saved cards, through the payment sandbox. Nothing where there is none. */
export async function collectDemo(stage: Stage): Promise<void> {
  const { pay } = stage;
  if (!pay) return;
  const space = mainSpace(stage);
  const { now, today } = stage.frame;
  const all = await allRows(scopeAt(stage, space, "cards", now, { kind: "system", name: "demo" }), "due");
  const [first, ...others] = stage.companies;
  const late = others
    .map((one) => ({ one, bill: all.find((row) => row.company === companyId(stage, space, one.key) && !row.opening) }))
    .filter(({ bill }) => bill?.dueOn !== undefined && bill.dueOn < today && bill.paidMinor === 0)
    .slice(0, cards.length - 1);
  const payers = [{ one: first, bill: undefined }, ...late];
  for (const [index, { one, bill }] of payers.entries()) {
    if (!one) continue;
    const company = companyId(stage, space, one.key);
    const person = index === 0 ? personOf(stage, "admin") : contactPerson(stage, one.key);
    await saveCard(stage, company, { key: one.key, name: one.contact, person, number: cards[index] ?? cards[0] });
    if (!bill) continue;
    const scope = scopeAt(stage, space, `collect ${one.key}`, plusMinutes(now, 1), { kind: "system", name: "demo" });
    await collectBill(asSystem(scope, space, "billing.collect"), pay.provider, bill.id);
    const paid = (await paymentsOn(scope, bill.id)).find(({ state, collected }) => state === "received" && collected);
    if (paid?.intent) await pay.control(`intents/${paid.intent}/dispute`, { reason: "unrecognized" });
  }
  await stage.drained();
}

type Payer = {
  readonly key: string;
  readonly name: string;
  readonly person: ReturnType<typeof personOf>;
  readonly number: string;
};

/** Saves a card as its company's admin does, on the provider's page, and waits until the provider has told of it. */
async function saveCard(stage: Stage, company: CompanyId, { key, name, person, number }: Payer): Promise<void> {
  const { pay } = stage;
  if (!pay) return;
  const actor = { kind: "company", person, company, role: "admin" } as const;
  const scope = scopeAt(stage, mainSpace(stage), `card ${key}`, stage.frame.now, actor);
  const agreed = { version: consentVersion, language: "zh", name } as const;
  const wish = { home: pay.home, holder: await holderOf(scope, company) };
  const asked = await done(scope, await askSavePage(scope, pay.provider, agreed, wish));
  await pay.control(`sessions/${asked.url.split("/").at(-1)}/pay`, { number });
  for (let n = 0; n < tries; n += 1) {
    if ((await methodOf(scope, company, asked.method))?.state === "saved") return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the provider did not tell of the card of ${name}`);
}
