import { inflateSync } from "node:zlib";

/**
 * Unpacks a WOFF 1.0 font into the sfnt it was made of (W3C WOFF File Format 1.0, §3–5). What reads fonts would otherwise inflate a whole table anew for each glyph.
 */
export function unpackWoff(woff: Uint8Array): Uint8Array {
  const from = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (from.getUint32(0) !== 0x774f4646) throw new Error("not a WOFF 1.0 font");
  const count = from.getUint16(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + index * 20;
    const [tag, offset, packed, size, sum] = [0, 4, 8, 12, 16].map((plus) => from.getUint32(at + plus)) as Five;
    const bytes = woff.subarray(offset, offset + packed);
    return { tag, sum, bytes: packed < size ? new Uint8Array(inflateSync(bytes)) : bytes };
  });
  const whole = new Uint8Array(12 + count * 16 + tables.reduce((sum, { bytes }) => sum + padded(bytes.length), 0));
  const to = new DataView(whole.buffer);
  const power = 2 ** Math.floor(Math.log2(count));
  to.setUint32(0, from.getUint32(4));
  to.setUint16(4, count);
  to.setUint16(6, power * 16);
  to.setUint16(8, Math.log2(power));
  to.setUint16(10, (count - power) * 16);
  let offset = 12 + count * 16;
  for (const [index, { tag, sum, bytes }] of tables.entries()) {
    for (const [place, value] of [tag, sum, offset, bytes.length].entries())
      to.setUint32(12 + index * 16 + place * 4, value);
    whole.set(bytes, offset);
    offset += padded(bytes.length);
  }
  return whole;
}

type Five = [number, number, number, number, number];
const padded = (size: number) => Math.ceil(size / 4) * 4;
