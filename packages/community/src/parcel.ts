import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis } from "@yihao/kernel/span";
import type { Carrier, HandOut, Parcel, ReturnReason } from "./parcel-model.ts";

const shapes: readonly (readonly [RegExp, Carrier])[] = [
  [/^SF\d{10,}/, "sf"],
  [/^JD[0-9A-Z]{8,}/, "jd"],
  [/^JT\d{10,}/, "jt"],
  [/^YT\d{10,}/, "yto"],
  [/^(77|268|888)\d{10,}/, "sto"],
  [/^(4\d{14}|3\d{14})$/, "yunda"],
  [/^(75|76|78|73)\d{12}/, "zto"],
  [/^E[A-Z]\d{9}CN$|^\d{13}$/, "ems"],
];

/** Who most likely brought a parcel, by the shape that carriers give their waybill numbers (运单号); staff may say otherwise. */
export function carrierOf(tracking: string): Carrier {
  const plain = plainTracking(tracking);
  return shapes.find(([shape]) => shape.test(plain))?.[1] ?? "other";
}

/** A waybill number as it is kept and found: capitals, without blanks. */
export const plainTracking = (tracking: string): string => tracking.replaceAll(/\s/g, "").toUpperCase();

/** A pick-up code (取件码) of six digits from random bytes. */
export function codeFrom(random: Uint32Array): string {
  return String((random[0] ?? 0) % 1_000_000).padStart(6, "0");
}

/** For how many whole days something has been waiting. */
export const daysWaiting = (parcel: Pick<Parcel, "at">, now: string): number =>
  Math.max(0, Math.floor((millis(now) - millis(parcel.at)) / 86_400_000));

const gone = ({ state, endedAt, signedBy }: Parcel) =>
  refuse("parcel.gone" as const, { state, at: endedAt, signedBy: signedBy ?? null });

/** Hands something out against its code or a signature. What is not there any more is refused as `parcel.gone` {state, at, signedBy}, a code that is not its own as `parcel.code`. */
export function handedOut(
  parcel: Parcel,
  wish: HandOut,
  by: string,
  now: string,
): Outcome<Parcel, "parcel.gone" | "parcel.code"> {
  if (parcel.state !== "waiting") return gone(parcel);
  if ("code" in wish && wish.code !== parcel.code) return refuse("parcel.code");
  const signed = "signedBy" in wish ? { signedBy: wish.signedBy } : {};
  return accept({ ...parcel, state: "handed", endedAt: now, endedByName: by, ...signed });
}

/** Takes something off the list that nobody of the company gets. */
export function returned(
  parcel: Parcel,
  reason: ReturnReason,
  by: string,
  now: string,
): Outcome<Parcel, "parcel.gone"> {
  if (parcel.state !== "waiting") return gone(parcel);
  return accept({ ...parcel, state: "returned", endedAt: now, endedByName: by, reason });
}
