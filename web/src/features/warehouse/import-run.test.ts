import { expect, it } from "vitest";
import { lookAt } from "./import-run.ts";

const look = (lines: readonly string[]) =>
  lookAt("products", new File([lines.join("\n")], "商品.csv"), () => undefined);
const table = ["名称,货号,成本", "无火香薰 桂雨,A-1,12.50", ",A-2,3"];

it("a title and whom it is of may stand above the headings; rows are told by the place they have in the file, and a file without headings says so", async () => {
  const plain = await look(table);
  const titled = await look(["商品档案", "淮海壹号,2026-11-27", ...table]);
  expect([plain.total, plain.ready, titled.total, titled.ready]).toEqual([2, 1, 2, 1]);
  expect(plain.faults.map(({ row, column }) => [row, column])).toEqual([[3, "name"]]);
  expect(titled.faults.map(({ row, column }) => [row, column])).toEqual([[5, "name"]]);
  for (const nothing of [["商品档案", "淮海壹号"], Array(9).fill("说明")]) {
    const { total, ready, faultCount } = await look(nothing);
    expect([total, ready]).toEqual([0, 0]);
    expect(faultCount).toBeGreaterThan(0);
  }
});
