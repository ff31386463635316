/** What was used: capacity units, calls (requests, and facts that were heard) and the time that functions worked on them. */
export type Counts = {
  readonly read: number;
  readonly write: number;
  readonly calls: number;
  readonly ms: number;
};
export const nothing: Counts = { read: 0, write: 0, calls: 0, ms: 0 };

/** Prices in US dollars, as `infra/prices.json` has them with their date and region. */
export type Prices = {
  readonly asOf: string;
  readonly region: string;
  readonly dynamodb: { readonly readPerMillion: number; readonly writePerMillion: number };
  readonly lambdaArm: { readonly gbSecond: number; readonly requestsPerMillion: number };
  readonly httpApi: { readonly requestsPerMillion: number };
};

/** Most functions have 1,024 MB. */
const functionGb = 1;
const million = 1_000_000;

export const sumOf = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, one) => ({
      read: sum.read + one.read,
      write: sum.write + one.write,
      calls: sum.calls + one.calls,
      ms: sum.ms + one.ms,
    }),
    nothing,
  );

/** What it cost in US dollars at list prices: capacity, calls through the gateway and time of functions. What is paid by the month whatever is used, and storage, are not in it. */
export function costOf({ read, write, calls, ms }: Counts, { dynamodb, lambdaArm, httpApi }: Prices): number {
  const capacity = (read * dynamodb.readPerMillion + write * dynamodb.writePerMillion) / million;
  const called = (calls * (lambdaArm.requestsPerMillion + httpApi.requestsPerMillion)) / million;
  return capacity + called + (ms / 1000) * functionGb * lambdaArm.gbSecond;
}
