import { expect, test } from "vitest";
import { rmbWords } from "./rmb-words.ts";

test.each([
  [0, "零元整"],
  [1, "壹分"],
  [10, "壹角整"],
  [101, "壹元零壹分"],
  [1_684_000, "壹万陆仟捌佰肆拾元整"],
  [140_950, "壹仟肆佰零玖元伍角整"],
  [600_714, "陆仟零柒元壹角肆分"],
  [10_700_053, "壹拾万柒仟元零伍角叁分"],
  [168_032, "壹仟陆佰捌拾元零叁角贰分"],
  [1_640_902, "壹万陆仟肆佰零玖元零贰分"],
  [32_504, "叁佰贰拾伍元零肆分"],
  [1_000_000_100, "壹仟万零壹元整"],
  [10_000_000_000_00, "壹佰亿元整"],
  [100_010_001_00, "壹亿零壹万零壹元整"],
  [-96_000, "负玖佰陆拾元整"],
])("an amount of %i fen reads %s on a bill", (minor, words) => {
  expect(rmbWords(minor)).toBe(words);
});

test("a fraction of a fen is refused", () => {
  expect(() => rmbWords(0.5)).toThrow(RangeError);
});
