import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { binLabel, type Label, productLabel } from "@yihao/warehouse/label";
import type { ProductId } from "@yihao/warehouse/model";
import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, expect, it } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { printLabels } from "./label-print.ts";

beforeAll(() => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } });
});

/** A page's black shapes as a picture of eight dots a point, and its text. */
async function pageOf(label: Label) {
  const data = await printLabels([label], "2026-11-24T02:00:00.000Z");
  const file = await getDocument({ data: new Uint8Array(data), verbosity: 0, disableFontFace: true }).promise;
  const page = await file.getPage(1);
  const [, , width = 0, height = 0] = page.view;
  const scale = 8;
  const picture = { width: Math.ceil(width * scale), height: Math.ceil(height * scale), colorSpace: "srgb" as const };
  const dots = new Uint8ClampedArray(picture.width * picture.height * 4).fill(255);
  const { fnArray, argsArray } = await page.getOperatorList();
  for (const [index, operation] of fnArray.entries()) {
    if (operation !== OPS.constructPath) continue;
    const numbers = [...((argsArray[index] as [number, [Float32Array]])[1][0] ?? [])];
    // Rectangles: move to, three lines, close.
    for (let at = 0; at + 12 <= numbers.length; at += 13) {
      const corners = [0, 3, 6, 9].map((step) => [numbers[at + step + 1] ?? 0, numbers[at + step + 2] ?? 0] as const);
      const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
      for (let y = Math.round(Math.min(...ys) * scale); y < Math.round(Math.max(...ys) * scale); y += 1)
        for (let x = Math.round(Math.min(...xs) * scale); x < Math.round(Math.max(...xs) * scale); x += 1)
          dots.fill(0, (y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3);
    }
  }
  const text = (await page.getTextContent()).items.map((item) => ("str" in item ? item.str : "")).join(" ");
  const codes = await readBarcodes({ ...picture, data: dots } as unknown as ImageData, {
    formats: ["Code128", "DataMatrix"],
  });
  return { text, pages: file.numPages, codes: codes.map((one) => `${one.symbologyIdentifier}${one.text}`) };
}

it("a label as PDF has its own size, its Chinese, and a code that scans", async () => {
  const bin = await pageOf(binLabel({ code: "01-03-02", zone: "A" }, "快拣区", "一号仓"));
  expect(bin).toMatchObject({ pages: 1, codes: ["]C001-03-02"] });
  expect(bin.text).toContain("快拣区");
  const product = { id: "prd_1" as ProductId, name: "低温鲜奶 950 ml", code: "MILK-1", gtin: "6970001284560" };
  const bars = await pageOf(productLabel(product));
  expect(bars.codes).toEqual(["]C1(01)06970001284560"]);
  expect(bars.text).toContain("低温鲜奶");
  const square = await pageOf(productLabel(product, { lot: "B2", expiry: "2027-02-28" }));
  expect(square.codes).toEqual(["]d2(01)06970001284560(17)270228(10)B2"]);
});
