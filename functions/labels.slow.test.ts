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

type Point = readonly [x: number, y: number];

/** Closed outlines of a path as the reader tells it: 0 moves, 1 draws a line, 4 closes. */
function outlinesOf(numbers: readonly number[]): Point[][] {
  const outlines: Point[][] = [];
  for (let at = 0; at < numbers.length; ) {
    const what = numbers[at];
    if (what === 0) outlines.push([]);
    if (what === 0 || what === 1) outlines.at(-1)?.push([numbers[at + 1] ?? 0, numbers[at + 2] ?? 0]);
    at += what === 4 ? 1 : 3;
  }
  return outlines;
}

/** Where a row crosses an outline. */
function crossingsOf(outline: readonly Point[], row: number): number[] {
  return outline.flatMap(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length] ?? [x, y];
    return y > row === nextY > row ? [] : [x + ((row - y) / (nextY - y)) * (nextX - x)];
  });
}

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
    const outlines = outlinesOf(numbers).map((one) => one.map(([x, y]) => [x * scale, y * scale] as const));
    const [xs, ys] = [outlines.flat().map(([x]) => x), outlines.flat().map(([, y]) => y)];
    for (let y = Math.floor(Math.min(...ys)); y < Math.max(...ys); y += 1) {
      // What lies between an odd and an even crossing of the row is inside (even-odd rule).
      const crossings = outlines.flatMap((one) => crossingsOf(one, y + 0.5)).sort((a, b) => a - b);
      for (let at = 0; at + 1 < crossings.length; at += 2)
        for (let x = Math.round(crossings[at] ?? 0); x < Math.round(crossings[at + 1] ?? 0); x += 1)
          dots.fill(0, (y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3);
    }
    expect(xs.length).toBeGreaterThan(0);
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
