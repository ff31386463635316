import { z } from "zod";
import type { companyKinds } from "./model.ts";

/** Rows of one import at most. */
export const importMost = 2000;

/** Columns of the CSV, with the headings they may have in either language, lower case. */
export const importColumns = {
  name: ["企业名称", "公司名称", "单位名称", "名称", "name", "company", "company name"],
  code: ["统一社会信用代码", "信用代码", "社会信用代码", "code", "credit code", "uscc", "unified social credit code"],
  kind: ["类型", "企业类型", "kind", "type"],
  industry: ["行业", "所属行业", "industry"],
  contactName: ["联系人", "联系人姓名", "contact", "contact name"],
  contactPhone: ["联系电话", "电话", "手机", "手机号", "phone", "contact phone", "mobile"],
  contactEmail: ["邮箱", "电子邮箱", "电子邮件", "email", "e-mail", "contact email"],
  address: ["地址", "注册地址", "address"],
  legalPerson: ["法定代表人", "法人", "legal person", "legal representative"],
  registeredOn: ["注册日期", "成立日期", "registered on", "registered"],
  since: ["入驻日期", "入驻日", "since", "moved in"],
} as const;
export type ImportColumn = keyof typeof importColumns;

/** What people write for the kinds of company, lower case. */
export const kindWords: Readonly<Record<string, (typeof companyKinds)[number]>> = {
  企业: "company",
  公司: "company",
  company: "company",
  团队: "team",
  创业团队: "team",
  team: "team",
};

export const ImportWishSchema = z.strictObject({
  csv: z.string().min(1).max(1_000_000),
  mode: z.enum(["dry-run", "commit"]),
});

/** One thing wrong in one row. `row` counts lines of the table as a spreadsheet shows them: the heading is row 1. */
export const RowFaultSchema = z.object({
  row: z.int(),
  column: z.string(),
  reason: z.enum([
    "required",
    "too-long",
    "kind",
    "email",
    "day",
    "code-length",
    "code-letter",
    "code-check",
    "name-twice",
    "code-twice",
    "name-exists",
    "code-exists",
    "extra-cells",
  ]),
  value: z.string(),
  /** For letters and checks of a code: the position from 1; for doubles: the other row; for lengths: the most. */
  at: z.int().optional(),
  /** The value put right, where that is certain. */
  fix: z.string().optional(),
});
export type RowFault = z.infer<typeof RowFaultSchema>;

export const ImportRowSchema = z.object({
  row: z.int(),
  name: z.string(),
  code: z.string().optional(),
  kind: z.string(),
  industry: z.string().optional(),
  contactName: z.string().optional(),
  contactPhone: z.string().optional(),
  contactEmail: z.string().optional(),
  address: z.string().optional(),
  legalPerson: z.string().optional(),
  registeredOn: z.string().optional(),
  since: z.string().optional(),
});
export type ImportRow = z.infer<typeof ImportRowSchema>;

/** What an import would do: every row, every fault, and the headings that nothing is taken from. */
export const DryRunSchema = z.object({
  rows: z.array(ImportRowSchema),
  faults: z.array(RowFaultSchema),
  good: z.int(),
  ignored: z.array(z.string()),
});
export type DryRun = z.infer<typeof DryRunSchema>;

/** What an import did. */
export const ImportedSchema = z.object({ import: z.string(), companies: z.int() });
export type Imported = z.infer<typeof ImportedSchema>;

/** `companies.imported`, on the import's timeline: from now on all of its companies are seen. */
export const CompaniesImportedSchema = ImportedSchema;
