import type { ListedAsn } from "@yihao/warehouse/asn-model";
import type { Content } from "@yihao/warehouse/model";
import type { PickTask } from "@yihao/warehouse/order-model";
import type { Queue } from "../../offline/queue.ts";
import { type Step, stepsOf } from "./hand-steps.ts";

/** How long after a step what follows the stream may not tell of it yet, in milliseconds; and how old what is shown may grow while one step follows the other. */
const followMs = 20_000;
const oldestMs = 60_000;

/** Whether a step was done so short a while ago that what follows the stream may not tell of it, at an instant in milliseconds. */
export const settling = (queue: Queue, now: number): boolean =>
  stepsOf(queue).some(({ state, doneAt = "" }) => state === "done" && Date.parse(doneAt) > now - followMs);

/** Something that was read, and when in milliseconds. */
export type Read<Value> = { readonly value: Value; readonly at: number };
type Figures = ReadonlyMap<string, number>;

/** Which figures of a reading steps change: by them it is seen whether it tells of a step. */
export const figures = {
  contents: (all: readonly Content[]): Figures =>
    new Map(all.map(({ place, bin, product, lot, units }) => [`${place}/${bin}/${product}/${lot}`, units])),
  asns: (all: readonly ListedAsn[]): Figures =>
    new Map(
      all.flatMap(({ id, received, putaway }): [string, number][] => [
        [`${id} received`, received],
        [`${id} putaway`, putaway],
      ]),
    ),
  picks: (all: readonly PickTask[]): Figures =>
    new Map(all.map(({ line, bin, lot, units }) => [`${line}/${bin}/${lot}`, units])),
};

/** Whether a fresh reading tells of steps: every figure that they raise or lower from `before` to `expected` is there, or further, since others work too. */
function tells(before: Figures, expected: Figures, fresh: Figures): boolean {
  return [...new Set([...before.keys(), ...expected.keys()])].every((key) => {
    const [was, will, is] = [before, expected, fresh].map((one) => one.get(key) ?? 0) as [number, number, number];
    return will === was || (will > was ? is >= will : is <= will);
  });
}

/**
 * Which of two readings of what follows the stream to show the steps on: the fresh one, unless it was read so soon after a step that it may lack it, and does. The one before is
 * known to lack it.
 */
export function basis<Value>(
  before: Read<Value> | undefined,
  fresh: Read<Value>,
  queue: Queue,
  how: { figures: (value: Value) => Figures; show: (value: Value, steps: readonly Step[]) => Value },
): Read<Value> {
  if (before === undefined || fresh.at - before.at > oldestMs) return fresh;
  const done = stepsOf(queue).filter(({ state, doneAt = "" }) => state === "done" && Date.parse(doneAt) >= before.at);
  if (!done.some(({ doneAt = "" }) => Date.parse(doneAt) > fresh.at - followMs)) return fresh;
  const expected = how.figures(how.show(before.value, done));
  return tells(how.figures(before.value), expected, how.figures(fresh.value)) ? fresh : before;
}
