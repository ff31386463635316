import { type Day, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { z } from "zod";
import type { Scan } from "./scan.ts";

/** How the goods of a product are told apart: by lot (批次) or each by its serial number (序列号). */
export const trackings = ["lot", "serial"] as const;
export type Tracking = (typeof trackings)[number];

/** A lot or serial number as it is kept: what GS1 allows (AI 10, 21: 20 characters), and letters of other scripts. */
export const LotSchema = z
  .string()
  .trim()
  .regex(/^[^#\s\p{C}]{1,20}$/u);

/** What a product asks of whoever receives it; `dated` goods have an expiry day. */
export type Tracked = {
  readonly track?: Tracking | undefined;
  readonly dated?: boolean | undefined;
  readonly shelfDays?: number | undefined;
};

/** Whether the goods of a product are told apart by lot or serial; dated goods without lots are told apart by their day. */
export function isTracked(product: Tracked): boolean {
  return product.track !== undefined || product.dated === true;
}

/** The day on which goods expire that were made on one and keep for so many days (保质期). */
export const expiryOf = (made: Day, shelfDays: number): Day => plusDays(made, shelfDays);

/** The expiry that a scan tells of goods: itself, or from when they were made. Undefined when it tells neither. */
export function expiryOfScan(scan: Scan, shelfDays: number | undefined): Day | undefined {
  const day = scan.expiry ?? scan.bestBefore;
  if (day !== undefined || scan.made === undefined || shelfDays === undefined) return day;
  return expiryOf(scan.made, shelfDays);
}

/** What names the lot of dated goods that bear no lot number: their expiry day. */
export function lotOfDay(expiry: string): string {
  return expiry.replaceAll("-", "");
}

/** The lot or serial that a scan names, for a product; undefined when it names none. */
export function lotOfScan(product: Tracked, scan: Scan): string | undefined {
  if (product.track === "serial") return scan.serial;
  const day = expiryOfScan(scan, product.shelfDays);
  return scan.lot ?? (product.track === undefined && day !== undefined ? lotOfDay(day) : undefined);
}

/**
 * Which lot or serial of a product a command is about; undefined when its goods are not told apart. Refused: `lot.wanted` when none is
 * named, `scan.lot` when the scan says another one than the task.
 */
export function lotFor(
  product: Tracked,
  named: string | undefined,
  scan?: Scan,
): Outcome<string | undefined, "lot.wanted" | "scan.lot"> {
  if (!isTracked(product)) return accept(undefined);
  const scanned = scan && lotOfScan(product, scan);
  if (named !== undefined && scanned !== undefined && named !== scanned)
    return refuse("scan.lot", { expected: named, got: scanned });
  const lot = named ?? scanned;
  return lot === undefined ? refuse("lot.wanted", { track: product.track ?? "lot" }) : accept(lot);
}

export type Arrival = {
  readonly units: number;
  readonly lot?: string | undefined;
  readonly expiry?: string | undefined;
  readonly serials?: readonly string[] | undefined;
};
/** Goods that come in together as one balance: a lot, one serial, or goods that nothing tells apart. */
export type Parcel = { readonly lot?: string; readonly units: number };

/**
 * How what is received is told apart. Refused: `lot.wanted` without the lot number, `lot.expiry` without the day of dated goods,
 * `lot.serials` unless every unit has a serial number of its own.
 */
export function decideArrival(
  product: Tracked,
  arrival: Arrival,
  known: { readonly expiry?: string | undefined } | undefined,
): Outcome<{ parcels: Parcel[]; expiry?: string }, "lot.wanted" | "lot.expiry" | "lot.serials"> {
  if (!isTracked(product)) return accept({ parcels: [{ units: arrival.units }] });
  const expiry = product.dated ? (arrival.expiry ?? known?.expiry) : undefined;
  if (product.dated && expiry === undefined) return refuse("lot.expiry", {});
  if (known?.expiry !== undefined && expiry !== known.expiry)
    return refuse("lot.expiry", { expected: known.expiry, got: expiry });
  const dated = expiry === undefined ? {} : { expiry };
  if (product.track === "serial") {
    const serials = new Set(arrival.serials ?? []);
    if (serials.size !== arrival.units) return refuse("lot.serials", { units: arrival.units, serials: serials.size });
    return accept({ parcels: [...serials].map((lot) => ({ lot, units: 1 })), ...dated });
  }
  const lot = arrival.lot ?? (product.track === undefined && expiry !== undefined ? lotOfDay(expiry) : undefined);
  if (lot === undefined) return refuse("lot.wanted", { track: "lot" });
  return accept({ parcels: [{ lot, units: arrival.units }], ...dated });
}

/** Which of two stores of a product is picked first: the one that expires first (FEFO), else the one that came first (FIFO), else along the walk. */
export function pickBefore(
  a: { expiry?: string | undefined; since?: string | undefined; sequence: number },
  b: { expiry?: string | undefined; since?: string | undefined; sequence: number },
): number {
  const order = (one: string | undefined, other: string | undefined) =>
    one === other ? 0 : (one ?? "~") < (other ?? "~") ? -1 : 1;
  return order(a.expiry, b.expiry) || order(a.since, b.since) || a.sequence - b.sequence;
}
