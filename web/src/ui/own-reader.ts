/** Codes that are met in a warehouse: goods, cartons, lots, bins and documents. */
export const formats = [
  "ean_13",
  "ean_8",
  "upc_a",
  "upc_e",
  "itf",
  "code_128",
  "code_39",
  "data_matrix",
  "qr_code",
] as const;

/** Reads the codes in a picture; what browsers and our own have in common. */
export interface BarcodeReader {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface OwnReader {
  new (wish: { formats: string[] }): BarcodeReader;
  getSupportedFormats(): Promise<string[]>;
}

/** The browser's own reader, where it has one that reads goods. */
export async function ownReader(): Promise<BarcodeReader | undefined> {
  const Own = (globalThis as { BarcodeDetector?: OwnReader }).BarcodeDetector;
  const can = Own ? await Own.getSupportedFormats().catch(() => []) : [];
  const wanted = formats.filter((one) => can.includes(one));
  return Own && wanted.includes("ean_13") && wanted.includes("code_128") ? new Own({ formats: wanted }) : undefined;
}
