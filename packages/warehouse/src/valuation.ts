import type { Day } from "@yihao/kernel/days";

/** Goods of one product that came in on one day at one cost; what is left of them and what that cost in fen. `unpriced` when nobody told the cost. */
export type Layer = {
  readonly day: Day;
  readonly units: number;
  readonly valueMinor: number;
  readonly unpriced?: true;
};
/** What is there of goods that are told apart, by the day on which their lot or serial first came. */
export type Age = { readonly day: Day; readonly units: number };

/**
 * What a product was worth at the end of a local day: units, their value by moving average (移动加权平均), and the layers that are left when
 * what came first leaves first (先进先出). `ages` only for goods told apart by lot or serial: of all others the layers tell the age.
 */
export type StockState = {
  readonly day: Day;
  readonly units: number;
  readonly valueMinor: number;
  readonly layers: readonly Layer[];
  readonly ages?: readonly Age[];
};

/** One change of what is on hand: units in (+) or out (−), on a local day; the cost of one unit in fen where it was told. */
export type StockStep = {
  readonly day: Day;
  readonly change: number;
  readonly costMinor?: number | undefined;
  /** The day on which its lot or serial first came. */
  readonly lotDay?: Day | undefined;
};

/** Layers kept of one product: the two oldest become one beyond that, with the units and the value of both. */
export const layersMost = 120;

/** The part of a value that some of its units have, to the fen; all of them have all of it. */
function share(valueMinor: number, units: number, of: number): number {
  return units >= of ? valueMinor : Math.round((valueMinor * units) / of);
}

function sameCost(a: Layer, b: Layer): boolean {
  return a.day === b.day && a.unpriced === b.unpriced && a.valueMinor * b.units === b.valueMinor * a.units;
}

function withLayer(layers: readonly Layer[], fresh: Layer): Layer[] {
  const at = layers.findLastIndex(({ day }) => day <= fresh.day) + 1;
  const before = layers[at - 1];
  if (before && sameCost(before, fresh)) {
    const both = { ...before, units: before.units + fresh.units, valueMinor: before.valueMinor + fresh.valueMinor };
    return layers.with(at - 1, both);
  }
  const all = layers.toSpliced(at, 0, fresh);
  const [oldest, second] = all;
  if (all.length <= layersMost || !oldest || !second) return all;
  const merged = {
    ...oldest,
    units: oldest.units + second.units,
    valueMinor: oldest.valueMinor + second.valueMinor,
    ...(oldest.unpriced || second.unpriced ? { unpriced: true as const } : {}),
  };
  return [merged, ...all.slice(2)];
}

/** Layers after so many units left them, the oldest first. */
function withoutUnits(layers: readonly Layer[], units: number): Layer[] {
  let left = units;
  return layers.flatMap((layer) => {
    const taken = Math.min(left, layer.units);
    left -= taken;
    if (taken === layer.units) return [];
    const value = layer.valueMinor - share(layer.valueMinor, taken, layer.units);
    return [{ ...layer, units: layer.units - taken, valueMinor: value }];
  });
}

function agesAfter(ages: readonly Age[], day: Day, change: number): Age[] {
  const known = ages.find((one) => one.day === day);
  const units = (known?.units ?? 0) + change;
  const others = ages.filter((one) => one !== known);
  return units === 0 ? others : [...others, { day, units }].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Units that came in are worth what was told, else the average of what is there; what nobody knows the cost of is worth nothing. */
function worthOf(state: StockState, step: StockStep): { valueMinor: number; unpriced?: true } {
  if (step.costMinor !== undefined) return { valueMinor: step.change * step.costMinor };
  if (state.units > 0 && state.valueMinor > 0)
    return { valueMinor: Math.round((state.valueMinor * step.change) / state.units) };
  return { valueMinor: 0, unpriced: true };
}

function after(state: StockState, step: StockStep): StockState {
  const { change } = step;
  const ages = step.lotDay === undefined ? state.ages : agesAfter(state.ages ?? [], step.lotDay, change);
  const told = { day: step.day > state.day ? step.day : state.day, ...(ages === undefined ? {} : { ages }) };
  const units = state.units + change;
  if (change >= 0) {
    const worth = worthOf(state, step);
    const layers = change === 0 ? state.layers : withLayer(state.layers, { day: step.day, units: change, ...worth });
    return { ...told, units, valueMinor: state.valueMinor + worth.valueMinor, layers };
  }
  const valueMinor = state.valueMinor - share(state.valueMinor, -change, state.units);
  return { ...told, units, valueMinor, layers: withoutUnits(state.layers, -change) };
}

/** Nothing there, before a product's first movement. */
export const nothingYet: StockState = { day: "0000-01-01", units: 0, valueMinor: 0, layers: [] };

/** What is there after some changes in time order. Moving average and FIFO as in IAS 2 §25–27 and 企业会计准则第 1 号 第十四条. */
export function foldStock(state: StockState, steps: readonly StockStep[]): StockState {
  return steps.reduce(after, state);
}

/** What the layers that are left cost, in fen (先进先出). */
export function fifoMinor({ layers }: Pick<StockState, "layers">): number {
  return layers.reduce((sum, { valueMinor }) => sum + valueMinor, 0);
}

/** Units of which nobody told the cost. */
export function unpricedUnits({ layers }: Pick<StockState, "layers">): number {
  return layers.reduce((sum, { units, unpriced }) => sum + (unpriced ? units : 0), 0);
}

/** A state in which goods that came without a cost are worth what one unit is said to cost now, in fen. */
export function priced(state: StockState, costMinor: number | undefined): StockState {
  if (costMinor === undefined || !state.layers.some(({ unpriced }) => unpriced)) return state;
  let added = 0;
  const layers = state.layers.map(({ unpriced, ...layer }): Layer => {
    if (!unpriced) return layer;
    if (layer.valueMinor > 0) return { ...layer, unpriced };
    added += layer.units * costMinor;
    return { ...layer, valueMinor: layer.units * costMinor };
  });
  return { ...state, layers, valueMinor: state.valueMinor + added };
}
