import { expiryOf, expiryOfScan, type Tracked } from "@yihao/warehouse/lot";
import type { Scan } from "@yihao/warehouse/scan";
import { createSignal } from "solid-js";

const mostSerials = 20;

/**
 * Lot, days and serials of goods that come in (批次、生产日期、效期、序列号), typed or heard from a scan; of goods kept by serial any code is one. When they were made gives the day on which they expire, where
 * the product says how long it keeps. `now` is the line that is worked on.
 */
export function createGoodsEntered(now: () => Tracked | undefined) {
  const [lot, setLot] = createSignal("");
  const [made, putMade] = createSignal("");
  const [expiry, putExpiry] = createSignal("");
  const [serials, setSerials] = createSignal<readonly string[]>([]);
  const setMade = (day: string) => {
    putMade(day);
    const keeps = now()?.shelfDays;
    if (day !== "" && keeps !== undefined) putExpiry(expiryOf(day, keeps));
  };
  const setExpiry = (day: string) => {
    putExpiry(day);
    if (day === "") putMade("");
  };
  return {
    ...{ lot, setLot, made, setMade, expiry, setExpiry, serials, setSerials },
    /** Takes what a scan says; true when its code was a serial. `names` says whether it names the goods. */
    heard: (scan: Scan, names: boolean): boolean => {
      if (names && scan.lot !== undefined) setLot(scan.lot);
      if (names && scan.made !== undefined) setMade(scan.made);
      const day = expiryOfScan(scan, now()?.shelfDays);
      if (names && day !== undefined) setExpiry(day);
      if (now()?.track !== "serial") return false;
      const serial = scan.serial ?? (names ? undefined : scan.text);
      if (serial === undefined || serials().length >= mostSerials) return false;
      if (!serials().includes(serial)) setSerials([...serials(), serial]);
      return true;
    },
    /** The part of a command that tells of them. */
    told: () => ({
      ...(lot() === "" || now()?.track !== "lot" ? {} : { lot: lot() }),
      ...(expiry() === "" || !now()?.dated ? {} : { expiry: expiry() }),
      ...(now()?.track === "serial" ? { serials: [...serials()] } : {}),
    }),
    clear: () => {
      setLot("");
      setExpiry("");
      setSerials([]);
    },
  };
}
