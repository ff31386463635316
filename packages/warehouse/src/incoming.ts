import { z } from "zod";
import type { Asn, AsnLine } from "./asn-model.ts";
import { asnState } from "./asn-state.ts";
import { ProductIdSchema } from "./model.ts";

export const ComingSchema = z.object({
  /** The inbound notice; none for what is on its way from another warehouse. */
  asn: z.string().optional(),
  /** The local day it is announced for, when one was said. */
  on: z.string().optional(),
  units: z.int(),
  /** What may be promised once it is here, with all that comes before it. */
  after: z.int(),
});
/** What may be promised of a product now, and as announced goods come in (可承诺量, available to promise). */
export const PromisableSchema = z.object({ product: ProductIdSchema, now: z.int(), coming: z.array(ComingSchema) });
export type Promisable = z.infer<typeof PromisableSchema>;

type Notice = {
  readonly asn: Asn;
  readonly lines: readonly Pick<AsnLine, "product" | "expected" | "received" | "done">[];
};

/**
 * What may be promised of a product: what is free, then with what is on its way from another warehouse, then with each open notice in the order of its day, those without one last. A line that is done brings
 * no more; more than was announced is there already.
 */
export function promisableOf(
  product: string,
  stock: { readonly free: number; readonly transit: number },
  notices: readonly Notice[],
): Promisable {
  const open = notices.filter(({ asn }) => ["expected", "arrived", "receiving"].includes(asnState(asn)));
  const announced = open.flatMap(({ asn, lines }) => {
    const units = lines.reduce(
      (sum, line) => sum + (line.product === product && !line.done ? Math.max(0, line.expected - line.received) : 0),
      0,
    );
    return units === 0 ? [] : [{ asn: asn.id as string, ...(asn.expectedOn ? { on: asn.expectedOn } : {}), units }];
  });
  const late = "9999-12-31";
  const ordered = announced.sort((a, b) =>
    (a.on ?? late) < (b.on ?? late) ? -1 : (a.on ?? late) > (b.on ?? late) ? 1 : 0,
  );
  let after = stock.free;
  const coming = [...(stock.transit > 0 ? [{ units: stock.transit }] : []), ...ordered].map((one) => {
    after += one.units;
    return { ...one, after };
  });
  return { product, now: stock.free, coming };
}
