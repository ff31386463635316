import { type Day, dayOf, plusDays, type Zone } from "@yihao/kernel/days";
import type { Transfer } from "@yihao/ledger/model";
import { goodsOfUnit, movementOf, placeOf } from "./books.ts";
import type { CardRow } from "./stock-model.ts";

/** How a transfer of the place book changes what is on hand: in from outside +, out −, between two places 0. */
export function onHandChange(transfer: Pick<Transfer, "from" | "to" | "amount">): number {
  return (placeOf(transfer.to) ? transfer.amount : 0) - (placeOf(transfer.from) ? transfer.amount : 0);
}

const goodsLot = (unit: string) => {
  const { lot } = goodsOfUnit(unit);
  return lot === undefined ? {} : { lot };
};

/** Rows of the stock card (流水), newest first, from what was on hand after the newest; each says before, change and after. */
export function cardRows(transfers: readonly Transfer[], onHand: number): { rows: CardRow[]; before: number } {
  let after = onHand;
  const rows = transfers.map((transfer): CardRow => {
    const change = onHandChange(transfer);
    const row: CardRow = {
      id: transfer.id,
      at: transfer.at,
      by: transfer.by,
      type: movementOf(transfer),
      from: transfer.from,
      to: transfer.to,
      units: transfer.amount,
      before: after - change,
      change,
      after,
      ...goodsLot(transfer.unit),
      ...(transfer.document === undefined ? {} : { document: transfer.document }),
    };
    after -= change;
    return row;
  });
  return { rows, before: after };
}

/** On hand at the end of each of the last `count` local days up to today, from what is on hand now and the transfers since. */
export function stockSeries(
  onHand: number,
  since: readonly Pick<Transfer, "at" | "from" | "to" | "amount">[],
  today: Day,
  count: number,
  zone: Zone,
): { day: Day; onHand: number }[] {
  const changes = new Map<Day, number>();
  for (const transfer of since) {
    const day = dayOf(transfer.at, zone);
    changes.set(day, (changes.get(day) ?? 0) + onHandChange(transfer));
  }
  const days: { day: Day; onHand: number }[] = [];
  let end = onHand;
  for (let back = 0; back < count; back += 1) {
    const day = plusDays(today, -back);
    days.push({ day, onHand: end });
    end -= changes.get(day) ?? 0;
  }
  return days.reverse();
}
