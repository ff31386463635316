import { priceSlot } from "@yihao/booking/price";
import type { Day, Month } from "@yihao/kernel/days";
import { timesRatio } from "@yihao/kernel/money";
import type { Phase, Subscription } from "@yihao/members/subscription-model";
import type { BookableKind, PriceOverrideSchema, Rate, RateCard, Stream } from "@yihao/pricing/model";
import { cardOn, withPrices } from "@yihao/pricing/periods";
import { streamOfKind } from "@yihao/pricing/rates";
import { dueOf, tariffFor, termsOfCard } from "@yihao/pricing/tariff";
import type { DueLine, Tariff, TariffTerms, Usage } from "@yihao/pricing/tariff-model";
import type { z } from "zod";
import { phasesToCharge, planCharge } from "./plan-charge.ts";
import { simulateDues, tariffUnder } from "./simulation-dues.ts";
import type { UsedBooking, UsedDues, UsedPlan } from "./simulation-model.ts";

type Prices = z.infer<typeof PriceOverrideSchema>;
/** Other prices of a kind, or of one resource; what is left out stays. */
export type WantedPrice = { readonly of: BookableKind | { readonly resource: string }; readonly prices: Prices };

/**
 * What is asked to be other than it is. `period` names the prices from a day to come (新价从某日起) by their first day, `held` is a card whose prices held on a day gone by (那天的价格), those of goods without a tariff too: either
 * holds for the whole month then; `prices` and `rates` change the card that holds. `plans` are prices of a month by plan, `rents` by agreement, `packs` prices by pack, `items` of what is charged by hand or as a penalty by thing;
 * `tariff` is what storage, handling and its items cost instead.
 */
export type Wanted = {
  readonly period?: Day | undefined;
  readonly held?: RateCard | undefined;
  readonly prices?: readonly WantedPrice[];
  readonly rates?: readonly Rate[] | undefined;
  readonly plans?: Readonly<Record<string, number>>;
  readonly rents?: Readonly<Record<string, number>>;
  readonly packs?: Readonly<Record<string, number>>;
  readonly items?: Readonly<Record<string, number>>;
  readonly tariff?: Tariff | undefined;
};

/** The rate card of a local day with what is wanted of it. A resource's own price goes before its kind's, as it always does. */
export function cardUnder(
  whole: RateCard,
  wanted: Pick<Wanted, "period" | "held" | "prices" | "rates">,
  day: Day,
): RateCard {
  const other = wanted.held ?? whole.periods?.find(({ from }) => from === wanted.period);
  const base = other ? withPrices(whole, other) : cardOn(whole, day);
  const kinds = { ...base.kinds };
  const overrides = { ...base.overrides };
  for (const { of, prices } of wanted.prices ?? [])
    if (typeof of === "string") kinds[of] = { ...kinds[of], ...prices };
    else overrides[of.resource] = { ...overrides[of.resource], ...prices };
  const priced: RateCard = wanted.prices?.length ? { ...base, kinds, overrides } : base;
  return wanted.rates ? { ...priced, rates: [...wanted.rates] } : priced;
}

/** One thing of a month at both prices, in fen with tax. `todayMinor` is what it comes to at today's prices as they are. Guests stand under no company. */
export type SimulatedLine = {
  readonly key: string;
  readonly company: string;
  readonly companyName: string;
  readonly stream: Stream;
  readonly nowMinor: number;
  readonly todayMinor: number;
  readonly thenMinor: number;
} & (
  | { readonly of: "booking"; readonly booking: UsedBooking }
  | { readonly of: "plan"; readonly name: string; readonly days: Pick<Subscription, "from" | "until"> }
  | { readonly of: "rent"; readonly name: string; readonly days: Pick<Subscription, "from" | "until"> }
  | { readonly of: "pack"; readonly name: string; readonly day: Day }
  | { readonly of: "item"; readonly item: UsedDues["items"][number] }
  | { readonly of: "goods"; readonly line: DueLine }
);

/** The company under which guests are summed. */
export const guests = "";

/**
 * What each booking was charged, comes to at today's prices, and would under the prices that are wanted, by the rule that prices bookings (`priceSlot`). Held as it was: who booked what and when, the company's plan and price of its
 * own on that day, the units that plan and packs paid, and the share that was kept of what was cancelled late.
 */
export function simulateBookings(used: readonly UsedBooking[], card: RateCard, wanted: Wanted): SimulatedLine[] {
  const cards = cardsOf(card, wanted);
  const plain = cardsOf(card, {});
  return used.map((booking) => {
    const { id, day, guest } = booking;
    return {
      ...{ key: id, of: "booking", booking, stream: streamOfKind(booking.kind), nowMinor: booking.chargedMinor },
      ...(guest
        ? { company: guests, companyName: "" }
        : { company: booking.company, companyName: booking.companyName }),
      ...{ todayMinor: priceOf(booking, plain(day)), thenMinor: priceOf(booking, cards(day)) },
    };
  });
}

function cardsOf(card: RateCard, wanted: Wanted) {
  const known = new Map<Day, RateCard>();
  return (day: Day) => {
    const found = known.get(day) ?? cardUnder(card, wanted, day);
    known.set(day, found);
    return found;
  };
}

/** What a booking costs under a card, less what is given back of it. */
function priceOf(booking: UsedBooking, card: RateCard): number {
  const { resource: id, kind, by, zone, from, until, day, member, agreed, guest, publicMinor } = booking;
  const thing = { id, kind, by, calendar: { zone }, public: guest ? { priceMinor: publicMinor } : undefined };
  const slot = { from, until, day, member, agreed, ...(guest ? { guest } : {}) };
  const { totalMinor } = priceSlot(card, thing, slot, booking.planUnits, booking.packUnits);
  return booking.keptPercent === undefined ? totalMinor : timesRatio(totalMinor, booking.keptPercent, 100);
}

/**
 * What each plan's month is charged and would be if every company had taken it at the price that is wanted, by the rule that charges plans (`planCharge`): by days where it ran for a part, nothing while it rested. What was agreed
 * with a company for its plan stays as long as it was agreed.
 */
export function simulatePlans(used: readonly UsedPlan[], month: Month, plans: Wanted["plans"] = {}): SimulatedLine[] {
  return used.flatMap(({ company, companyName, subscriptions }) =>
    subscriptions.flatMap((subscription) => {
      const before = duesOf(company, subscription, month);
      const after = new Map(duesOf(company, atPrices(subscription, plans), month).map((one) => [one.id, one.minor]));
      return before.flatMap(({ id, name, minor, from, until }): SimulatedLine[] => {
        const thenMinor = after.get(id) ?? 0;
        if (minor === 0 && thenMinor === 0) return [];
        return [
          {
            ...{ key: id, of: "plan", company, companyName, stream: "membership", name, days: { from, until } },
            ...{ nowMinor: minor, todayMinor: minor, thenMinor },
          },
        ];
      });
    }),
  );
}

type Had = UsedPlan["subscriptions"][number];

const duesOf = (company: string, subscription: Had, month: Month) =>
  phasesToCharge(subscription).map((phase) => ({
    ...{ id: phase.id, name: phase.snapshot.name, from: phase.from, until: phase.until },
    minor: planCharge(company as `cmp_${string}`, phase, month, 0)?.amountMinor ?? 0,
  }));

function atPrices(subscription: Had, plans: NonNullable<Wanted["plans"]>): Had {
  const at = <One extends Pick<Phase, "plan" | "snapshot">>(phase: One): One => {
    const monthlyMinor = plans[phase.plan];
    return monthlyMinor === undefined ? phase : { ...phase, snapshot: { ...phase.snapshot, monthlyMinor } };
  };
  const { amendments } = subscription;
  return { ...at(subscription), ...(amendments ? { amendments: amendments.map(at) } : {}) };
}

export type SimulatedUse = {
  readonly company: string;
  readonly name: string;
  readonly nowMinor: number;
  readonly thenMinor: number;
  readonly now: readonly DueLine[];
  readonly after: readonly DueLine[];
};
type GoodsFacts = {
  readonly tariffs: readonly Tariff[];
  readonly card: TariffTerms;
  /** What holds instead of the card's own terms where there is no tariff. */
  readonly held?: TariffTerms | undefined;
  readonly wanted?: Tariff | undefined;
};

/** What each company's use of a month costs as it is priced now and would under another tariff, the largest change first. Free days count as used up on both sides. */
export function simulateUse(
  usages: readonly Usage[],
  { tariffs, card, held = card, wanted }: GoodsFacts,
): SimulatedUse[] {
  const linesOf = (terms: TariffTerms, usage: Usage) =>
    dueOf(terms, usage, { over: true, daysBefore: terms.freeDays ?? 0 });
  const sum = (lines: readonly DueLine[]) => lines.reduce((total, line) => total + line.amountMinor, 0);
  return usages
    .map((usage) => {
      const kept = tariffFor(tariffs, usage.company, usage.month);
      const now = linesOf(kept ?? card, usage);
      const after = linesOf(tariffUnder(kept, wanted, usage.company) ?? held, usage);
      const { company, companyName: name } = usage;
      return { company, name, now, after, nowMinor: sum(now), thenMinor: sum(after) };
    })
    .sort((a, b) => Math.abs(b.thenMinor - b.nowMinor) - Math.abs(a.thenMinor - a.nowMinor));
}

/** The same line by line, as bookings and plans are told. */
export function simulateGoods(usages: readonly Usage[], facts: GoodsFacts): SimulatedLine[] {
  return simulateUse(usages, facts).flatMap(({ company, name, now, after }) => {
    const keys = [...new Set([...now, ...after].map(({ key }) => key))];
    return keys.map((key): SimulatedLine => {
      const [one, other] = [now.find((line) => line.key === key), after.find((line) => line.key === key)];
      const line = (one ?? other) as DueLine;
      const nowMinor = one?.amountMinor ?? 0;
      return {
        ...{ key: `${company} ${key}`, of: "goods", company, companyName: name, stream: line.stream, line },
        ...{ nowMinor, todayMinor: nowMinor, thenMinor: other?.amountMinor ?? 0 },
      };
    });
  });
}

/** Everything that a month is simulated from, as it is read. */
export type MonthFacts = {
  readonly month: Month;
  readonly card: RateCard;
  readonly bookings: readonly UsedBooking[];
  readonly plans: readonly UsedPlan[];
  readonly dues: readonly UsedDues[];
  readonly goods: readonly Usage[];
  readonly tariffs: readonly Tariff[];
};

/** What a month cost and would have cost (试算), line by line: plans, bookings, rents, packs, what was charged by hand or as a penalty, storage and handling. */
export const simulateMonth = (facts: MonthFacts, wanted: Wanted): SimulatedLine[] => [
  ...simulatePlans(facts.plans, facts.month, wanted.plans),
  ...simulateBookings(facts.bookings, facts.card, wanted),
  ...simulateDues(facts.dues, facts, wanted),
  ...simulateGoods(facts.goods, {
    ...{ tariffs: facts.tariffs, card: termsOfCard(facts.card), wanted: wanted.tariff },
    ...(wanted.held ? { held: termsOfCard(wanted.held) } : {}),
  }),
];

export type Sums = { readonly nowMinor: number; readonly todayMinor: number; readonly thenMinor: number };

/** What lines come to together. */
export const sumsOf = (lines: readonly SimulatedLine[]): Sums => ({
  nowMinor: lines.reduce((sum, one) => sum + one.nowMinor, 0),
  todayMinor: lines.reduce((sum, one) => sum + one.todayMinor, 0),
  thenMinor: lines.reduce((sum, one) => sum + one.thenMinor, 0),
});

/** Lines by what they are told apart by, with the sums of each, the largest change first and then the largest sum. */
export function sumsBy<Key extends string>(lines: readonly SimulatedLine[], keyOf: (line: SimulatedLine) => Key) {
  const found = new Map<Key, SimulatedLine[]>();
  for (const line of lines) {
    const key = keyOf(line);
    const known = found.get(key);
    if (known) known.push(line);
    else found.set(key, [line]);
  }
  const size = ({ nowMinor, thenMinor }: Sums) => Math.abs(thenMinor - nowMinor);
  return [...found]
    .map(([key, lines]) => ({ key, lines, ...sumsOf(lines) }))
    .sort((a, b) => size(b) - size(a) || b.nowMinor - a.nowMinor || (a.key < b.key ? -1 : 1));
}
