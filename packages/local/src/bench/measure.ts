/** The value below which a share (0–1) of sorted measurements lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** Milliseconds to two decimals. */
export function ms(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Runs a piece of work and gives how long it took in milliseconds. */
export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const started = performance.now();
  const value = await work();
  return { value, ms: performance.now() - started };
}

/** Runs `count` pieces of work with `width` of them under way at a time, and gives each one's milliseconds. */
export async function spreadOver(
  count: number,
  width: number,
  work: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      const { ms } = await timed(() => work(index));
      times.push(ms);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return times;
}
