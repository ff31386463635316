/**
 * Lots and serials (批次、序列号). The goods are the ledger's, in units `sku:<product>:<lot>`.
 *
 * | item           | key                      | written by                                   | W |
 * |----------------|--------------------------|----------------------------------------------|---|
 * | lot or serial  | `prd#<id>` / `lot#<lot>` | receive; its expiry; a serial that leaves; the EPC of its tag | 2 |
 * | claim of a tag | `epc`                    | the EPC of a serial's tag                    | 2 |
 *
 * A serial is `here` from its receipt until it leaves, and is received only while it is not: so it is in one place.
 */
import { daySpan, plusDays, type Zone } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany } from "@yihao/table/read";
import type { Update } from "@yihao/table/write";
import type { ProductId } from "./model.ts";

export type Lot = {
  product: ProductId;
  company: CompanyId;
  lot: string;
  /** The last day it may be used. */
  expiry?: string;
  /** The instant from which it is expired, in the zone of the warehouse that received it. */
  until?: string;
  /** When it was first received. */
  since: string;
  /** Set once what was free of it is held. */
  expired?: boolean;
  /** Units of it that are held already while the rest is still taken from who was promised it. */
  holding?: number;
  /** Of a serial: whether it is in the warehouse. */
  here?: boolean;
  /** Of a serial: what its radio tag says (EPC). */
  epc?: string;
};
export const lotKind = kindOf<Lot>("batch");
export const lotKey = (scope: Scope, product: string, lot: string): Key =>
  keyIn(partition(scope, "prd", product), "lot", lot);

/** A lot or serial of a product. Half a read unit unless consistent. */
export function lotOf(
  scope: Scope,
  product: string,
  lot: string,
  consistent = false,
): Promise<Stored<Lot> | undefined> {
  return get(scope, lotKind, lotKey(scope, product, lot), { consistent });
}

/** Lots of a product by their numbers. */
export async function lotsOf(scope: Scope, product: string, lots: readonly string[]): Promise<Map<string, Lot>> {
  const keys = [...new Set(lots)].map((lot) => lotKey(scope, product, lot));
  const found = await getMany(scope, lotKind, keys);
  return new Map(found.flatMap((one) => (one ? [[one.lot, one] as const] : [])));
}

/** The instant at which the day after an expiry day begins. */
export function expiredFrom(expiry: string, zone: Zone): string {
  return daySpan(plusDays(expiry, 1), zone).from;
}

/** A lot's own part in a commit that receives it: its day is the one it had; a serial is not here already. */
export function receiveLot(scope: Scope, lot: Lot): Update {
  const { expiry = "", here, since, ...facts } = lot;
  return {
    do: "update",
    key: lotKey(scope, lot.product, lot.lot),
    kind: lotKind,
    set: { ...facts, since, ...(expiry === "" ? {} : { expiry }), ...(here === undefined ? {} : { here }) },
    when:
      here === undefined
        ? [["expiry", "absent-or", "=", expiry], ...(lot.expired ? [] : [["expired", "absent"] as const])]
        : [["here", "absent-or", "=", false]],
    tag: `lot ${lot.lot}`,
  };
}
