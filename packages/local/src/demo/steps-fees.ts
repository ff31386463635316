import { monthOf, plusDays, plusMonths } from "@yihao/kernel/days";
import { plusMinutes } from "@yihao/kernel/span";
import { beginBin, countBin, planCount } from "@yihao/warehouse/count-actions";
import { recordLabels } from "@yihao/warehouse/label-actions";
import type { ProductId, WarehouseId } from "@yihao/warehouse/model";
import { pickLine, picksOf, placeOrder } from "@yihao/warehouse/order-actions";
import type { OrderView } from "@yihao/warehouse/order-model";
import { packCarton } from "@yihao/warehouse/pack-actions";
import { beginPallet, loadPallet, sendPallets, turnPallet } from "@yihao/warehouse/pallet-actions";
import { stockDetail } from "@yihao/warehouse/stock-reads";
import { elevationOf, warehouseOf } from "@yihao/warehouse/store";
import { at, earlier, later } from "./plan-days.ts";
import { companyId, done, mainSpace, type Stage, scopeAt, staff } from "./stage.ts";
import { warehouseId } from "./steps-space.ts";

type By = (part: "owner" | "warehouse", what: string, instant: string) => ReturnType<typeof scopeAt>;
const cartonUnits = 6;

/** What is charged by the bin, the label and the pallet: last month a count that the first owner asked for and labels put on its goods; today a pallet that left and one that is being loaded. */
export async function chargeWork(stage: Stage): Promise<void> {
  const first = stage.companies.find(({ products }) => products.length >= 3);
  if (!first) return;
  // What lies where is read from copies that follow the stream.
  await stage.drained();
  const { frame } = stage;
  const space = mainSpace(stage);
  const company = companyId(stage, space, first.key);
  const warehouse = warehouseId(stage);
  const by: By = (part, what, instant) => scopeAt(stage, space, `fees ${what}`, instant, staff(stage, part));
  const day = later(plusDays(frame.first, 1), `${plusMonths(monthOf(frame.today), -1)}-20`);
  const past = (minutes: number) => plusMinutes(at(day, "15:00"), minutes);
  // Today's, in order, also just after midnight: yesterday's stock is closed.
  const ago = (minutes: number) =>
    earlier(
      later(plusMinutes(frame.now, -minutes), plusMinutes(at(frame.today, "00:00"), (90 - minutes) / 60)),
      frame.now,
    );

  const place = await warehouseOf(by("warehouse", "look", frame.now), warehouse, { consistent: true });
  if (!place) return;
  const { contents } = await elevationOf(by("warehouse", "look", frame.now), place, true);
  const own = contents.filter((one) => one.company === company && one.place === "bin");
  const planning = by("owner", "count", past(0));
  const wish = { warehouse, basis: { kind: "owner" as const, company }, asked: company };
  const count = await done(planning, await planCount(planning, wish));
  for (const [nth, bin] of [...new Set(own.flatMap(({ bin: code }) => code ?? []))].sort().entries()) {
    const beginning = by("warehouse", `begin ${bin}`, past(10 + nth * 4));
    await done(beginning, await beginBin(beginning, count.id, bin));
    const lines = contents
      .filter((one) => one.bin === bin)
      .map(({ product, units, lot }) => ({ product, units, ...(lot === undefined ? {} : { lot }) }));
    const ending = by("warehouse", `found ${bin}`, past(12 + nth * 4));
    await done(ending, await countBin(ending, count.id, bin, { lines }));
  }
  const [labelled] = own;
  for (const [what, instant, labels] of [
    ["last month", past(60), 240],
    ["today", ago(90), 48],
  ] as const)
    if (labelled) {
      const scope = by("warehouse", `labels ${what}`, instant);
      await done(scope, await recordLabels(scope, { product: labelled.product }, labels));
    }
  await stage.drained();

  const rich = await Promise.all(
    own
      .filter(({ lot }) => lot === undefined)
      .map(async (one) => {
        const stock = await stockDetail(by("warehouse", "look", frame.now), one.product as ProductId);
        return { product: one.product, free: stock.ok ? Math.min(stock.value.stock.free, one.units) : 0 };
      }),
  );
  const most = rich.sort((one, other) => other.free - one.free)[0];
  if (!most || most.free < cartonUnits * 4) return;
  const orders: OrderView[] = [];
  for (const [nth, name] of ["合肥滨湖仓", "徐州云龙店"].entries()) {
    const scope = by("owner", `order ${nth}`, ago(80 - nth));
    const lines = [{ product: most.product, units: cartonUnits * 2 }];
    const order = await done(scope, await placeOrder(scope, { company, lines, recipient: { name } }));
    orders.push(await packed(by, warehouse, order, nth, ago(70 - nth * 5)));
  }
  for (const [nth, order] of orders.entries()) {
    const beginning = by("warehouse", `pallet ${nth}`, ago(50 - nth * 10));
    const pallet = await done(beginning, await beginPallet(beginning, { company, warehouse }));
    // The second one waits with a carton beside it.
    for (const { number } of (order.cartons ?? []).slice(0, nth === 0 ? 2 : 1)) {
      const scope = by("warehouse", `load ${nth} ${number}`, ago(48 - nth * 10 - number));
      await done(scope, await loadPallet(scope, pallet.id, { order: order.id, number }));
    }
    if (nth > 0) continue;
    const closing = by("warehouse", `close ${nth}`, ago(42));
    await done(closing, await turnPallet(closing, pallet.id, "closed"));
    const leaving = by("warehouse", `send ${nth}`, ago(38));
    const shipment = { carrier: "deppon" as const, numbers: ["DPK364417720915"] };
    await done(leaving, await sendPallets(leaving, { pallets: [pallet.id], shipment }));
  }
  await stage.drained();
}

/** An order picked whole and packed into cartons of six. */
async function packed(by: By, warehouse: WarehouseId, order: OrderView, nth: number, instant: string) {
  const found = await picksOf(by("warehouse", `look ${nth}`, instant), order.id, warehouse);
  for (const { line, bin, units } of found.ok ? found.value : []) {
    if (bin === null) continue;
    const scope = by("warehouse", `pick ${nth} ${line} ${bin}`, instant);
    await done(scope, await pickLine(scope, order.id, { warehouse, line, bin, units }));
  }
  let after = order;
  for (const carton of [0, 1]) {
    const scope = by("warehouse", `pack ${nth} ${carton}`, plusMinutes(instant, 2 + carton));
    const [line] = order.lines;
    const items = [{ code: line?.gtin ?? line?.code ?? "", units: cartonUnits }];
    after = await done(scope, await packCarton(scope, order.id, { items, grams: 2_150 + carton * 40 }));
  }
  return after;
}
