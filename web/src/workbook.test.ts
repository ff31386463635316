import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { csvOfWorkbook, workbookOf } from "./workbook.ts";

test("what goes into a workbook comes out of it, and a formula stays a text", async () => {
  const rows = [
    ["企业名称", "数"],
    ['=HYPERLINK("http://x")', -3],
    ["拾穗家居, 二层", 1.5],
    ["0561-3000000", 13_000_000_000],
  ];
  const file = await (await workbookOf(rows)).arrayBuffer();
  expect(await csvOfWorkbook(file)).toBe(
    '企业名称,数\r\n"=HYPERLINK(""http://x"")",-3\r\n"拾穗家居, 二层",1.5\r\n0561-3000000,13000000000\r\n',
  );
});

test("an archive that would fill the memory, one of no sheets and what is no archive are refused by name", async () => {
  const bomb = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(50_000_000) }, { level: 9 });
  expect(bomb.length).toBeLessThan(100_000);
  const fault = (bytes: Uint8Array) => csvOfWorkbook(new Uint8Array(bytes).buffer).catch((error) => error.fault);
  expect(await fault(bomb)).toBe("workbook.large");
  expect(await fault(zipSync({ "a.txt": new Uint8Array(3) }))).toBe("workbook.broken");
  expect(await fault(new TextEncoder().encode("name,code\r\n"))).toBe("workbook.broken");
});
