import { existsSync, readFileSync } from "node:fs";
import { keep } from "../home.ts";
import { accounts, demoPassword, join, signUp } from "./accounts.ts";
import { demoCompanies } from "./catalogue.ts";
import { type DemoSize, timeframe, wholeDemo } from "./plan-days.ts";
import { few, type Part, type People, type Stage } from "./stage.ts";
import { keepAccounts } from "./steps-accounts.ts";
import { billedMonths, drawMonth, finaliseMonth, grantMonths, payMonth } from "./steps-bills.ts";
import { bookForCompany, bookForSchool, mainBookings, startBookings } from "./steps-bookings.ts";
import { fillCommunity } from "./steps-community.ts";
import { countDemo } from "./steps-counts.ts";
import { addDocuments, takeOldBooks } from "./steps-documents.ts";
import { addOffices, drawPlan, openDoors, openToPublic } from "./steps-doors.ts";
import { chargeWork } from "./steps-fees.ts";
import { workFloor } from "./steps-floor.ts";
import { closeNights, moveGoods } from "./steps-goods.ts";
import { mergeTwice } from "./steps-merge.ts";
import { followBills, setMoney } from "./steps-money.ts";
import { usePacks } from "./steps-packs.ts";
import { addLeads, addPapers } from "./steps-papers.ts";
import { collectDemo } from "./steps-payments.ts";
import { billSpaces } from "./steps-platform.ts";
import { addRequests } from "./steps-requests.ts";
import { addDemoCompany, makeMainSpace, makeSchoolSpace, makeWarehouse } from "./steps-space.ts";

/** One part of the demo; its name never changes, since it is kept when the part is done. */
type DemoStep = { readonly name: string; readonly run: () => Promise<void> };

/** What was done on a home, the instant that its demo calls now, and who has an account; `closed` on one that came from a backup and is nobody's demo. */
export type Marker = {
  readonly done: readonly string[];
  readonly now?: string;
  readonly people?: People;
  readonly closed?: boolean;
};

export type DemoWish = Pick<Stage, "table" | "request" | "drained" | "clock" | "files" | "send" | "pay"> & {
  /** File that keeps how far the demo is. */
  readonly marker: string;
  readonly size?: DemoSize;
  readonly progress?: (done: number, total: number) => void;
};

/** How many steps run at one time where their order does not matter: enough to keep the table busy, and people are still served. */
const parallel = 4;

/** Everything that fills the demo: groups in order, the steps of a group in any. */
function groupsOf(stage: Stage, people: (part: Part, make: typeof signUp) => Promise<void>): DemoStep[][] {
  const { companies } = stage;
  const bookings = mainBookings(stage);
  const account = (part: Part, make: typeof signUp): DemoStep => ({
    name: `account ${part}`,
    run: () => people(part, make),
  });
  const step = (name: string, run: () => Promise<void>): DemoStep => ({ name, run });
  const stocked = [...companies.entries()].filter(([, { products }]) => products.length > 0);
  return [
    [account("owner", signUp), account("teacher", signUp)],
    [step("main space", () => makeMainSpace(stage)), step("school space", () => makeSchoolSpace(stage))],
    [step("warehouse", () => makeWarehouse(stage))],
    companies.map((company, index) => step(`company ${company.key}`, () => addDemoCompany(stage, company, index))),
    (["warehouse", "finance", "admin", "member"] as const).map((part) => account(part, join)),
    [
      step("offices", () => addOffices(stage)),
      step("open to the public", () => openToPublic(stage)),
      step("money rules", () => setMoney(stage)),
    ],
    [
      ...stocked.map(([index, { key }]) => step(`goods ${key}`, () => moveGoods(stage, index))),
      ...companies.map(({ key }, index) => step(`bookings ${key}`, () => bookForCompany(stage, bookings, index))),
      step("community", () => fillCommunity(stage)),
      step("bookings school", () => bookForSchool(stage)),
      step("leads", () => addLeads(stage)),
      step("doors", () => openDoors(stage)),
      step("floor plan", () => drawPlan(stage)),
    ],
    [step("grants", () => grantMonths(stage))],
    [
      step("started bookings", async () => {
        await stage.drained();
        await startBookings(stage);
      }),
    ],
    [
      step("papers", () => addPapers(stage)),
      step("counts", () => countDemo(stage)),
      step("documents", () => addDocuments(stage)),
      step("requests", () => addRequests(stage)),
    ],
    [step("packs", () => usePacks(stage)), step("floor", () => workFloor(stage))],
    [step("charged work", () => chargeWork(stage))],
    // After all that is done with goods some hours ago: just after midnight that was yesterday, whose stock the night closes.
    [step("nights", () => closeNights(stage))],
    [step("entered twice", () => mergeTwice(stage))],
    ...billedMonths(stage).flatMap((month) => [
      [step(`draw ${month}`, () => drawMonth(stage, month))],
      [step(`finalise ${month}`, () => finaliseMonth(stage, month))],
      [step(`pay ${month}`, () => payMonth(stage, month))],
    ]),
    [step("old books", () => takeOldBooks(stage))],
    [step("accounts", () => keepAccounts(stage))],
    [step("follow bills", () => followBills(stage))],
    [step("saved cards", () => collectDemo(stage)), step("platform bills", () => billSpaces(stage))],
  ];
}

/** Does what was not done yet of a home's demo, in order, and gives how many steps that was, undefined on a home that is nobody's demo. Cut off anywhere, it goes on where it was and does nothing twice. */
export async function seedDemo(wish: DemoWish): Promise<number | undefined> {
  const { marker, size = wholeDemo, table, request, drained, clock, files, send, pay } = wish;
  const kept: Marker = existsSync(marker) ? JSON.parse(readFileSync(marker, "utf8")) : { done: [] };
  if (kept.closed) return undefined;
  const now = kept.now ?? `${clock().slice(0, 16)}:00.000Z`;
  const finished = new Set(kept.done);
  const people: Partial<Record<Part, NonNullable<People[Part]>>> = { ...kept.people };
  const save = () => keep(marker, { done: [...finished], now, people } satisfies Marker);
  save();
  const frame = timeframe(size, now);
  const stage: Stage = {
    ...{ table, request, drained, clock, files, send, frame, people, pay },
    companies: demoCompanies(size.stocked, size.companies),
  };
  const groups = groupsOf(stage, async (part, make) => {
    people[part] = await make(stage, part);
  });
  const total = groups.flat().length;
  for (const group of groups)
    await few(
      group.filter(({ name }) => !finished.has(name)),
      parallel,
      async ({ name, run }) => {
        await run();
        finished.add(name);
        save();
        wish.progress?.(finished.size, total);
      },
    );
  return finished.size - kept.done.length;
}

/** Who can sign in to the demo, with what, as printed at start. */
export const demoAccounts = accounts.map(({ email, role, name }) => ({ email, password: demoPassword, name, role }));
