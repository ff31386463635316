import type { Month } from "@yihao/kernel/days";
import { timesRatio } from "@yihao/kernel/money";
import { tariffFor } from "@yihao/pricing/tariff";
import { itemStreams, type Tariff } from "@yihao/pricing/tariff-model";
import { planCharge } from "./plan-charge.ts";
import type { SimulatedLine, Wanted } from "./simulation.ts";
import type { UsedDues } from "./simulation-model.ts";

type Rent = UsedDues["rents"][number];
type Item = UsedDues["items"][number];
type DuesFacts = { readonly month: Month; readonly tariffs: readonly Tariff[] };

/** The tariff of a company in a month if one for all, or for one company, held: a company's own goes before one for all, as it always does, and one for a company is no other's. */
export function tariffUnder(kept: Tariff | undefined, wanted: Tariff | undefined, company: string): Tariff | undefined {
  if (!wanted) return kept;
  if (wanted.company !== undefined) return wanted.company === company ? wanted : kept;
  return kept?.company === company ? kept : wanted;
}

/** What companies owed of a month beside bookings, plans and goods at both prices: rents, packs, and what was charged by hand or by a penalty's cause. */
export const simulateDues = (used: readonly UsedDues[], facts: DuesFacts, wanted: Wanted): SimulatedLine[] =>
  used.flatMap((one) => [
    ...one.rents.map((rent) => rentLine(one, rent, facts.month, wanted.rents?.[rent.agreement])),
    ...one.packs.map((pack) => packLine(one, pack, wanted.packs?.[pack.pack])),
    ...one.items.map((item) => itemLine(one, item, itemPrice(one.company, item, facts, wanted))),
  ]);

type Whose = Pick<UsedDues, "company" | "companyName">;
const whose = ({ company, companyName }: Whose) => ({ company, companyName });
const both = (nowMinor: number, thenMinor: number) => ({ nowMinor, todayMinor: nowMinor, thenMinor });

/** A rent of the month by the rule that charges it (`planCharge`): by days where it began or ended within it, nothing for days without rent. Another rent holds for all its days of the month. */
function rentLine(owner: Whose, rent: Rent, month: Month, wantedMinor: number | undefined): SimulatedLine {
  const due = (monthlyMinor?: number) =>
    rent.phases.reduce((sum, { id, from, until, pauses, monthlyMinor: own }) => {
      const snapshot = { name: rent.title, monthlyMinor: monthlyMinor ?? own, roomMinutes: 0 };
      const phase = { id, from, until, pauses, snapshot };
      return sum + (planCharge(owner.company as `cmp_${string}`, phase, month, 0)?.amountMinor ?? 0);
    }, 0);
  const [first] = rent.phases;
  const days = { from: first?.from ?? `${month}-01`, until: rent.phases.at(-1)?.until };
  return {
    ...{ key: rent.agreement, of: "rent", ...whose(owner), stream: "rent", name: rent.title, days },
    ...both(due(), due(wantedMinor)),
  };
}

function packLine(owner: Whose, pack: UsedDues["packs"][number], wantedMinor: number | undefined): SimulatedLine {
  const { lot, name, from: day, priceMinor } = pack;
  return {
    ...{ key: lot, of: "pack", ...whose(owner), stream: "membership", name, day },
    ...both(priceMinor, wantedMinor ?? priceMinor),
  };
}

/**
 * What one of a thing costs: what is typed for it; else, under another tariff, what that asks for a penalty's cause or for a thing of that name, a cause that it does not know costing nothing. A price that somebody typed by hand,
 * other than the tariff's of then, stays.
 */
function itemPrice(company: string, item: Item, { month, tariffs }: DuesFacts, wanted: Wanted): number {
  const typed = wanted.items?.[item.of];
  if (typed !== undefined) return typed;
  const kept = tariffFor(tariffs, company, month);
  const next = tariffUnder(kept, wanted.tariff, company);
  if (next?.id === kept?.id) return item.unitMinor;
  const { cause, name, stream } = item;
  if (cause) return next?.items?.find(({ on }) => on === cause)?.unitMinor ?? 0;
  const priceIn = (tariff: Tariff | undefined) =>
    tariff?.items?.find((one) => one.name === name && itemStreams[one.kind] === stream)?.unitMinor;
  return priceIn(kept) === item.unitMinor ? (priceIn(next) ?? item.unitMinor) : item.unitMinor;
}

function itemLine(owner: Whose, item: Item, unitMinor: number): SimulatedLine {
  const { of, stream, per, unitMinor: was, quantity, amountMinor } = item;
  const thenMinor = unitMinor === was ? amountMinor : timesRatio(unitMinor, quantity, 1);
  return {
    ...{ key: `${owner.company} ${of} ${stream} ${per} ${was}`, of: "item", ...whose(owner), stream, item },
    ...both(amountMinor, thenMinor),
  };
}
