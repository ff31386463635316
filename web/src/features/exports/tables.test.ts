import { checkImport, factsOf } from "@yihao/members/import-check";
import type { CompanyView } from "@yihao/members/model";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { csvOf } from "../../csv.ts";
import { csvOfWorkbook, workbookOf } from "../../workbook.ts";
import { companyTable } from "./tables.ts";

const facts = {
  name: '=拾穗, "家居"有限公司',
  code: "91350100M000100Y43",
  kind: "company" as const,
  industry: "家居电商",
  contactName: "许静",
  contactPhone: "+86 561 3000000",
  contactEmail: "xu@example.com",
  address: "淮北市\n相山区",
  legalPerson: "许静",
  registeredOn: "2019-03-12",
};
const whole: CompanyView = { ...facts, id: "cmp_one", state: "active", since: "2025-06-01", rev: 3 };
const bare: CompanyView = {
  id: "cmp_two",
  name: "一诺文创",
  kind: "team",
  state: "active",
  since: "2026-01-15",
  rev: 1,
};

it("exports companies so that an import reads them back as they were, from CSV and from Excel, with what a spreadsheet would run made harmless", async () => {
  const rows = companyTable([whole, bare]);
  const csv = csvOf(rows);
  expect(csv).toContain("'+86 561 3000000");
  expect(csv).toContain("\"'=拾穗");
  const workbook = await (await workbookOf(rows)).arrayBuffer();
  for (const text of [csv, await csvOfWorkbook(workbook)]) {
    const table: string[][] = parse(text, { bom: true, skipEmptyLines: true });
    const read = checkImport(table, []);
    if (!read.ok) throw new Error(read.refusal.code);
    expect(read.value.faults).toEqual([]);
    expect(read.value.rows.map(factsOf)).toEqual([facts, { name: bare.name, kind: "team" }]);
    expect(read.value.rows.map(({ since }) => since)).toEqual(["2025-06-01", "2026-01-15"]);
  }
});
