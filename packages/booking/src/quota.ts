import { type Day, monthOf } from "@yihao/kernel/days";
import { minutesOf } from "@yihao/kernel/span";
import { quotasOf } from "./area.ts";
import type { Booking, Resource } from "./model.ts";
import type { Quota } from "./rules-model.ts";

/** What is counted of one booking in one quota: whose, over what, in which period, how much, and how much there may be in all. */
export type Use = {
  readonly quota: Quota;
  readonly holder: string;
  readonly over: string;
  /** `m2026-11-24` minutes of a day, `n2026-W48` bookings of a week, `n2026-11` of a month, `ahead`. */
  readonly period: string;
  readonly amount: number;
};
type Counted = Pick<Booking, "resource" | "kind" | "site" | "day" | "from" | "until" | "person" | "company">;
/** The company that books, as far as quotas ask. */
export type Holder = {
  readonly staff: boolean;
  readonly plan?: string | undefined;
};

/**
 * The quotas that a booking counts in (配额). A booking counts wholly in the local day on which it starts, and in that day's ISO week and month. What staff book for a company counts for
 * the company and for no person.
 */
export function countedIn(resource: Resource, { staff, plan }: Holder): Quota[] {
  return quotasOf(resource).filter(
    (quota) =>
      (quota.per === "company" || !staff) &&
      (quota.plans === undefined || (plan !== undefined && quota.plans.some((one) => one === plan))),
  );
}

/** How a booking remembers a quota that it counts in. */
export function countName({ per, over, count, in: period }: Quota): string {
  return `${per} ${over} ${count} ${period}`;
}

/** What a booking uses of quotas, those of one counter summed once: the smallest limit binds. */
export function usesOf(quotas: readonly Quota[], booking: Counted): Use[] {
  const uses = new Map<string, Use>();
  for (const quota of quotas) {
    const use = useOf(quota, booking);
    const key = counterName(use);
    const other = uses.get(key);
    if (!other || quota.most < other.quota.most) uses.set(key, use);
  }
  return [...uses.values()];
}

/** What one or several bookings use of one counter, summed: the smallest limit binds. */
export type Sum = Use & { readonly bookings: readonly Pick<Booking, "id" | "from">[] };

/** Sums what several bookings use by counter, for one commit writes each counter once. */
export function sumUses(all: readonly { uses: readonly Use[]; booking: Pick<Booking, "id" | "from"> }[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { uses, booking } of all)
    for (const use of uses) {
      const name = counterName(use);
      const sum = sums.get(name);
      const { id, from } = booking;
      sums.set(name, {
        ...(sum && sum.quota.most < use.quota.most ? sum : use),
        amount: (sum?.amount ?? 0) + use.amount,
        bookings: [...(sum?.bookings ?? []), { id, from }],
      });
    }
  return [...sums.values()];
}

/** Reads back what a booking counts in, for giving it back; limits play no part. */
export function usesBack(booking: Counted & Pick<Booking, "counted">): Use[] {
  const quotas = (booking.counted ?? []).map((name) => {
    const [per, over, count, period] = name.split(" ");
    return { per, over, count, in: period, most: 1 } as Quota;
  });
  return usesOf(quotas, booking);
}

/** One name for a counter, the same for every booking that counts in it. */
export function counterName({ holder, over, period }: Pick<Use, "holder" | "over" | "period">): string {
  return `${holder} ${over} ${period}`;
}

function useOf(quota: Quota, booking: Counted): Use {
  return {
    quota,
    holder: quota.per === "person" ? booking.person : booking.company,
    over: quota.over === "resource" ? booking.resource : `${booking.site}-${booking.kind}`,
    period:
      quota.in === "ahead" ? "ahead" : `${quota.count === "minutes" ? "m" : "n"}${periodOf(quota.in, booking.day)}`,
    amount: quota.count === "minutes" ? minutesOf(booking) : 1,
  };
}

function periodOf(period: "day" | "week" | "month", day: Day): string {
  return period === "day" ? day : period === "month" ? monthOf(day) : weekOf(day);
}

/** The ISO 8601 week of a local day, `2026-W53`: the week belongs to the year that has its Thursday. */
export function weekOf(day: Day): string {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + 4 - (noon.getUTCDay() || 7));
  const first = Date.UTC(noon.getUTCFullYear(), 0, 1);
  const week = Math.floor((noon.getTime() - first) / (7 * 86_400_000)) + 1;
  return `${noon.getUTCFullYear()}-W${String(week).padStart(2, "0")}`;
}

/** A booking that is still to come, on the list that an `ahead` quota keeps of its holder. */
export type Ahead = { readonly booking: string; readonly from: string };

/** The bookings of such a list that have not started at an instant. */
export function stillAhead(list: readonly Ahead[], now: string): Ahead[] {
  return list.filter(({ from }) => from > now);
}
