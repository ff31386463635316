import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";
import { type BarcodeReader, formats } from "./own-reader.ts";

// By itself it would ask a server of others for its megabyte: ours comes with the pages.
prepareZXingModule({ overrides: { locateFile: () => wasm } });

/** Reads barcodes where the browser cannot: loaded when a camera is opened. */
export const carriedReader = (): BarcodeReader => new BarcodeDetector({ formats: [...formats] });
