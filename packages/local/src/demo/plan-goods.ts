import { type Day, plusDays, weekday } from "@yihao/kernel/days";
import { plusMinutes } from "@yihao/kernel/span";
import type { DemoCompany } from "./catalogue.ts";
import type { Chance } from "./chance.ts";
import { at, later, openDays, type Timeframe, wallTime } from "./plan-days.ts";

type Units = { readonly product: number; readonly units: number };
type Of = { readonly document: string; readonly at: string };
/** One thing done with goods; `document` names the notice or order, `product` is an index of the company's. */
export type GoodsAct =
  | (Of & { readonly do: "announce"; readonly expectedOn: Day; readonly reference: string; readonly lines: Units[] })
  | (Of & { readonly do: "arrive"; readonly pallets: number })
  | (Of & { readonly do: "close" | "ship" | "cancel" })
  | (Of & Units & { readonly do: "receive"; readonly line: number; readonly damaged: number; readonly done: boolean })
  | (Of & Units & { readonly do: "putaway" })
  | (Of & { readonly do: "order"; readonly lines: Units[]; readonly recipient: Recipient })
  | (Of & Units & { readonly do: "pick"; readonly line: number; readonly short: boolean });
type Recipient = { readonly name: string; readonly phone: string; readonly address: string };
export type GoodsPlan = { readonly acts: readonly GoodsAct[]; readonly reorderPoints: readonly number[] };

const surnames = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const titles = ["女士", "先生"];
const addresses = [
  "安徽省合肥市蜀山区长江西路 189 号",
  "江苏省徐州市云龙区和平路 57 号",
  "安徽省宿州市埇桥区汴河路 321 号",
  "浙江省杭州市余杭区文一西路 969 号",
  "河南省商丘市梁园区凯旋路 88 号",
  "上海市闵行区七莘路 1855 弄",
  "山东省济南市历下区泺源大街 26 号",
  "广东省深圳市龙岗区坂雪岗大道 4012 号",
  "湖北省武汉市洪山区珞喻路 727 号",
  "安徽省淮北市烈山区新蔡路 15 号",
];

/** How busy a day of selling is: shopping festivals (双11, 618, 双12) are several usual days. */
function rush(day: Day): number {
  const date = day.slice(5);
  if (date === "11-11") return 4;
  if (["11-10", "11-12", "06-18", "12-12"].includes(date)) return 2.5;
  return ["11-09", "11-13", "06-17"].includes(date) ? 1.7 : 1;
}

/** Orders of a company on a usual day. Each costs the machine some forty writes, so they are few and large. */
const ordersADay = 0.33;

const dozens = (units: number) => Math.max(12, Math.ceil(units / 12) * 12);

/**
 * Plans a company's goods: deliveries when stock runs low, some of them short, over or damaged; orders that are picked and sent the same
 * day, many at a festival; at the end something to receive, something to pick, and something below its reorder point.
 */
export function planGoods(frame: Timeframe, company: DemoCompany, index: number, chance: Chance): GoodsPlan {
  const { products } = company;
  const acts: GoodsAct[] = [];
  const stock = products.map(() => 0);
  /** Runs out at the end: nobody ordered more of it. */
  const forgotten = index % 3 === 0 ? 0 : -1;
  const add = (product: number, units: number) => {
    stock[product] = (stock[product] ?? 0) + units;
  };

  const deliver = (day: Day, lines: Units[], until: "closed" | "announced" | "begun" = "closed") => {
    const document = `asn ${day}`;
    const start = at(day, wallTime(9 * 60 + chance.whole(0, 25)));
    const reference = `${company.key.slice(0, 2).toUpperCase()}-${day.slice(2).replaceAll("-", "")}`;
    const announced = plusMinutes(start, -chance.whole(18 * 60, 30 * 60));
    acts.push({
      do: "announce",
      document,
      at: later(announced, at(frame.first, "08:10")),
      expectedOn: day,
      reference,
      lines,
    });
    if (until === "announced") return;
    const came = until === "begun" ? plusMinutes(frame.now, -35) : start;
    // A pallet takes some 240 units.
    const pallets = Math.ceil(lines.reduce((sum, { units }) => sum + units, 0) / 240);
    acts.push({ do: "arrive", document, at: came, pallets });
    lines.forEach(({ product, units: expected }, position) => {
      if (until === "begun" && position > 0) return;
      const fate = chance.next();
      const short = fate < 0.08 ? Math.ceil(expected * 0.05) : 0;
      const over = fate > 0.96 ? 2 : 0;
      const damaged = fate > 0.5 && fate < 0.57 ? chance.whole(1, 3) : 0;
      const units = until === "begun" ? Math.ceil(expected / 3) : expected - short + over;
      const line = position + 1;
      const done = until !== "begun";
      const good = units - (done ? damaged : 0);
      const when = plusMinutes(came, 8 + position * 4);
      acts.push({ do: "receive", document, at: when, product, units, line, damaged: done ? damaged : 0, done });
      if (done) acts.push({ do: "putaway", document, at: plusMinutes(when, 26), product, units: good });
      add(product, good);
    });
    if (until === "closed") acts.push({ do: "close", document, at: plusMinutes(came, 8 + lines.length * 4 + 30) });
  };

  const order = (document: string, when: string, until: "sent" | "placed" | "begun" = "sent") => {
    const chosen = new Set<number>();
    for (let n = chance.pick([1, 1, 1, 2]); n > 0; n -= 1) chosen.add(chance.whole(0, products.length - 1));
    const lines = [...chosen].flatMap((product): Units[] => {
      const usual = products[product]?.day ?? 1;
      const units = Math.min(chance.whole(usual * 2, usual * 7), stock[product] ?? 0);
      return units > 0 ? [{ product, units }] : [];
    });
    if (lines.length === 0) return;
    const recipient = {
      name: chance.pick(surnames) + chance.pick(titles),
      phone: `1${chance.pick(["38", "59", "86", "77"])}${chance.whole(10_000_000, 99_999_999)}`,
      address: chance.pick(addresses),
    };
    for (const { product, units } of lines) add(product, -units);
    acts.push({ do: "order", document, at: when, lines, recipient });
    if (until === "placed") return;
    if (until === "sent" && chance.happens(0.03)) {
      for (const { product, units } of lines) add(product, units);
      acts.push({ do: "cancel", document, at: plusMinutes(when, 12) });
      return;
    }
    const picks = until === "begun" ? lines.slice(0, 1) : lines;
    picks.forEach(({ product, units }, position) => {
      const short = until === "sent" && units > 3 && chance.happens(0.02);
      const picked = until === "begun" ? Math.max(1, Math.floor(units / 2)) : units - (short ? 1 : 0);
      if (short) add(product, 1);
      const pickedAt = plusMinutes(when, (until === "begun" ? 6 : 40) + position * 5);
      acts.push({ do: "pick", document, at: pickedAt, product, units: picked, line: position + 1, short });
    });
    if (until === "sent") acts.push({ do: "ship", document, at: plusMinutes(when, 95) });
  };

  const days = openDays(frame.first, frame.today);
  days.forEach((day, nth) => {
    const today = day === frame.today;
    if (nth === 0)
      deliver(
        day,
        products.map(({ day: usual }, product) => ({ product, units: dozens(usual * 40) })),
      );
    else if (!today && [2, 5].includes(weekday(day))) {
      const low = products.flatMap(({ day: usual }, product): Units[] => {
        const left = product === forgotten && day > plusDays(frame.today, -24);
        return left || (stock[product] ?? 0) >= usual * 16 ? [] : [{ product, units: dozens(usual * 40) }];
      });
      if (low.length > 0) deliver(day, low);
    }
    const orders = Math.floor(ordersADay * rush(day) + chance.next());
    for (let n = 0; n < orders; n += 1)
      order(`order ${day} ${n}`, at(day, wallTime(10 * 60 + 30 + n * 55 + chance.whole(0, 50))));
  });
  const refill = products.map(({ day: usual }, product) => ({ product, units: dozens(usual * 12) })).slice(1, 4);
  if (index % 4 === 0) deliver(frame.today, refill, "begun");
  else if (index % 4 === 3) deliver(plusDays(frame.today, index > 4 ? 1 : 0), refill, "announced");
  if (index % 4 !== 3)
    order(`order now ${index}`, plusMinutes(frame.now, -20 - index * 9), index % 4 === 2 ? "begun" : "placed");

  const done = acts.filter((act) => act.at <= frame.now).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const free = freeAfter(done, products.length);
  const reorderPoints = products.map(({ day: usual }, product) =>
    product === forgotten ? Math.max(usual * 8, (free[product] ?? 0) + 6) : Math.min(usual * 8, free[product] ?? 0),
  );
  return { acts: done, reorderPoints };
}

/** Units of each product that are free after some acts. */
function freeAfter(acts: readonly GoodsAct[], products: number): number[] {
  const free = Array.from({ length: products }, () => 0);
  const add = (product: number, units: number) => {
    free[product] = (free[product] ?? 0) + units;
  };
  const ordered = new Map<string, readonly Units[]>();
  for (const act of acts)
    if (act.do === "receive") add(act.product, act.units - act.damaged);
    else if (act.do === "order") {
      ordered.set(act.document, act.lines);
      for (const { product, units } of act.lines) add(product, -units);
    } else if (act.do === "cancel")
      for (const { product, units } of ordered.get(act.document) ?? []) add(product, units);
  return free;
}
