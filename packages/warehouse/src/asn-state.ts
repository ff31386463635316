import type { Asn, AsnLine, AsnState } from "./asn-model.ts";

/** The state of an inbound notice (预报状态) from its head: expected → arrived → receiving → received → putaway → closed. */
export function asnState(asn: Asn): AsnState {
  if (asn.closedAt !== undefined) return "closed";
  const received = asn.received ?? 0;
  const stored = received - (asn.damaged ?? 0);
  if (received > 0 && (asn.linesDone ?? 0) >= asn.lines) return (asn.putaway ?? 0) >= stored ? "putaway" : "received";
  if (received > 0 || (asn.linesDone ?? 0) > 0) return "receiving";
  return asn.arrivedAt === undefined ? "expected" : "arrived";
}

/** Units that came too few and too many over all lines; a line still open is short of what has not come yet. */
export function asnDifference(lines: readonly Pick<AsnLine, "expected" | "received">[]): {
  short: number;
  over: number;
} {
  let short = 0;
  let over = 0;
  for (const { expected, received } of lines) {
    short += Math.max(0, expected - received);
    over += Math.max(0, received - expected);
  }
  return { short, over };
}
