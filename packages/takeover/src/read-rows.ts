import type { OpeningWish } from "@yihao/billing/model";
import { placeOf } from "@yihao/billing/number";
import { type Day, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { type Letting, metBy } from "@yihao/members/agreement";
import { type AgreementFacts, usualReminders } from "@yihao/members/agreement-model";
import { dayIn, minorIn, minutesIn, plain, unitsIn } from "@yihao/members/cells";
import type { Company } from "@yihao/members/model";
import { mayStart } from "@yihao/members/subscription";
import type { Pack, Plan } from "@yihao/pricing/model";
import { takeoverWords } from "./columns.ts";
import type { Measure, TakeoverKind } from "./model.ts";
import type { Line, ReadTable } from "./read-table.ts";

/** A company as rows are matched to it. */
export type KnownCompany = Pick<Company, "id" | "name" | "code" | "state" | "subscription" | "next">;
/** A room or desk as rows are matched to it, and who has it by agreement. */
export type KnownPlace = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly lettable: boolean;
  readonly lettings: readonly Letting[];
};
/** What a space has that rows are read against. */
export type World = {
  readonly today: Day;
  readonly day: Day;
  readonly currency: string;
  readonly companies: readonly KnownCompany[];
  readonly plans: readonly Pick<Plan, "id" | "name" | "state" | "allowances">[];
  readonly packs: readonly Pick<Pack, "id" | "name" | "kind">[];
  readonly places: readonly KnownPlace[];
};

/** What a row asks for, by the kind of its file. */
export type Facts =
  | { readonly of: "leases"; readonly facts: AgreementFacts; readonly signedOn: Day }
  | {
      readonly of: "plans";
      readonly plan: Plan["id"];
      readonly since: Day;
      readonly termUntil?: Day | undefined;
      readonly monthlyMinor?: number | undefined;
      readonly left?: Readonly<Record<string, number>> | undefined;
    }
  | {
      readonly of: "packs";
      readonly pack: Pack["id"];
      readonly units: number;
      readonly until: Day;
      readonly reference: string;
    }
  | { readonly of: "deposits" | "balances"; readonly opening: OpeningWish };

/** A row that was read: whose, what, what it measures, what it asks for. */
export type ReadRow = {
  readonly row: number;
  readonly company?: CompanyId | undefined;
  readonly companyName: string;
  readonly what: string;
  readonly measures: Partial<Record<Measure, number>>;
  readonly facts?: Facts | undefined;
};

type Reading = Omit<ReadRow, "row" | "company" | "companyName">;
type Reader = (line: Line, world: World, company: KnownCompany | undefined, seen: Seen) => Reading;
/** What stood before in this file: the row of a value, and the row that has a place on some of the same days. */
type Seen = {
  readonly first: (what: string, row: number) => number | undefined;
  readonly letIn: (place: string, wish: Letting, row: number) => number | undefined;
};

const nothing = (what: string): Reading => ({ what, measures: {} });

function needed(line: Line, column: string): string | undefined {
  return line.cell(column) === "" ? line.say(column, "required") : line.cell(column);
}
function dayOfCell(line: Line, column: string, need = false): Day | undefined {
  const text = need ? needed(line, column) : line.cell(column);
  return text ? (dayIn(text) ?? line.say(column, "day")) : undefined;
}
/** A last day as the first day after it: people write 到期日 as the day that still counts. */
function afterOfCell(line: Line, column: string, need = false): Day | undefined {
  const day = dayOfCell(line, column, need);
  return day && plusDays(day, 1);
}
function minorOfCell(line: Line, column: string, need = false): number | undefined {
  const text = need ? needed(line, column) : line.cell(column);
  return text ? (minorIn(text) ?? line.say(column, "money")) : undefined;
}

/** Finds a row's company: by its code when it has one, else by its name. Code and name of two companies are a fault, so that nothing lands with the wrong one. */
function companyOfRow(line: Line, byCode: Map<string, KnownCompany>, byName: Map<string, KnownCompany>) {
  const [code, name] = [plain(line.cell("code")).replace(/\s/g, ""), plain(line.cell("company"))];
  if (code === "" && name === "") return line.say("company", "required");
  const [coded, named] = [byCode.get(code), byName.get(name)];
  if (coded && named && coded.id !== named.id) return line.say("company", "company-two");
  // A company of that name with another code is another company.
  if (!coded && code !== "" && named?.code) return line.say("code", "company-unknown");
  const found = coded ?? named;
  if (!found) return line.say(code === "" ? "company" : "code", "company-unknown");
  return found.state === "left" ? line.say("company", "company-left") : found;
}

const readers: Readonly<Record<TakeoverKind, Reader>> = {
  leases: (line, world, company, seen) => {
    const number = needed(line, "number");
    if (number && number.length > 40) line.say("number", "too-long", 40);
    const again = number === undefined ? undefined : seen.first(plain(number), line.row);
    if (again) line.say("number", "twice", again);
    const kind = takeoverWords.leases[plain(line.cell("kind")) || "lease"] ?? line.say("kind", "choice");
    const [from, until] = [dayOfCell(line, "from", true), afterOfCell(line, "until")];
    if (from && until && until <= from) line.say("until", "days");
    else if (until && until <= world.today) line.say("until", "over");
    const signedOn = dayOfCell(line, "signedOn") ?? from;
    const [rentMinor, depositMinor] = [minorOfCell(line, "rent"), minorOfCell(line, "deposit")];
    const title = line.cell("title") || number || "";
    if (title.length > 60) line.say("title", "too-long", 60);
    const places = placesOfRow(line, world);
    if (places.length > 20) line.say("resources", "too-much", 20);
    if (from) letFaults(line, places, company, { from, until }, seen);
    const measures = { rentMinor: rentMinor ?? 0 };
    if (!number || !from || !signedOn || !kind) return { what: number ?? "", measures };
    const facts: AgreementFacts = {
      kind: kind === "incubation" ? "incubation" : "lease",
      title,
      number,
      from,
      ...(until ? { until } : {}),
      resources: places.map(({ id }) => id),
      ...(rentMinor === undefined ? {} : { rentMinor }),
      ...(depositMinor === undefined ? {} : { depositMinor }),
      remindDays: [...usualReminders],
    };
    return { what: number, measures, facts: { of: "leases", facts, signedOn } };
  },
  plans: (line, world, company, seen) => {
    const name = needed(line, "plan");
    const plan = name === undefined ? undefined : world.plans.find((one) => plain(one.name) === plain(name));
    if (name && !plan) line.say("plan", "plan-unknown");
    if (plan?.state === "retired") line.say("plan", "plan-retired");
    const again = company && seen.first(company.id, line.row);
    if (again) line.say("company", "twice", again);
    const since = dayOfCell(line, "since") ?? world.day;
    if (since > world.day) line.say("since", "future");
    const termUntil = afterOfCell(line, "termUntil");
    if (termUntil && termUntil <= world.day) line.say("termUntil", "over");
    const monthlyMinor = minorOfCell(line, "price");
    const left: Record<string, number> = {};
    const leftOf = (column: string, kind: string, given: number, read: (text: string) => number | undefined) => {
      if (line.cell(column) === "") return;
      const units = read(line.cell(column)) ?? line.say(column, "number");
      if (units === undefined) return;
      if (plan && units > given) line.say(column, "too-much", kind === "room-minutes" ? Math.floor(given / 60) : given);
      left[kind] = units;
    };
    leftOf("left", "room-minutes", plan?.allowances.roomMinutes ?? 0, minutesIn);
    leftOf("desks", "desk-days", plan?.allowances.deskDays ?? 0, unitsIn);
    if (company) {
      const may = mayStart(company as Company, world.day, world.today);
      if (!may.ok) line.say("company", may.refusal.code === "subscription.running" ? "plan-running" : "plan-day");
    }
    const measures = { minutes: left["room-minutes"] ?? plan?.allowances.roomMinutes ?? 0 };
    if (!plan) return { what: name ?? "", measures };
    return { what: plan.name, measures, facts: { of: "plans", plan: plan.id, since, termUntil, monthlyMinor, left } };
  },
  packs: (line, world, company, seen) => {
    const name = needed(line, "pack");
    const pack = name === undefined ? undefined : world.packs.find((one) => plain(one.name) === plain(name));
    if (name && !pack) line.say("pack", "pack-unknown");
    const reference = needed(line, "reference");
    const again = company && reference ? seen.first(`${company.id} ${plain(reference)}`, line.row) : undefined;
    if (again) line.say("reference", "twice", again);
    const until = afterOfCell(line, "until", true);
    if (until && (until <= world.day || until <= world.today)) line.say("until", "over");
    const text = needed(line, "left");
    const hours = pack?.kind === "room-minutes";
    const units =
      text === undefined ? undefined : ((hours ? minutesIn(text) : unitsIn(text)) ?? line.say("left", "number"));
    if (units === 0) line.say("left", "number");
    if (!pack || units === undefined || !until || !reference) return nothing(name ?? "");
    const measures = hours ? { minutes: units } : { units };
    return {
      what: `${pack.name} · ${reference}`,
      measures,
      facts: { of: "packs", pack: pack.id, units, until, reference },
    };
  },
  deposits: (line, world, company, seen) => openingOf(line, world, company, seen, "deposit"),
  balances: (line, world, company, seen) => {
    const account = takeoverWords.balances[plain(line.cell("kind")) || "owed"] ?? line.say("kind", "choice");
    return openingOf(line, world, company, seen, account === "credit" ? "credit" : "receivable");
  },
};

function openingOf(
  line: Line,
  world: World,
  company: KnownCompany | undefined,
  seen: Seen,
  account: OpeningWish["account"],
): Reading {
  const reference = needed(line, "reference");
  if (reference && reference.length > 60) line.say("reference", "too-long", 60);
  if (reference && account === "receivable" && placeOf(reference)) line.say("reference", "series-number");
  const again = company && reference ? seen.first(`${company.id} ${account} ${plain(reference)}`, line.row) : undefined;
  if (again) line.say("reference", "twice", again);
  const amountMinor = minorOfCell(line, "amount", true);
  if (amountMinor === 0) line.say("amount", "money");
  const dueOn = account === "receivable" ? dayOfCell(line, "dueOn") : undefined;
  const early = dueOn && dueOn < world.day ? dueOn : world.day;
  const on = dayOfCell(line, "on") ?? early;
  if (on > world.today && on > world.day) line.say("on", "future");
  if (dueOn && dueOn < on) line.say("dueOn", "days");
  if (!reference || amountMinor === undefined) return nothing(reference ?? "");
  const measure = { receivable: "owedMinor", credit: "creditMinor", deposit: "depositMinor" } as const;
  const opening: OpeningWish = { account, reference, amountMinor, on, ...(dueOn ? { dueOn } : {}) };
  return {
    what: reference,
    measures: { [measure[account]]: amountMinor },
    facts: { of: account === "deposit" ? "deposits" : "balances", opening },
  };
}

function placesOfRow(line: Line, world: World): KnownPlace[] {
  const names = line
    .cell("resources")
    .split(/[、,，;；/]/)
    .map(plain)
    .filter(Boolean);
  return [...new Set(names)].flatMap((name) => {
    const found =
      world.places.find(({ code }) => plain(code) === name) ?? world.places.find((one) => plain(one.name) === name);
    if (!found) line.say("resources", "place-unknown");
    else if (!found.lettable) line.say("resources", "place-not-let");
    return found ? [found] : [];
  });
}

function letFaults(
  line: Line,
  places: readonly KnownPlace[],
  company: KnownCompany | undefined,
  { from, until }: { from: Day; until: Day | undefined },
  seen: Seen,
): void {
  for (const { id, lettings } of places) {
    const wish: Letting = {
      agreement: `agr_row-${line.row}`,
      company: company?.id ?? "cmp_wish",
      from,
      ...(until ? { until } : {}),
    };
    if (metBy(lettings, wish)) line.say("resources", "place-let");
    const again = seen.letIn(id, wish, line.row);
    if (again) line.say("resources", "twice", again);
  }
}

/** Reads every row of a file against what the space has; what is wrong is said in the table's faults. Money is the space's currency, as the column says where there is one. */
export function readRows(kind: TakeoverKind, table: ReadTable, world: World): ReadRow[] {
  const byCode = new Map(world.companies.flatMap((one) => (one.code ? [[plain(one.code), one] as const] : [])));
  const byName = new Map(world.companies.map((one) => [plain(one.name), one]));
  const rows = new Map<string, number>();
  const lets = new Map<string, (Letting & { row: number })[]>();
  const seen: Seen = {
    first: (what, row) => {
      const before = rows.get(what);
      if (before === undefined) rows.set(what, row);
      return before;
    },
    letIn: (place, wish, row) => {
      const before = lets.get(place) ?? [];
      lets.set(place, [...before, { ...wish, row }]);
      return before.find((one) => metBy([one], wish))?.row;
    },
  };
  return table.lines.map((line): ReadRow => {
    const company = companyOfRow(line, byCode, byName);
    const currency = line.cell("currency");
    if (
      currency !== "" &&
      plain(currency) !== plain(world.currency) &&
      !(world.currency === "CNY" && /^(rmb|人民币)$/.test(plain(currency)))
    )
      line.say("currency", "currency");
    const reading = readers[kind](line, world, company, seen);
    return {
      row: line.row,
      ...(company ? { company: company.id as CompanyId } : {}),
      companyName: company?.name ?? line.cell("company"),
      ...reading,
    };
  });
}
