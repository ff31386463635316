import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test("an export keeps commas, quotes and line ends, runs no formula, and leaves numbers as they are", () => {
  const rows = [
    ["名称", "数"],
    ['=HYPERLINK("http://x")', -3],
    ["+1 号, 二层", 1.5],
    ["-5", "@SUM(A1)"],
    ['说"好"\n再见', "普通"],
  ];
  expect(csvOf(rows)).toBe(
    `\uFEFF名称,数\r\n"'=HYPERLINK(""http://x"")",-3\r\n"'+1 号, 二层",1.5\r\n-5,'@SUM(A1)\r\n"说""好""\n再见",普通\r\n`,
  );
});
