import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { type Booker, commonOf } from "./booking-writes.ts";
import { clash } from "./grains.ts";
import { bookedBy, type Wish } from "./model.ts";
import { isAsShown } from "./pay.ts";
import { paidTogether } from "./price.ts";
import { type Basis, type BookingRefusals, basisOf, quoteFor } from "./quote-actions.ts";
import { sheetKey, sheetOf } from "./store.ts";
import { type NewWait, type Wait, type WaitQuote, waitsMost } from "./wait-model.ts";
import { endWrites, joinWrites, waitIdFor, waitPage, waitsFor } from "./wait-store.ts";

type Refusals = BookingRefusals;

/** Whether two stretches of time share a moment. */
export const meet = (one: { from: string; until: string }, other: { from: string; until: string }) =>
  one.from < other.until && other.from < one.until;

/** Whether nothing of a basis' time has a unit left: then it can be waited for. Half a unit a day. */
export async function isTaken(scope: Scope, { resource, parts }: Basis): Promise<boolean> {
  const sheets = await Promise.all(
    parts.map(({ day }) => sheetOf(scope, sheetKey(scope, resource.site, day, resource.id), { consistent: true })),
  );
  return parts.some((part, index) => clash(sheets[index]?.entries ?? [], part, resource.units));
}

async function waitable(scope: Scope, wish: Wish, as?: Stored<Company>) {
  const basis = await basisOf(scope, wish, as ? { as } : {});
  if (!basis.ok) return basis;
  const { resource, slot } = basis.value;
  if (slot.from <= scope.now) return refuse("booking.past", { from: slot.from, until: slot.until });
  const [taken, waits] = await Promise.all([isTaken(scope, basis.value), waitsFor(scope, resource.id)]);
  if (!taken) return refuse("wait.free", { code: resource.code });
  return accept({ basis: basis.value, waits: waits.filter((one) => meet(one, slot)) });
}

/**
 * Prices what is taken for whoever would wait for it, with how many wait before them for some of the same time. Writes nothing. Refuses what booking refuses by its rules, and
 * `wait.free` for what need not be waited for.
 */
export async function quoteWait(scope: Scope, wish: Wish, as?: Stored<Company>): Promise<Outcome<WaitQuote, Refusals>> {
  const found = await waitable(scope, wish, as);
  if (!found.ok) return found;
  const { basis, waits } = found.value;
  return accept({ ...(await quoteFor(scope, basis)), ahead: waits.length });
}

/**
 * Waits for what somebody has (候补). When it is free, whoever came first and still may book it has it: with `book` it is booked for them at the price of that moment if that is not more than was shown, otherwise
 * a letter tells of it. It ends when it begins. Refuses what `quoteWait` refuses, `price-changed`, `wait.already` and `wait.too-many`. 12 write units.
 */
export async function joinWait(
  scope: Scope,
  booker: Booker,
  wish: NewWait,
  also: (wait: Wait) => readonly Write[] = () => [],
): Promise<Outcome<Stored<Wait>, Refusals>> {
  const { book, language, ...shown } = wish;
  const target = { resource: wish.resource, ...(wish.company ? { company: wish.company } : {}) };
  const bare: Wish = "day" in wish ? { ...target, day: wish.day } : { ...target, from: wish.from, until: wish.until };
  const found = await waitable(scope, bare);
  if (!found.ok) return found;
  const { basis, waits } = found.value;
  const { resource, company, slot } = basis;
  const mine = waits.some((one) => one.person === booker.person && one.company === company.id);
  if (mine) return refuse("wait.already", { code: resource.code });
  const quote = await quoteFor(scope, basis);
  if (!isAsShown(quote.quote, shown)) return refuse("price-changed", { quote });
  const common = commonOf(scope, booker, resource, company);
  const { code, resourceName, kind, by, site, zone, companyName, person, personName, at } = common;
  const wait: Wait = {
    ...{ id: waitIdFor(scope), resource: resource.id, code, resourceName, kind, ...(by ? { by } : {}), site, zone },
    ...{ day: slot.day, from: slot.from, until: slot.until, company: company.id, companyName, person, personName, at },
    ...{
      book,
      totalMinor: quote.quote.totalMinor,
      ...paidTogether([quote.quote]),
      staff: basis.booker.staff,
      ...(language ? { language } : {}),
    },
    ...(booker.guest ? { guest: booker.guest } : {}),
  };
  const done = await commit(scope, [...joinWrites(scope, wait), ...also(wait)], { answer: { ...wait, rev: 1 } });
  if (done.done) return accept(done.answer);
  return "count" in done.lost ? refuse("wait.too-many", { most: waitsMost }) : refuse("conflict");
}

/** Waits of one's company by their start, or to staff of all or of one. */
export async function listWaits(
  scope: Scope,
  { company, ...range }: { company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
) {
  const own = ownCompany(scope);
  if (own && company && company !== own) return refuse("missing");
  const { cursor, limit = 100 } = range;
  return accept(await waitPage(scope, own ?? company, { cursor, limit }));
}

/** Waits no more. Refuses `missing`, also for another company's and for one that has ended. */
export async function leaveWait(scope: Scope, resource: string, id: string): Promise<Outcome<Stored<Wait>, Refusals>> {
  const own = ownCompany(scope);
  const wait = (await waitsFor(scope, resource, { consistent: true })).find((one) => one.id === id);
  if (!wait || (own !== undefined && wait.company !== own)) return refuse("missing");
  const done = await commit(scope, endWrites(scope, wait, "left"), { answer: wait });
  return done.done ? accept(done.answer) : refuse("missing");
}

/** The wish of a wait, as it is booked. */
export function wishOf(wait: Wait): Wish {
  const target = { resource: wait.resource, company: wait.company };
  return bookedBy(wait) === "day" ? { ...target, day: wait.day } : { ...target, from: wait.from, until: wait.until };
}
