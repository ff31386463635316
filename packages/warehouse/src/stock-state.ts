import { type Day, dayOf, daySpan, plusDays, type Zone } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import type { Transfer } from "@yihao/ledger/model";
import { query } from "@yihao/table/read";
import { stateKind, statesOf } from "./analysis-store.ts";
import { goodsOfUnit } from "./books.ts";
import { onHandChange } from "./card.ts";
import { lotsOf } from "./lot-store.ts";
import { wholeHistory } from "./owner-history.ts";
import type { Product } from "./product-model.ts";
import { foldStock, nothingYet, type StockState, type StockStep } from "./valuation.ts";

/** The cost that a transfer of goods that came in was told, in fen a unit. */
const toldCost = ({ note }: Transfer): number | undefined =>
  typeof note?.costMinor === "number" ? note.costMinor : undefined;

/** The day from which goods that came in count as there: told by whoever entered opening stock, else that of the transfer. */
const cameOn = ({ note, at }: Transfer, zone: Zone): Day =>
  typeof note?.receivedOn === "string" ? note.receivedOn : dayOf(at, zone);

async function stepsOf(
  scope: Scope,
  product: Product,
  transfers: readonly Transfer[],
  zone: Zone,
): Promise<StockStep[]> {
  const changing = transfers.filter((transfer) => onHandChange(transfer) !== 0);
  const named = changing.flatMap(({ unit }) => goodsOfUnit(unit).lot ?? []);
  const lots = named.length === 0 ? undefined : await lotsOf(scope, product.id, named);
  return changing.map((transfer): StockStep => {
    const change = onHandChange(transfer);
    const { lot } = goodsOfUnit(transfer.unit);
    const since = lot === undefined ? undefined : lots?.get(lot)?.since;
    const bought = transfer.from === "supplier" || transfer.from === "opening";
    const costMinor = bought ? (toldCost(transfer) ?? product.costMinor) : undefined;
    return {
      day: change > 0 ? cameOn(transfer, zone) : dayOf(transfer.at, zone),
      change,
      ...(costMinor === undefined ? {} : { costMinor }),
      ...(since === undefined ? {} : { lotDay: dayOf(since, zone) }),
    };
  });
}

/**
 * What a product was at the end of a local day, or of the day under way until now, from the ledger: the last state that was kept by then, and every
 * transfer since. Half a read unit for the state and what the transfers since weigh; with the nightly run that is nothing on an ended day.
 */
export async function stateOn(scope: Scope, product: Product, day: Day, zone: Zone): Promise<StockState> {
  const kept = (
    await query(scope, stateKind, statesOf(scope, product.id), {
      prefix: "val#",
      until: `${day}~`,
      newest: true,
      limit: 1,
    })
  ).items[0];
  const { rev: _rev, ...base } = kept ?? { ...nothingYet, rev: 1 };
  if (kept?.day === day) return base;
  const from = kept ? daySpan(plusDays(kept.day, 1), zone).from : " ";
  const ended = daySpan(day, zone).until;
  const transfers = await wholeHistory(scope, product, {
    from,
    until: ended <= scope.now ? ended : `${scope.now}~`,
    newest: false,
    limit: Number.POSITIVE_INFINITY,
  });
  const steps = await stepsOf(scope, product, transfers, zone);
  return { ...foldStock(base, steps), day };
}
