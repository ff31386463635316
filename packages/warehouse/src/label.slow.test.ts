import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ready } from "zpl-renderer-js";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { parseGs1 } from "./gs1.ts";
import { binLabel, cartonLabel, type Label, palletLabel, productLabel } from "./label.ts";
import { zplOf } from "./label-zpl.ts";
import type { ProductId } from "./model.ts";
import type { OrderView } from "./order-model.ts";
import { readScan } from "./scan.ts";
import { ssccOf } from "./sscc.ts";

/** What a scanner reads on a label that was printed: ZPL drawn as a picture, and every code in it. */
async function scanned(labels: readonly Label[]): Promise<string[]> {
  const { api } = await ready;
  const [first] = labels;
  const pictures = await api.zplToBase64MultipleAsync(zplOf(labels), first?.widthMm, first?.heightMm, 8);
  const read: string[] = [];
  for (const picture of pictures) {
    const found = await readBarcodes(new Uint8Array(Buffer.from(picture, "base64")), {
      formats: ["Code128", "DataMatrix"],
    });
    read.push(...found.map((one) => `${one.symbologyIdentifier}${one.text}`));
  }
  return read;
}

beforeAll(() => {
  // The reader's module comes from its package, never from a network.
  const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } });
});

const order = {
  ...{ id: "ord_ab12cd34", recipient: { name: "王海涛", phone: "13800000000", address: "淮北市相山区人民路 1 号" } },
  cartons: [{ number: 1, grams: 4_200, at: "", by: "", lines: [], sscc: "169700012000000006" }],
} as unknown as OrderView;

describe("labels read back as a scanner reads them", () => {
  it("a bin's label is its address", async () => {
    expect(await scanned([binLabel({ code: "01-03-02", zone: "A" }, "快拣", "一号仓")])).toEqual(["]C001-03-02"]);
  });

  it("a carton's SSCC is a GS1-128 code that says so, whatever its number", async () => {
    const numbers = fc.sample(fc.nat(99_999_999), { numRuns: 6, seed: 20261124 });
    for (const serial of numbers) {
      const sscc = ssccOf({ extension: serial % 10, prefix: "69700012", serial }) ?? "";
      const [carton] = order.cartons ?? [];
      const label = cartonLabel(order, { ...carton, number: 1, grams: 4_200, sscc }, "淮海壹号");
      const [code = ""] = await scanned([label]);
      expect(code.startsWith("]C1")).toBe(true);
      expect(parseGs1(code, 2026)).toMatchObject({ ok: true, value: { sscc } });
    }
  });

  it("a pallet's SSCC is such a code too; without a prefix its own number is read as it is", async () => {
    const sscc = ssccOf({ extension: 1, prefix: "69700012", serial: 77 }) ?? "";
    const cartons = [{ order: "ord_ab12cd34", number: 1, grams: 4_200, to: "王海涛" }];
    const [code = ""] = await scanned([palletLabel({ code: sscc, sscc, cartons }, "晚汀香氛", "淮海壹号")]);
    expect(readScan(code, 2026)).toMatchObject({ ok: true, value: { sscc } });
    expect(await scanned([palletLabel({ code: "PLT-AB12CD34", cartons }, "晚汀香氛", "淮海壹号")])).toEqual([
      "]C0PLT-AB12CD34",
    ]);
  });

  it("a product's GTIN is bars; with lot and expiry it is a square that says all three", async () => {
    const product = { id: "prd_1" as ProductId, name: "低温鲜奶 950 ml", code: "MILK-1", gtin: "6970001284560" };
    const [plain = ""] = await scanned([productLabel(product)]);
    expect(readScan(plain, 2026)).toMatchObject({ ok: true, value: { gtin: "06970001284560" } });
    const [lot = ""] = await scanned([productLabel(product, { lot: "B2/2026", expiry: "2027-02-28" })]);
    expect(readScan(lot, 2026)).toMatchObject({
      ok: true,
      value: { gtin: "06970001284560", lot: "B2/2026", expiry: "2027-02-28" },
    });
  });

  it("an own code of any printable characters is read as it is; one that bars cannot say gives way to the id", async () => {
    const bare = { id: "prd_0a1b2c" as ProductId, name: "散装", track: undefined };
    for (const code of ["SKU-1", "12345", "a>b^c~d_e", "1234567", "123456", "AB1234"])
      expect((await scanned([productLabel({ ...bare, code })]))[0]).toBe(`]C0${code}`);
    expect(await scanned([productLabel({ ...bare, code: "香薰甲" })])).toEqual(["]C0prd_0a1b2c"]);
  });
});
