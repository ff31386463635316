import { isDeepStrictEqual } from "node:util";
import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { placePerson } from "@yihao/testing/booking-world";
import { Client, type Reply, unitsOf } from "./client.ts";
import { openGoods, violationsOf } from "./goods-world.ts";
import { ms, percentile, timed } from "./measure.ts";
import { platformScope, signIn, type World } from "./world.ts";

type Goods = Awaited<ReturnType<typeof openGoods>>["goods"];
type Made = { readonly id: string };

/** A generator of numbers in [0, 1) that is the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws ranks by Zipf's law with exponent 0.99: rank r comes with a share of 1/r^0.99. */
export function zipf(count: number, chance: () => number): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= count; rank += 1) {
    sum += 1 / rank ** 0.99;
    sums.push(sum);
  }
  return () => {
    const at = chance() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const kinds = ["reserve", "pick", "receive", "move", "count", "query"] as const;
type Kind = (typeof kinds)[number];
/** The mix of WH-C, in hundredths. */
const mix: Readonly<Record<Kind, number>> = { reserve: 35, pick: 25, receive: 15, move: 10, count: 5, query: 10 };
function kindAt(at: number): Kind {
  let edge = 0;
  for (const kind of kinds) {
    edge += mix[kind] / 100;
    if (at < edge) return kind;
  }
  return "query";
}

/** Products that the mix works on at most: each has a line of a notice to receive on. */
const lineMost = 400;
/** Every so many operations one is called off, and one is sent again. */
const everyHundred = 0.01;

type Tally = {
  times: Record<Kind, number[]>;
  conflicts: number;
  write: number;
  read: number;
  aborts: number;
  replays: number;
  lines: number;
  wrong: string[];
};

function emptyTally(): Tally {
  const times = { reserve: [], pick: [], receive: [], move: [], count: [], query: [] };
  return { times, conflicts: 0, write: 0, read: 0, aborts: 0, replays: 0, lines: 0, wrong: [] };
}

/** Units of each product that are laid down before it begins. */
const laidUnits = 10_000;

/** The mix as one client works it: what it draws hangs on its seed alone, whatever the others do meanwhile. */
class Mix {
  readonly #world: World;
  readonly #goods: Goods;
  readonly #products: number;
  readonly #asn: string;
  readonly #chance: () => number;
  readonly #rank: () => number;
  readonly #open: { order: string; at: number }[] = [];
  readonly #away = new Map<number, number>();
  readonly tally: Tally;

  constructor(world: World, goods: Goods, products: number, asn: string, seed: number, tally: Tally) {
    this.#world = world;
    this.#goods = goods;
    this.#products = products;
    this.#asn = asn;
    this.#chance = seeded(seed);
    this.#rank = zipf(products, this.#chance);
    this.tally = tally;
  }

  /** Sends one command, at times twice: the second answer must be the first. */
  async #send(client: Client, path: string, body: unknown, expected: readonly number[] = [201]): Promise<Reply> {
    const key = { "idempotency-key": crypto.randomUUID() };
    const where = `${this.#world.base}${path}`;
    const first = await client.send("POST", where, body, key);
    this.#count(first, expected, path);
    if (first.status === 201 && this.#chance() < everyHundred) {
      const again = await client.send("POST", where, body, key);
      this.tally.replays += 1;
      if (again.status !== first.status || !isDeepStrictEqual(JSON.parse(again.text), JSON.parse(first.text)))
        this.tally.wrong.push(`replay of ${path}: ${first.text.slice(0, 300)} then ${again.text.slice(0, 300)}`);
    }
    return first;
  }

  #count(reply: Reply, expected: readonly number[], path: string): void {
    const { read, write } = unitsOf(reply);
    this.tally.read += Number.isNaN(read) ? 0 : read;
    this.tally.write += Number.isNaN(write) ? 0 : write;
    if (/"code":"(busy|conflict|stale)"/.test(reply.text)) this.tally.conflicts += 1;
    else if (!expected.includes(reply.status))
      this.tally.wrong.push(`${path}: ${reply.status} ${reply.text.slice(0, 120)}`);
  }

  /** Does one thing of the mix; `judge` is somebody else, who looks up what lies there and approves what was counted. */
  async one(client: Client, judge: Client): Promise<void> {
    const drawn = kindAt(this.#chance());
    // There is nothing to pick before something was reserved.
    const kind: Kind = drawn === "pick" && this.#open.length === 0 ? "reserve" : drawn;
    const at = this.#rank();
    const { ms: took } = await timed(() => this.#work(client, judge, kind, at));
    this.tally.times[kind].push(took);
  }

  async #work(client: Client, judge: Client, kind: Kind, at: number): Promise<void> {
    const { company, warehouse, product, bin, bins } = this.#goods;
    const id = product(at);
    switch (kind) {
      case "reserve": {
        const abort = this.#chance() < everyHundred;
        const lines = [{ product: id, units: abort ? 1_000_000 : 1 }];
        const reply = await this.#send(
          client,
          "/orders",
          { company, lines, recipient: { name: "测量" } },
          abort ? [409] : [201],
        );
        if (abort) this.tally.aborts += 1;
        else if (reply.status === 201) this.#open.push({ order: (JSON.parse(reply.text) as Made).id, at });
        return;
      }
      case "pick": {
        const next = this.#open.shift();
        if (!next) return;
        const wish = { warehouse, line: 1, bin: bin(next.at), units: 1 };
        await this.#send(client, `/orders/${next.order}/pick`, wish);
        return;
      }
      case "receive": {
        const line = (at % Math.min(this.#products, lineMost)) + 1;
        const goods = product(line - 1);
        await this.#send(client, `/asns/${this.#asn}/lines/${line}/receive`, { units: 1 });
        const scans = { bin: bin(line - 1), product: await this.#codeOf(line - 1) };
        await this.#send(client, "/putaway", { warehouse, product: goods, units: 1, asn: this.#asn, scans });
        return;
      }
      case "move": {
        // There and back again, so that a pick finds its goods where they were.
        const other = bins[(at + 7) % bins.length] ?? "";
        const out = (this.#away.get(at) ?? 0) === 0;
        this.#away.set(at, out ? 1 : 0);
        const [from, to] = out ? [bin(at), other] : [other, bin(at)];
        await this.#send(client, "/moves", { warehouse, product: id, units: 1, from, to }, [201, 409]);
        return;
      }
      case "count":
        return this.#countBin(client, judge, at);
      default: {
        const reply = await client.send("GET", `${this.#world.base}/products/${id}`);
        this.#count(reply, [200], "query");
      }
    }
  }

  /** Plans a count of a bin and counts it line by line; every fourth time a unit is found missing, which somebody else approves, and the ledger follows. */
  async #countBin(client: Client, judge: Client, at: number): Promise<void> {
    const { warehouse, bin } = this.#goods;
    const code = bin(at);
    const made = await this.#send(client, "/counts", { warehouse, basis: { kind: "bins", from: code, to: code } });
    if (made.status !== 201) return;
    const path = `/counts/${(JSON.parse(made.text) as Made).id}`;
    const missing = this.#chance() < 0.25 ? 1 : 0;
    for (let round = 0; round < 2; round += 1) {
      await this.#send(client, `${path}/bins/${code}/begin`, {});
      const lines = await this.#linesIn(judge, at, missing);
      const found = await this.#send(client, `${path}/bins/${code}/found`, { lines });
      this.tally.lines += lines.length;
      if (found.status !== 201 || !(JSON.parse(found.text) as { again: boolean }).again) break;
    }
    // What differs in nothing is posted as it was counted: there is nothing to judge.
    await this.#send(judge, `${path}/approve`, {}, [201, 409]);
  }

  /** What whoever counts finds in the bin of a product: goods that were laid down there, and one that a move may have brought. Whoever does not count looks it up, since the product hides it from whoever does. */
  async #linesIn(judge: Client, at: number, missing: number): Promise<{ product: string; units: number }[]> {
    const { bins, bin, product } = this.#goods;
    const code = bin(at);
    const brought = (at - 7 + bins.length) % bins.length;
    const lines: { product: string; units: number }[] = [];
    for (const one of [at, brought].filter((each) => each < this.#products)) {
      const reply = await judge.send("GET", `${this.#world.base}/products/${product(one)}`);
      this.#count(reply, [200], "count");
      const { stock } = JSON.parse(reply.text) as { stock: { places: { bin?: string; units: number }[] } };
      const units = stock.places.reduce((sum, place) => (place.bin === code ? sum + place.units : sum), 0);
      if (units > 0) lines.push({ product: product(one), units: one === at ? Math.max(0, units - missing) : units });
    }
    return lines;
  }

  #codeOf(at: number): Promise<string> {
    return Promise.resolve(`P-${String(at).padStart(7, "0")}`);
  }
}

/** A manager beside the operator: whoever counted does not approve. */
async function anotherManager(world: World): Promise<Client> {
  const email = `judge-${crypto.randomUUID().slice(0, 8)}@yihao.example`;
  const client = await signIn(new Client(world.product.url), world.table, email, "Judge");
  const { person } = JSON.parse((await client.send("GET", "/api/v1/me")).text) as { person: PersonId };
  const scope = asSystem(platformScope(world.table), world.space as SpaceId, "bench");
  await placePerson(scope, person, { email, name: "Judge", roles: ["manager"] });
  return client;
}

async function notice(world: World, goods: Goods, products: number): Promise<string> {
  const lines = Array.from({ length: Math.min(products, lineMost) }, (_, at) => ({
    ...{ product: goods.product(at), units: 1_000_000 },
  }));
  const wish = { company: goods.company, warehouse: goods.warehouse, lines };
  return (await world.operator.command<Made>(`${world.base}/asns`, wish)).id;
}

/** How long a measured run is: a time, or so much work for each client. */
type Length = { readonly seconds: number } | { readonly operations: number };

/** Clients are shared out over the product and a second API process on the same table. */
async function measure(
  world: World,
  goods: Goods,
  second: string,
  wish: { products: number; clients: number; seed: number } & Length,
) {
  const asn = await notice(world, goods, wish.products);
  const judge = await anotherManager(world);
  const tally = emptyTally();
  const each = (like: Client) =>
    Array.from({ length: wish.clients }, (_, index) => new Client(index % 2 === 0 ? world.product.url : second, like));
  const [clients, judges] = [each(world.operator), each(judge)];
  const started = performance.now();
  const over = (done: number) =>
    "seconds" in wish ? performance.now() >= started + wish.seconds * 1000 : done >= wish.operations;
  await Promise.all(
    clients.map(async (client, at) => {
      const mix = new Mix(world, goods, wish.products, asn, wish.seed * 100 + at, tally);
      for (let done = 0; !over(done); done += 1) await mix.one(client, judges[at] ?? judge);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const client of [...clients, ...judges, judge]) client.close();
  const { conflicts, write, read, aborts, replays, lines, wrong } = tally;
  const times = Object.values(tally.times).flat();
  for (const one of wrong.slice(0, 5)) console.error(one);
  const per = (value: number) => ms(value / Math.max(1, times.length));
  return {
    operations: times.length,
    perSecond: ms(times.length / seconds),
    p50Ms: ms(percentile(times, 0.5)),
    p95Ms: ms(percentile(times, 0.95)),
    p99Ms: ms(percentile(times, 0.99)),
    p50MsOf: Object.fromEntries(kinds.map((kind) => [kind, ms(percentile(tally.times[kind], 0.5))])),
    conflictsPer1000: per(conflicts * 1000),
    writeUnitsPerOp: per(write),
    readUnitsPerOp: per(read),
    ...{ aborts, replays, countedLines: lines, wrong: wrong.length },
  };
}

/**
 * WH-C, in the shape of TPC-C: reserve 35 %, pick confirm 25, receive and put away 15, move 10, count a bin 5, query 10, Zipf 0.99 over the products, 1 % called off and 1 % sent twice.
 * The figures count only with no violation and nothing wrong.
 */
export async function whc(wish: { rows?: number; clients?: number; seconds?: number } = {}) {
  const { rows = 1_000, clients = 16, seconds = 60 } = wish;
  const { world, goods } = await openGoods();
  try {
    await goods.fill(rows, laidUnits);
    await world.product.drained();
    const { url } = await world.second();
    const measured = await measure(world, goods, url, { products: rows, clients, seconds, seed: 20_261_123 });
    return { rows, clients, seconds, ...measured, violations: await violationsOf(world) };
  } finally {
    await world.close();
  }
}

const measuredRounds = 3;

/** One step of the growing mix in a world of its own, so that nothing of an earlier step lies about: the table holds so many rows, the first `products` of them are worked on. */
async function grown(rows: number, products: number, operations: number) {
  const { world, goods } = await openGoods(99);
  try {
    await goods.fill(rows, laidUnits);
    await world.product.drained();
    const { url } = await world.second();
    const wish = { products, clients: 16, operations, seed: 20_261_123 };
    // As much work that is not measured goes before: filling starts product and database anew, and their first seconds are not those of an hour later. Of what follows the round in the middle
    // counts: how often clients meet at the hottest product, and so read anew, is chance, an eighth of a round's figures.
    await measure(world, goods, url, { ...wish, seed: wish.seed + 1 });
    const rounds: Awaited<ReturnType<typeof measure>>[] = [];
    for (let round = 0; round < measuredRounds; round += 1)
      rounds.push(await measure(world, goods, url, { ...wish, seed: wish.seed + 2 + round }));
    const middle = (of: (round: (typeof rounds)[number]) => number) => percentile(rounds.map(of), 0.5);
    return {
      p50Ms: middle((round) => round.p50Ms),
      writeUnitsPerOp: middle((round) => round.writeUnitsPerOp),
      readUnitsPerOp: middle((round) => round.readUnitsPerOp),
      wrong: rounds.reduce((sum, round) => sum + round.wrong, 0),
      violations: await violationsOf(world),
    };
  } finally {
    await world.close();
  }
}

/** The same work, draw for draw, on the same 1,000 products while the table holds ever more stock. */
export async function whcGrowth(rows: readonly number[] = [1_000, 20_000, 100_000], operations = 60) {
  const steps = [];
  for (const each of rows) steps.push(await grown(each, Math.min(...rows), operations));
  return {
    rows,
    p50Ms: steps.map((step) => step.p50Ms),
    writeUnitsPerOp: steps.map((step) => step.writeUnitsPerOp),
    readUnitsPerOp: steps.map((step) => step.readUnitsPerOp),
    wrong: steps.reduce((sum, step) => sum + step.wrong, 0),
    violations: steps.reduce((sum, step) => sum + step.violations, 0),
  };
}
