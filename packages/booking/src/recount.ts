import type { Scope } from "@yihao/kernel/scope";
import { get } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Booking } from "./model.ts";
import { type Use, usesBack } from "./quota.ts";
import { aheadKind, counterKey, counterKind } from "./quota-store.ts";

/** The writes that count a booking for another person or company in the quotas of that holder, since a counter is the sum of the bookings of its holder; limits play no part. */
export async function recount(
  scope: Scope,
  booking: Booking,
  per: Use["quota"]["per"],
  into: string,
): Promise<Write[]> {
  if (booking.state === "cancelled") return [];
  const uses = usesBack(booking).filter(({ quota }) => quota.per === per);
  const each = uses.map(async (use): Promise<Write[]> => {
    const [was, is] = [counterKey(scope, use), counterKey(scope, { ...use, holder: into } satisfies Use)];
    if (use.period !== "ahead")
      return [
        { do: "update", key: was, add: { used: -use.amount }, tag: "quota" },
        { do: "update", key: is, kind: counterKind, add: { used: use.amount }, tag: "quota" },
      ];
    const [mine, theirs] = await Promise.all([get(scope, aheadKind, was), get(scope, aheadKind, is)]);
    const here = mine?.list.find((one) => one.booking === booking.id);
    if (!mine || !here) return [];
    const { rev, ...list } = mine;
    const next = { list: [...(theirs?.list ?? []), here], at: scope.now };
    return [
      replace(was, aheadKind, { ...list, list: list.list.filter((one) => one !== here) }, rev, "quota"),
      theirs ? replace(is, aheadKind, next, theirs.rev, "quota") : insert(is, aheadKind, next, "quota"),
    ];
  });
  return (await Promise.all(each)).flat();
}
