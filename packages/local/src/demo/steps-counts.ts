import { dayOf, plusDays } from "@yihao/kernel/days";
import { plusMinutes } from "@yihao/kernel/span";
import { createAsn } from "@yihao/warehouse/asn-actions";
import { beginBin, countBin, planCount } from "@yihao/warehouse/count-actions";
import { judgeCount } from "@yihao/warehouse/count-review";
import type { AsnId, ProductId } from "@yihao/warehouse/model";
import { addProduct } from "@yihao/warehouse/product-actions";
import { receiveLine } from "@yihao/warehouse/receive-actions";
import { putAway } from "@yihao/warehouse/stock-actions";
import { demoGtin } from "./codes.ts";
import { companyId, done, mainSpace, type Stage, scopeAt, staff } from "./stage.ts";
import { warehouseId } from "./steps-space.ts";

const maker = 9;
const [yoghurtBin, secondBin, scalesBin] = ["02-06-05", "02-06-04", "02-06-03"] as const;

/**
 * Goods kept by lot and by serial that came in today, and counts in three states: one that is posted, one that waits to be judged, one to
 * do on the phone.
 */
export async function countDemo(stage: Stage): Promise<void> {
  const food = stage.companies.find(({ key }) => key === "hupan");
  if (!food) return;
  const space = mainSpace(stage);
  const company = companyId(stage, space, food.key);
  const warehouse = warehouseId(stage);
  const today = dayOf(stage.frame.now, "Asia/Shanghai");
  const by = (part: "owner" | "warehouse", what: string, minutesAgo: number) =>
    scopeAt(stage, space, `counts ${what}`, plusMinutes(stage.frame.now, -minutesAgo), staff(stage, part));

  const add = async (what: string, facts: object, item: number) => {
    const scope = by("owner", what, 240);
    const wish = { company, name: what, gtin: demoGtin(maker, item), ...facts };
    return (await done(scope, await addProduct(scope, wish))).id as ProductId;
  };
  const yoghurt = await add("低温酸奶 200 g", { unit: "杯", track: "lot", dated: true, costMinor: 650 }, 0);
  const scales = await add("便携电子秤", { unit: "台", track: "serial", costMinor: 8_900 }, 1);
  const lines = [
    { product: yoghurt, units: 144 },
    { product: scales, units: 6 },
  ];
  const announcing = by("owner", "announce", 230);
  const asn = await done(announcing, await createAsn(announcing, { company, warehouse, reference: "HP-LOT", lines }));
  const serials = Array.from({ length: 6 }, (_, at) => `ES26${String(1041 + at * 7)}`);
  const arrivals = [
    { line: 1, units: 48, lot: "Y1126A", expiry: plusDays(today, 18) },
    { line: 1, units: 96, lot: "Y1126B", expiry: plusDays(today, 46) },
    { line: 2, units: 6, serials },
  ];
  for (const [at, { line, ...wish }] of arrivals.entries()) {
    const scope = by("warehouse", `receive ${at}`, 200 - at);
    await done(scope, await receiveLine(scope, asn.id as AsnId, line, wish));
  }
  const put = async (product: ProductId, bin: string, lot: string, units: number, item: number) => {
    const scope = by("warehouse", `put ${lot}`, 180);
    const scans = { bin, product: demoGtin(maker, item) };
    await done(scope, await putAway(scope, { warehouse, product, units, lot, asn: asn.id, scans }));
  };
  await put(yoghurt, yoghurtBin, "Y1126A", 48, 0);
  await put(yoghurt, secondBin, "Y1126B", 96, 0);
  for (const serial of serials) await put(scales, scalesBin, serial, 1, 1);
  await stage.drained();

  const plan = async (what: string, from: string, to: string, minutesAgo: number) => {
    const scope = by("owner", `plan ${what}`, minutesAgo);
    return (await done(scope, await planCount(scope, { warehouse, basis: { kind: "bins", from, to } }))).id;
  };
  const found = async (count: string, bin: string, lot: string, units: number, minutesAgo: number, round = 1) => {
    const name = `${count} ${bin} ${round}`;
    const beginning = by("warehouse", `begin ${name}`, minutesAgo + 2);
    await done(beginning, await beginBin(beginning, count, bin));
    const ending = by("warehouse", `found ${name}`, minutesAgo);
    await done(ending, await countBin(ending, count, bin, { lines: [{ product: yoghurt, lot, units }] }));
  };
  const posted = await plan("posted", yoghurtBin, yoghurtBin, 120);
  await found(posted, yoghurtBin, "Y1126A", 47, 110);
  const judging = by("owner", "approve", 100);
  await done(judging, await judgeCount(judging, posted, { do: "approve" }));
  await stage.drained();
  const waiting = await plan("waiting", secondBin, yoghurtBin, 60);
  for (const round of [1, 2]) await found(waiting, secondBin, "Y1126B", 90, 50 - round * 5, round);
  await found(waiting, yoghurtBin, "Y1126A", 47, 30);
  await plan("to do", "01-01-01", "01-01-05", 20);
}
