import { penaltyCause } from "@yihao/booking/cancellation";
import type { BookingCancelled, BookingMade } from "@yihao/booking/model";
import { bookingOf } from "@yihao/booking/store";
import type { ParcelGone } from "@yihao/community/parcel-model";
import { dayOf, monthOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { spread, taxWithin } from "@yihao/kernel/money";
import { take } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { instant, millis } from "@yihao/kernel/span";
import { type AgreementTold, rentEvents } from "@yihao/members/agreement-model";
import { type PackSold, type SubscriptionTold, subscriptionEvents } from "@yihao/members/subscription-model";
import { defaultTax, type RateCard } from "@yihao/pricing/model";
import { pricePicks, priceStorage } from "@yihao/pricing/price";
import { needRateCard, rateCardOf } from "@yihao/pricing/store";
import { idFor } from "@yihao/table/command";
import { commit, receiptKey, receiptKind } from "@yihao/table/commit";
import { type Event, timeline } from "@yihao/table/event";
import { getMany } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { WarehouseEvents } from "@yihao/warehouse/model";
import { warehouseOf } from "@yihao/warehouse/store";
import { type Bare, chargesOfBooking, chargesOfCancelling, chargesOfLines } from "./charge.ts";
import { followDeposit } from "./demands.ts";
import { payerOf } from "./payer.ts";
import { penaltiesOfStay, penaltiesOn } from "./penalties.ts";
import { rechargePlan } from "./plan-month.ts";
import { followRent } from "./rent.ts";
import { postCharge } from "./store.ts";
import { taxBackground, taxedOnDay } from "./taxes.ts";
import { handlingUse, settleUsage, storageUse, tariffIn } from "./usage.ts";
import { zoneOf } from "./zone.ts";

/** Posts the charges of one fact, each taxed as its day has it, and what stands beside them, in one commit; its receipt makes the second time a no-op. Told are the tags of conditions that were lost of what stands beside. */
async function post(scope: Scope, charges: readonly Bare[], beside: readonly Write[] = []): Promise<readonly string[]> {
  if (charges.length + beside.length === 0) return [];
  const [first] = charges;
  const background = first && (await taxBackground(scope, first.company));
  const writes = charges.map((bare, index) =>
    postCharge(scope, { ...taxedOnDay(bare, background), id: idFor(scope, "chg", String(index)), at: scope.now }),
  );
  const outcome = await commit(scope, [...writes, ...beside], { answer: null });
  return outcome.done ? [] : Object.keys(outcome.lost);
}

/** What was used of the warehouse is charged to whom its owner turned out to be, however late it is heard. */
async function postUse(scope: Scope, charges: readonly Bare[], beside: readonly Write[] = []) {
  const [first] = charges;
  const company = first && (await payerOf(scope, first.company));
  return post(scope, company ? charges.map((charge) => ({ ...charge, company })) : charges, beside);
}

type StorageDay = WarehouseEvents["storage.day"];
type HandlingDone = WarehouseEvents["handling.done"];

/**
 * The bin-days of a company in a warehouse on a day (仓储日): bins of its own at the card's price, and its share of each bin that
 * several owners shared, spread evenly by largest remainder so that the shares of a bin sum exactly to its price.
 */
export function storageCharges(card: RateCard, data: StorageDay, event: string, name = ""): Bare[] {
  const { warehouse, day } = data;
  const company = data.company as CompanyId;
  const shared = data.shared ?? [];
  const where = { company, day, about: { id: warehouse, name } };
  const source = { kind: "storage", document: warehouse, event } as const;
  const own = chargesOfLines(priceStorage(card, data.bins - shared.length).lines, where, source);
  const shares = new Map<number, number>();
  for (const { owners } of shared) {
    const all = [...owners].sort();
    const mine =
      spread(
        card.binDayMinor,
        all.map(() => 1),
      )[all.indexOf(company)] ?? 0;
    shares.set(mine, (shares.get(mine) ?? 0) + 1);
  }
  const split = [...shares].flatMap(([unitMinor, bins]) =>
    chargesOfLines(priceStorage({ ...card, binDayMinor: unitMinor }, bins).lines, where, source),
  );
  return [...own, ...split];
}

type Handler = { readonly name: string; readonly charge: (scope: Scope, event: Event) => Promise<void> };
const handler = <Data>(name: string, charge: (scope: Scope, event: Event<string, Data>) => Promise<void>): Handler => ({
  name,
  charge: (scope, event) => charge(scope, event as Event<string, Data>),
});

/** What is charged when something happens, by event type: `name` makes it once. */
export const charging: Readonly<Record<string, Handler>> = {
  "booking.made": handler<BookingMade>("billing.booking", async (scope, { id, data }) => {
    const about = { id: data.resource, name: data.resourceName };
    const source = { kind: "booking", document: data.booking, event: id } as const;
    await post(scope, chargesOfBooking(data.quote, { company: data.company, day: data.day, about }, source));
  }),
  "booking.cancelled": handler<BookingCancelled>("billing.cancelling", async (scope, { id, at, data }) => {
    const booking = await bookingOf(scope, data.booking, { consistent: true });
    if (!booking) throw new Error(`booking ${data.booking} is cancelled and not there`);
    const about = { id: data.resource, name: data.resourceName };
    const source = { kind: "cancellation", document: data.booking, event: id } as const;
    const cancelled = { quote: booking.price, refundMinor: data.refundMinor, back: data };
    const back = chargesOfCancelling(cancelled, { company: data.company, day: data.day, about }, source);
    const cause = penaltyCause(booking, data, at);
    const { company, day } = data;
    const penalties = cause
      ? await penaltiesOn(scope, cause, { company, day, quantity: 1, document: data.booking, event: id })
      : [];
    await post(scope, [...back, ...penalties]);
  }),
  "storage.day": handler<StorageDay>("billing.storage", async (scope, { id, data }) => {
    const month = monthOf(data.day);
    const use = storageUse(scope, data);
    const company = data.company as CompanyId;
    if (await tariffIn(scope, company, month)) {
      const stay = { company, day: data.day, quantity: data.bins, document: data.warehouse, event: id };
      await postUse(scope, await penaltiesOfStay(scope, stay), [use]);
      return settleUsage(scope, company, month);
    }
    const warehouse = await warehouseOf(scope, data.warehouse);
    await postUse(scope, storageCharges(take(await needRateCard(scope)), data, id, warehouse?.name), [use]);
  }),
  "handling.done": handler<HandlingDone>("billing.handling", async (scope, { id, data }) => {
    const month = monthOf(data.day);
    const company = data.company as CompanyId;
    const tariff = await tariffIn(scope, company, month);
    const source = { kind: "handling", document: data.document, event: id } as const;
    const picked = !tariff && data.operation === "pick";
    const charges = picked
      ? chargesOfLines(
          pricePicks(take(await needRateCard(scope)), data.units).lines,
          { company, day: data.day },
          source,
        )
      : [];
    // The first movement of a document counts the document too, and the first to a bin the bin.
    let first = { document: true, bin: true };
    for (let lost = ["once"] as readonly string[]; lost.length > 0; ) {
      lost = await postUse(scope, charges, handlingUse(scope, data, first));
      first = { document: first.document && !lost.includes("document"), bin: first.bin && !lost.includes("bin") };
    }
    if (tariff) await settleUsage(scope, company, month);
  }),
  "order.cancelled": handler<WarehouseEvents["order.cancelled"]>(
    "billing.order-undone",
    async (scope, { id, at, data }) => {
      if (!data.picked) return;
      const what = { company: data.company as CompanyId, day: dayOf(at, await zoneOf(scope)), quantity: 1 };
      await postUse(scope, await penaltiesOn(scope, "order-undone", { ...what, document: data.order, event: id }));
    },
  ),
  "asn.closed": handler<WarehouseEvents["asn.closed"]>("billing.notice-over", async (scope, { id, data }) => {
    if (data.over === 0) return;
    const what = { company: data.company as CompanyId, day: data.day, quantity: data.over };
    await postUse(scope, await penaltiesOn(scope, "notice-over", { ...what, document: data.asn, event: id }));
  }),
  ...Object.fromEntries(
    ["parcel.handed-out", "parcel.returned"].map((type) => [
      type,
      handler<ParcelGone>(`billing.${type}`, async (scope, { id, at, data }) => {
        if (!data.waitedDays || data.reason === "mistake") return;
        const day = dayOf(at, await zoneOf(scope));
        const what = { company: data.company as CompanyId, day, quantity: data.waitedDays };
        await postUse(scope, await penaltiesOn(scope, "parcel-kept", { ...what, document: data.parcel, event: id }));
      }),
    ]),
  ),
  "pack.sold": handler<PackSold>("billing.pack", async (scope, { id, data: { company, lot } }) => {
    const taxBasis = ((await rateCardOf(scope))?.taxBasis ?? defaultTax).plan;
    const { name, priceMinor, from: day } = lot;
    if (priceMinor === 0) return;
    const charge: Bare = {
      ...{ company, day, month: monthOf(day), service: "plan", stream: "membership" },
      about: { id: lot.id, name },
      ...{ quantity: 1, per: "once", unitMinor: priceMinor, amountMinor: priceMinor },
      ...{ taxBasis, taxMinor: taxWithin(priceMinor, taxBasis) },
      source: { kind: "plan", document: lot.id, event: id },
    };
    await post(scope, [charge]);
  }),
  ...Object.fromEntries(
    rentEvents.map((type) => [
      type,
      handler<AgreementTold>(`billing.${type}`, async (scope, { data }) => {
        const agreement = await followRent(scope, data.company, data.agreement);
        if (agreement) await followDeposit(scope, agreement, type === "agreement.taken-over");
      }),
    ]),
  ),
  ...Object.fromEntries(
    subscriptionEvents
      .filter((type) => type !== "subscription.started")
      .map((type) => [
        type,
        handler<SubscriptionTold>(`billing.${type}`, (scope, { data }) => rechargePlan(scope, data.company, data)),
      ]),
  ),
};

/** The scope that the stream gives a reaction for a fact; the same here, so that both leave the same receipt. */
function heard(scope: Scope, event: Event, name: string): Scope {
  return { ...scope, actor: { kind: "system", name }, command: { id: `${event.id}:${name}`, print: name } };
}

const lagMs = 26 * 3_600_000;

/**
 * Charges what a company's timeline of the last day tells and the stream has not brought yet, so that a bill drawn a moment after something
 * happened has it. Each is the very commit that the stream's reaction makes, so whichever comes second does nothing.
 */
export async function catchUp(scope: Scope, company: CompanyId): Promise<void> {
  const from = instant(millis(scope.now) - lagMs);
  const page = await timeline(scope, company, {
    from,
    newest: false,
    limit: Number.POSITIVE_INFINITY,
    consistent: true,
  });
  const missing = page.items.flatMap((event) => {
    const one = charging[event.type];
    return one ? [{ event, one, scope: heard(scope, event, one.name) }] : [];
  });
  const receipts = await getMany(
    scope,
    receiptKind,
    missing.map((each) => receiptKey(each.scope)),
    { consistent: true },
  );
  for (const [index, each] of missing.entries()) if (!receipts[index]) await each.one.charge(each.scope, each.event);
}
