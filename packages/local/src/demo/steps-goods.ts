import { type Day, plusDays } from "@yihao/kernel/days";
import { arriveAsn, closeAsn, createAsn } from "@yihao/warehouse/asn-actions";
import type { AsnId, ProductId } from "@yihao/warehouse/model";
import { finishOrder, pickLine, placeOrder } from "@yihao/warehouse/order-actions";
import { addProduct } from "@yihao/warehouse/product-actions";
import { warehouseTimers } from "@yihao/warehouse/reactions";
import { receiveLine } from "@yihao/warehouse/receive-actions";
import { putAway } from "@yihao/warehouse/stock-actions";
import { chanceOf } from "./chance.ts";
import { demoCase, demoGtin } from "./codes.ts";
import { at, later } from "./plan-days.ts";
import { type GoodsAct, planGoods } from "./plan-goods.ts";
import { companyId, done, madeBy, mainSpace, platformAt, type Stage, scopeAt, staff } from "./stage.ts";
import { firstDay, racks, warehouseId } from "./steps-space.ts";

const two = (n: number) => String(n).padStart(2, "0");

/** The bin of a product, by its place among all products of the demo, in the order of walking. */
function binOf(place: number): string {
  const { columns, levels } = racks;
  const [bay, level] = [Math.floor(place / levels), place % levels];
  return `${two(Math.floor(bay / columns) + 1)}-${two((bay % columns) + 1)}-${two(level + 1)}`;
}

/** Everything that happens to one company's goods. */
export async function moveGoods(stage: Stage, index: number): Promise<void> {
  const company = stage.companies[index];
  if (!company) return;
  const { frame } = stage;
  const space = mainSpace(stage);
  const owner = companyId(stage, space, company.key);
  const warehouse = warehouseId(stage);
  const plan = planGoods(frame, company, index, chanceOf(`goods ${company.key} ${frame.today}`));
  const before = stage.companies.slice(0, index).reduce((sum, { products }) => sum + products.length, 0);
  const named = (what: string) => `goods ${company.key} ${what}`;
  const productName = (product: number) => named(`product ${product}`);
  const product = (at: number) => madeBy(stage, space, productName(at), "prd") as ProductId;
  const gtin = (at: number) => demoGtin(index, at);

  for (const [nth, { name, unit }] of company.products.entries()) {
    const scope = firstDay(stage, space, productName(nth), "07:55");
    const code = `${company.key.slice(0, 3).toUpperCase()}-${two(nth + 1)}`;
    // What it costs its owner: ¥8 to ¥97, the same in every demo.
    const costMinor = 800 + ((index * 5 + nth * 11) % 90) * 100;
    const size = { lengthMm: 80 + (nth % 4) * 60, widthMm: 60 + (nth % 3) * 40, heightMm: 40 + (index % 4) * 30 };
    // The first company never weighed its goods: bins tell that they are not counted in their load.
    const weight = index === 0 ? {} : { weightGrams: 180 + ((index * 7 + nth * 13) % 60) * 20 };
    const perCase = [12, 24, 20, 6][nth % 4] ?? 12;
    const packs = [
      { name: "箱", units: perCase, gtin: demoCase(index, nth) },
      ...(nth % 3 === 0 ? [{ name: "托", units: perCase * 40 }] : []),
    ];
    const facts = {
      packs,
      company: owner,
      name,
      code,
      gtin: gtin(nth),
      costMinor,
      size,
      ...weight,
      ...(unit ? { unit } : {}),
    };
    await done(scope, await addProduct(scope, { ...facts, reorderPoint: plan.reorderPoints[nth] ?? 0 }));
  }
  const step = async (act: GoodsAct) => {
    const line = "line" in act ? ` ${act.line}` : "product" in act ? ` ${act.product}` : "";
    const name = named(`${act.do} ${act.document}${line}`);
    const own = act.do === "announce" || act.do === "order" || act.do === "cancel";
    const scope = scopeAt(stage, space, name, act.at, staff(stage, own ? "owner" : "warehouse"));
    const asn = madeBy(stage, space, named(`announce ${act.document}`), "asn") as AsnId;
    const order = madeBy(stage, space, named(`order ${act.document}`), "ord");
    const scans = (at: number) => ({ bin: binOf(before + at), product: gtin(at) });
    const lines = (all: readonly { readonly product: number; readonly units: number }[]) =>
      all.map(({ product: at, units }) => ({ product: product(at), units }));
    switch (act.do) {
      case "announce": {
        const { reference, expectedOn } = act;
        const wish = { company: owner, warehouse, reference, expectedOn, lines: lines(act.lines) };
        return done(scope, await createAsn(scope, wish));
      }
      case "arrive":
        return done(scope, await arriveAsn(scope, asn, { pallets: act.pallets }));
      case "close":
        return done(scope, await closeAsn(scope, asn));
      case "receive": {
        const { units, damaged, done: over } = act;
        return done(scope, await receiveLine(scope, asn, act.line, { units, damaged, done: over }));
      }
      case "putaway": {
        const wish = { warehouse, product: product(act.product), units: act.units, asn, scans: scans(act.product) };
        return done(scope, await putAway(scope, wish));
      }
      case "order":
        return done(
          scope,
          await placeOrder(scope, { company: owner, lines: lines(act.lines), recipient: act.recipient }),
        );
      case "pick": {
        const short = act.short ? { short: "not-found" as const } : {};
        const wish = { warehouse, line: act.line, units: act.units, ...short, scans: scans(act.product) };
        return done(scope, await pickLine(scope, order, { ...wish, bin: binOf(before + act.product) }));
      }
      case "ship":
      case "cancel":
        return done(scope, await finishOrder(scope, order, act.do === "ship" ? "shipping" : "cancelling"));
    }
  };
  for (const act of plan.acts) await step(act);
}

const nightlyDays = 10;

/**
 * What the nightly timer of the warehouse would have done: the storage days up to yesterday are closed. The last ones each at its night;
 * earlier ones a week at a time, as after a week switched off, since each closing reads all that moved since.
 */
export async function closeNights(stage: Stage): Promise<void> {
  const nightly = warehouseTimers.find(({ type }) => type === "warehouse.close-day");
  if (!nightly) throw new Error("the warehouse has no nightly timer");
  const { first, today, now: last } = stage.frame;
  const subject = warehouseId(stage);
  const close = async (day: Day) => {
    const now = at(day, "00:30");
    if (now > last) return;
    const due = { id: `demo ${now}`, space: mainSpace(stage), type: nightly.type, subject, at: now, data: null };
    await nightly.on(platformAt(stage, `night ${now}`, now), due);
  };
  const nights = plusDays(today, -nightlyDays);
  for (let day = plusDays(first, 7); day < nights; day = plusDays(day, 7)) await close(day);
  await stage.drained();
  for (let day = later(nights, plusDays(first, 1)); day <= today; day = plusDays(day, 1)) {
    await close(day);
    await workOutNight(stage, day);
  }
}

/** The stock figures of each owner for the day before a night. */
async function workOutNight(stage: Stage, day: Day): Promise<void> {
  const figures = warehouseTimers.find(({ type }) => type === "warehouse.stock-run");
  if (!figures) throw new Error("the warehouse works out no figures");
  const now = at(day, "00:31");
  if (now > stage.frame.now) return;
  const space = mainSpace(stage);
  for (const { key, products } of stage.companies) {
    if (products.length === 0) continue;
    const name = `figures ${key} ${now}`;
    const due = { id: `demo ${name}`, space, type: figures.type, subject: companyId(stage, space, key), at: now };
    await figures.on(platformAt(stage, name, now), { ...due, data: { day: plusDays(day, -1) } });
  }
}
