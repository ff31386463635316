import { expect, it } from "vitest";
import { contrastOf, decideBrand } from "./brand.ts";

it("a colour on which white cannot be read is no brand, and what is no picture no logo", () => {
  expect(contrastOf("#ffffff")).toBeCloseTo(1);
  expect(contrastOf("#000000")).toBeCloseTo(21);
  expect(decideBrand({ colour: "#ffcc00", logo: null })).toMatchObject({ ok: false, refusal: { code: "brand.pale" } });
  const svg = `data:image/png;base64,${btoa("<svg onload=alert(1)>")}`;
  expect(decideBrand({ colour: null, logo: svg })).toMatchObject({ ok: false, refusal: { code: "brand.picture" } });
  const png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";
  expect(decideBrand({ colour: "#7a1f4b", logo: png })).toEqual({ ok: true, value: { colour: "#7a1f4b", logo: png } });
  expect(decideBrand({ colour: null, logo: null })).toEqual({ ok: true, value: {} });
});
