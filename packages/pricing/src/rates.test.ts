import { type Day, dayOf, plusDays, timeOf, weekday } from "@yihao/kernel/days";
import { timesRatio } from "@yihao/kernel/money";
import { instant, millis } from "@yihao/kernel/span";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreedOn, clashing, takenOver } from "./agreed.ts";
import { type AgreedPrice, agreedMost, defaultTax, type Rate, type RateCard, RateCardSchema } from "./model.ts";
import { priceRoom } from "./price.ts";
import { type Priceable, priceDay, priceTime, unitFor } from "./rates.ts";

const plain: RateCard = {
  currency: "CNY",
  taxIncluded: true,
  taxBasis: defaultTax,
  roomHourMinor: 6000,
  deskDayMinor: 4000,
  binDayMinor: 240,
  pickUnitMinor: 150,
};
const evening: Rate = { name: "晚间", from: "18:00", until: "24:00", price: { percent: 50 } };
const weekend: Rate = { name: "周末", weekdays: [6, 7], price: { hourMinor: 9000 } };
const card = (change: Partial<RateCard>): RateCard => ({ ...plain, ...change });
/** A room in Shanghai, wall times given as they are there. */
const room = (from: string, until: string, change: Partial<Priceable> = {}): Priceable => ({
  kind: "room",
  resource: "res_one",
  zone: "Asia/Shanghai",
  member: false,
  from: new Date(`${from}:00+08:00`).toISOString(),
  until: new Date(`${until}:00+08:00`).toISOString(),
  ...change,
});
const seed = Number(process.env.SEED ?? 20261123);

describe("a price by time", () => {
  it("without rates is what a room's minutes cost", () => {
    const what = room("2026-11-24T10:00", "2026-11-24T11:30");
    expect(priceTime(plain, what)).toEqual(priceRoom(plain, 90));
    expect(priceTime(plain, what, { allowance: 30 })).toEqual(priceRoom(plain, 90, 30));
    expect(priceTime(card({ overrides: { res_one: { hourMinor: 12_000 } } }), what).totalMinor).toBe(18_000);
  });

  it("changes with the time of day, a line for each price, and the first rate that fits holds", () => {
    const priced = priceTime(card({ rates: [evening] }), room("2026-11-24T17:00", "2026-11-24T19:30"));
    expect(priced.lines).toMatchObject([
      { quantity: 60, unitMinor: 6000, amountMinor: 6000 },
      { quantity: 90, unitMinor: 3000, amountMinor: 4500, text: "晚间" },
    ]);
    expect(priced.totalMinor).toBe(10_500);
    const saturday = room("2026-11-28T17:00", "2026-11-28T19:00");
    expect(priceTime(card({ rates: [evening, weekend] }), saturday).totalMinor).toBe(9000 + 3000);
    expect(priceTime(card({ rates: [weekend, evening] }), saturday).totalMinor).toBe(18_000);
  });

  it("over midnight has each day's own weekday", () => {
    const friday = room("2026-11-27T23:00", "2026-11-28T01:00");
    expect(priceTime(card({ rates: [weekend] }), friday).lines).toMatchObject([
      { quantity: 60, unitMinor: 6000 },
      { quantity: 60, unitMinor: 9000 },
    ]);
  });

  it("changes with length and with a plan", () => {
    const long: Rate = { name: "半天", leastMinutes: 240, price: { percent: 80 } };
    const member: Rate = { name: "会员", member: true, kinds: ["room"], price: { percent: 90 } };
    const rates = [long, member];
    expect(priceTime(card({ rates }), room("2026-11-24T10:00", "2026-11-24T14:00")).totalMinor).toBe(19_200);
    expect(priceTime(card({ rates }), room("2026-11-24T10:00", "2026-11-24T12:00")).totalMinor).toBe(12_000);
    const theirs = room("2026-11-24T10:00", "2026-11-24T12:00", { member: true });
    expect(priceTime(card({ rates }), theirs).totalMinor).toBe(10_800);
  });

  it("of a local day never costs more than the cap, each day its own", () => {
    const capped = card({ kinds: { room: { capMinor: 20_000 } } });
    const long = room("2026-11-24T09:00", "2026-11-24T21:00");
    expect(priceTime(capped, long).lines).toMatchObject([{ quantity: 1, per: "day", amountMinor: 20_000 }]);
    expect(priceTime(capped, room("2026-11-24T09:00", "2026-11-24T12:00")).totalMinor).toBe(18_000);
    expect(priceTime(capped, room("2026-11-24T18:00", "2026-11-25T06:00")).totalMinor).toBe(20_000 * 2);
    expect(priceTime(capped, long, { allowance: 600 }).totalMinor).toBe(12_000);
    expect(priceTime(card({ overrides: { res_one: { capMinor: 5000 } } }), long).totalMinor).toBe(5000);
  });

  it("is paid by allowance first, by prepaid credit next and by money last", () => {
    const what = room("2026-11-24T16:00", "2026-11-24T20:00");
    const rated = card({ rates: [evening] });
    expect(priceTime(rated, what, { allowance: 60, credit: 90 })).toMatchObject({
      allowanceMinutes: 60,
      creditMinutes: 90,
      totalMinor: 4500,
      lines: [{ quantity: 90, unitMinor: 3000 }],
    });
    expect(priceTime(rated, what, { allowance: 300, credit: 90 })).toEqual({
      lines: [],
      totalMinor: 0,
      taxMinor: 0,
      allowanceMinutes: 240,
    });
  });

  it("counts the minutes that pass on a day with a clock change", () => {
    const berlin = { zone: "Europe/Berlin" };
    const night: Rate = { name: "夜间", from: "02:00", until: "03:00", price: { hourMinor: 1000 } };
    const of = (from: string, until: string) =>
      priceTime(card({ rates: [night] }), room("2026-11-24T10:00", "2026-11-24T11:00", { ...berlin, from, until }));
    const spring = of("2026-03-29T00:00:00.000Z", "2026-03-29T02:00:00.000Z");
    expect(spring.lines).toMatchObject([{ quantity: 120, unitMinor: 6000 }]);
    const autumn = of("2026-10-24T23:00:00.000Z", "2026-10-25T03:00:00.000Z");
    expect(autumn.lines.map(({ quantity, unitMinor }) => [quantity, unitMinor])).toEqual([
      [60, 6000],
      [120, 1000],
      [60, 6000],
    ]);
  });

  it(`is the sum of what each minute costs by the first rate that fits it (seed ${seed})`, () => {
    const hour = fc.integer({ min: 0, max: 23 }).map((at) => `${String(at).padStart(2, "0")}:00`);
    const rate = fc.record({
      name: fc.constant("r"),
      weekdays: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), { nil: undefined }),
      from: hour,
      until: fc.constantFrom("12:00", "18:00", "23:00", "24:00"),
      member: fc.option(fc.boolean(), { nil: undefined }),
      price: fc.integer({ min: 1, max: 50 }).map((times) => ({ hourMinor: times * 600 })),
    });
    fc.assert(
      fc.property(
        fc.array(rate, { maxLength: 4 }),
        fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "America/New_York"),
        fc.constantFrom("2026-03-28", "2026-10-31", "2028-02-28", "2026-11-27"),
        fc.integer({ min: 0, max: 287 }),
        fc.integer({ min: 1, max: 400 }),
        fc.boolean(),
        (rates, zone, day, start, length, member) => {
          const from = millis(`${day}T00:00:00.000Z`) + start * 300_000;
          const span = { from: instant(from), until: instant(from + length * 300_000) };
          const what = { ...room("2026-11-24T10:00", "2026-11-24T11:00"), ...span, zone, member };
          let twelfths = 0;
          for (let at = from; at < from + length * 300_000; at += 300_000) {
            const [on, time] = [dayOf(instant(at), zone), timeOf(instant(at), zone)];
            const held = rates.find(
              (one) =>
                (one.weekdays === undefined || one.weekdays.includes(weekday(on))) &&
                (one.member === undefined || one.member === member) &&
                one.from <= time &&
                time < one.until,
            );
            twelfths += held ? held.price.hourMinor : 6000;
          }
          const priced = priceTime(card({ rates: rates as Rate[] }), what);
          expect(priced.totalMinor).toBe(timesRatio(twelfths, 1, 12));
          expect(priced.lines.reduce((sum, one) => sum + one.quantity, 0)).toBe(length * 5);
        },
      ),
      { seed, numRuns: 150 },
    );
  });
});

describe("a company's own price", () => {
  const agreed = (price: AgreedPrice["price"]) => ({ name: "协议价", price });
  it("is its share of each price and of the cap, or stands in place of all of them, and its name is on every line", () => {
    const rated = card({ rates: [evening], kinds: { room: { capMinor: 20_000 } } });
    const at = (price: AgreedPrice["price"], until = "19:30") =>
      priceTime(rated, room("2026-11-24T17:00", `2026-11-24T${until}`, { agreed: agreed(price) })).lines;
    expect(at({ percent: 80 })).toMatchObject([
      { quantity: 60, unitMinor: 4800, amountMinor: 4800, text: "协议价" },
      { quantity: 90, unitMinor: 2400, amountMinor: 3600, text: "晚间 · 协议价" },
    ]);
    expect(at({ hourMinor: 5000 })).toMatchObject([{ quantity: 150, unitMinor: 5000, text: "协议价" }]);
    expect(at({ dayMinor: 1 })).toEqual(priceTime(rated, room("2026-11-24T17:00", "2026-11-24T19:30")).lines);
    const long = room("2026-11-24T09:00", "2026-11-24T21:00", { agreed: agreed({ percent: 50 }) });
    expect(priceTime(rated, long).lines).toMatchObject([{ per: "day", amountMinor: 10_000, text: "协议价" }]);
    expect(unitFor(rated, { kind: "room", resource: "", agreed: agreed({ percent: 80 }) }, "hourMinor")).toBe(4800);
  });

  it("of a day is a day's, and gives a price to what had none", () => {
    const of = (kind: Priceable["kind"], price: AgreedPrice["price"]) =>
      priceDay(plain, { ...room("2026-11-24T09:00", "2026-11-24T21:00"), kind, agreed: agreed(price) });
    expect(of("desk", { percent: 75 }).lines).toMatchObject([{ per: "day", amountMinor: 3000, text: "协议价" }]);
    expect(of("parking", { dayMinor: 900 }).totalMinor).toBe(900);
    expect(of("parking", { percent: 50 }).totalMinor).toBe(0);
  });

  it("holds on its days alone, and no two of a kind meet", () => {
    const one = (from: string, until?: string): AgreedPrice => ({
      ...{ name: "协议价", kind: "room", price: { percent: 80 }, from },
      ...(until ? { until } : {}),
    });
    const year = one("2026-12-01", "2027-12-01");
    expect(
      ["2026-11-30", "2026-12-01", "2027-11-30", "2027-12-01"].map((day) => agreedOn([year], "room", day)),
    ).toEqual([undefined, year, year, undefined]);
    expect(agreedOn([year], "desk", "2026-12-01")).toBeUndefined();
    expect(clashing([year, one("2027-12-01"), { ...one("2027-01-01"), kind: "desk" }])).toBeUndefined();
    expect(clashing([year, one("2027-11-30")])).toEqual(year);
    expect(clashing([one("2027-01-01", "2027-01-01")])).toBeDefined();
  });

  it("of a company that turns out to be another holds where the other has none: each day has the other's own first, and no more are kept than fit", () => {
    const day = fc.integer({ min: 0, max: 30 }).map((days) => plusDays("2026-12-01", days));
    const price = fc.record({
      ...{ name: fc.constant("协议价"), kind: fc.constantFrom("room" as const, "desk" as const), from: day },
      ...{ price: fc.integer({ min: 1, max: 99 }).map((percent) => ({ percent })) },
      until: fc.option(day, { nil: undefined }),
    });
    const list = fc
      .array(price, { maxLength: 6 })
      .map((all) => all.map(({ until, ...one }): AgreedPrice => ({ ...one, ...(until ? { until } : {}) })))
      .map((all) => all.filter((one) => !clashing([one])))
      .map((all) => all.filter((one, at) => all.slice(0, at).every((other) => !clashing([other, one]))));
    const today = "2026-12-10";
    const seed = 20261127;
    fc.assert(
      fc.property(list, list, (own, theirs) => {
        const { prices, left } = takenOver(own, theirs, today);
        expect(prices.length).toBeLessThanOrEqual(agreedMost);
        expect(clashing(prices)).toBeUndefined();
        const all = prices.length < agreedMost;
        const lost = (one: AgreedPrice, days: Day[]) => days.some((on) => agreedOn(prices, one.kind, on) === undefined);
        for (let at = 0; at < 40; at += 1)
          for (const kind of ["room", "desk"] as const) {
            const on = plusDays(today, at);
            const mine = agreedOn(own, kind, on);
            const now = agreedOn(prices, kind, on);
            if (mine) expect(now).toEqual(mine);
            else if (all) expect(now?.price).toEqual(agreedOn(theirs, kind, on)?.price);
            else if (now) expect(now.price).toEqual(agreedOn(theirs, kind, on)?.price);
          }
        for (const one of theirs) {
          const days = Array.from({ length: 40 }, (_, at) => plusDays(today, at));
          const holds = days.filter((on) => agreedOn([one], one.kind, on));
          expect(left.includes(one)).toBe(
            holds.some((on) => agreedOn(own, one.kind, on)) || (!all && lost(one, holds)),
          );
        }
      }),
      { seed, numRuns: 200 },
    );
  });
});

describe("a price by day", () => {
  const desk = (day: string, member = false) => room(`${day}T09:00`, `${day}T21:00`, { kind: "desk", member });
  it("is the day's price, by weekday and plan where a rate says so; a rate of hours does not touch it", () => {
    const rates: Rate[] = [
      evening,
      { name: "周末", weekdays: [6, 7], price: { dayMinor: 2500 } },
      { name: "会员", member: true, price: { percent: 75 } },
    ];
    expect(priceDay(card({ rates }), desk("2026-11-24")).totalMinor).toBe(4000);
    expect(priceDay(card({ rates }), desk("2026-11-24", true)).totalMinor).toBe(3000);
    expect(priceDay(card({ rates }), desk("2026-11-28", true)).lines).toMatchObject([
      { quantity: 1, per: "day", amountMinor: 2500, text: "周末" },
    ]);
  });

  it("of a pool is a desk's, of a kind with a price its own, and of one without nothing", () => {
    const of = (kind: Priceable["kind"], kinds: RateCard["kinds"] = {}) =>
      priceDay(card({ kinds }), { ...desk("2026-11-24"), kind });
    expect(of("pool").totalMinor).toBe(4000);
    expect(of("parking", { parking: { dayMinor: 1500 } })).toMatchObject({
      totalMinor: 1500,
      lines: [{ service: "facility", stream: "services", taxBasis: 600 }],
    });
    expect(of("locker")).toEqual({ lines: [], totalMinor: 0, taxMinor: 0, allowanceMinutes: 0 });
    const printer = { ...room("2026-11-24T09:00", "2026-11-24T11:00"), kind: "equipment" as const };
    expect(priceTime(card({ kinds: { equipment: { hourMinor: 3000 } } }), printer)).toMatchObject({
      totalMinor: 6000,
      lines: [{ service: "equipment" }],
    });
    expect(priceTime(plain, printer).totalMinor).toBe(0);
  });
});

it("a card refuses a rate that ends before it begins or asks for two prices", () => {
  const parses = (rate: object) => RateCardSchema.safeParse({ ...plain, rates: [rate] }).success;
  expect(parses(evening)).toBe(true);
  expect(parses({ ...evening, until: "17:00" })).toBe(false);
  expect(parses({ ...evening, price: { percent: 50, hourMinor: 1 } })).toBe(false);
});
