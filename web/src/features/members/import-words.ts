import type { RowFault } from "@yihao/members/import-model";
import { dictionary } from "../../i18n.ts";
import { saveText } from "../../save.ts";

/** Words of the import page. */
export const importWords = dictionary({
  zh: {
    title: "导入企业",
    say: "先检查，每一行都对了才导入；一次全部进，或者一家也不进。",
    file: "CSV 表格",
    fileHint: "第一行是表头。CSV（UTF-8 或 GBK）或 Excel，最多 2,000 家、1 MB。",
    paste: "或者粘贴",
    pasteHint: "从表格软件里复制，连表头一起",
    check: "检查",
    commit: (n: number) => `导入 ${n} 家`,
    importing: (n: number) => `正在导入 ${n} 家，全部就绪前谁也看不到`,
    done: (n: number) => `已导入 ${n} 家`,
    look: "看企业列表",
    another: "再导入一份",
    templateZh: "下载中文模板",
    templateEn: "下载英文模板",
    result: "检查结果",
    good: (good: number, rows: number) => `${rows} 行，${good} 行可以导入`,
    faults: (n: number) => `${n} 行要改，改好再检查一次`,
    ignored: (names: string) => `没有用到的列：${names}`,
    row: "行",
    fault: "要改的地方",
    fine: "可以导入",
    onlyFaults: "只看要改的",
    start: "拖入或粘贴表格，先看一遍会导入什么。",
    example: "示例",
    back: "返回企业列表",
    columns: {
      name: "企业名称",
      code: "统一社会信用代码",
      kind: "类型",
      industry: "行业",
      contactName: "联系人",
      contactPhone: "联系电话",
      contactEmail: "邮箱",
      address: "地址",
      legalPerson: "法定代表人",
      registeredOn: "注册日期",
      since: "入驻日期",
    },
    reasons: {
      required: () => "没有填",
      "too-long": (f: RowFault) => `最多 ${f.at ?? 0} 个字`,
      kind: (f: RowFault) => `“${f.value}”不认识，填企业或团队`,
      email: () => "不是邮箱地址",
      day: (f: RowFault) => `“${f.value}”不是日期`,
      "code-length": (f: RowFault) => `要 18 位，现在 ${f.at ?? 0} 位`,
      "code-letter": (f: RowFault) =>
        `第 ${f.at ?? 0} 位不能是 ${f.value[(f.at ?? 1) - 1] ?? ""}${f.fix ? `，是不是 ${f.fix}` : ""}`,
      "code-check": (f: RowFault) => `校验不对，查第 ${f.at ?? 0} 位和前面几位`,
      "name-twice": (f: RowFault) => `和第 ${f.at ?? 0} 行重名`,
      "code-twice": (f: RowFault) => `和第 ${f.at ?? 0} 行的代码一样`,
      "name-exists": () => "空间里已经有这家",
      "code-exists": () => "空间里已经有这个代码",
      "extra-cells": () => "这一格在表头外面",
    },
  },
  en: {
    title: "Import companies",
    say: "Check first. Every row must be right; all companies come in at once or none.",
    file: "CSV table",
    fileHint: "First row: headings. CSV (UTF-8 or GBK) or Excel, up to 2,000 companies and 1 MB.",
    paste: "Or paste",
    pasteHint: "Copied from a spreadsheet, headings included",
    check: "Check",
    commit: (n: number) => `Import ${n}`,
    importing: (n: number) => `Importing ${n}; nobody sees any until all are in`,
    done: (n: number) => `${n} companies imported`,
    look: "See the companies",
    another: "Import another",
    templateZh: "Template in Chinese",
    templateEn: "Template in English",
    result: "Result",
    good: (good: number, rows: number) => `${rows} rows, ${good} ready`,
    faults: (n: number) => `${n} rows to fix, then check again`,
    ignored: (names: string) => `Columns not used: ${names}`,
    row: "Row",
    fault: "To fix",
    fine: "Ready",
    onlyFaults: "Only rows to fix",
    start: "Drop or paste a table to see what would be imported.",
    example: "Example",
    back: "Back to companies",
    columns: {
      name: "Company name",
      code: "Credit code",
      kind: "Kind",
      industry: "Industry",
      contactName: "Contact",
      contactPhone: "Phone",
      contactEmail: "E-mail",
      address: "Address",
      legalPerson: "Legal person",
      registeredOn: "Registered on",
      since: "Since",
    },
    reasons: {
      required: () => "is empty",
      "too-long": (f: RowFault) => `has at most ${f.at ?? 0} characters`,
      kind: (f: RowFault) => `“${f.value}” is unknown; use company or team`,
      email: () => "is no e-mail address",
      day: (f: RowFault) => `“${f.value}” is no day`,
      "code-length": (f: RowFault) => `needs 18 characters, has ${f.at ?? 0}`,
      "code-letter": (f: RowFault) =>
        `cannot have ${f.value[(f.at ?? 1) - 1] ?? ""} at position ${f.at ?? 0}${f.fix ? `. Is it ${f.fix}?` : ""}`,
      "code-check": (f: RowFault) => `fails its check; look at position ${f.at ?? 0} and before`,
      "name-twice": (f: RowFault) => `is also in row ${f.at ?? 0}`,
      "code-twice": (f: RowFault) => `is also in row ${f.at ?? 0}`,
      "name-exists": () => "exists in this space",
      "code-exists": () => "exists in this space",
      "extra-cells": () => "stands outside the headings",
    },
  },
});

/** A fault of a row in one sentence: its column and what is wrong there. */
export function faultSentence(fault: RowFault): string {
  const t = importWords();
  const column = (t.columns as Readonly<Record<string, string>>)[fault.column] ?? fault.column;
  return `${column} ${t.reasons[fault.reason](fault)}`;
}

const templates = {
  zh: "企业名称,统一社会信用代码,类型,行业,联系人,联系电话,邮箱,地址,法定代表人,注册日期,入驻日期\r\n拾穗家居有限公司,91350100M000100Y43,企业,家居电商,许静,0561-3000000,xu@example.com,淮北市相山区,许静,2019-03-12,2025-06-01\r\n一诺文创,,团队,文创,,,,,,,2026-01-15\r\n",
  en: "Company name,Credit code,Kind,Industry,Contact,Phone,E-mail,Address,Legal person,Registered on,Since\r\nShisui Home Co.,91350100M000100Y43,company,Home goods,Xu Jing,0561-3000000,xu@example.com,Huaibei,Xu Jing,2019-03-12,2025-06-01\r\nYinuo Studio,,team,Design,,,,,,,2026-01-15\r\n",
};

/** Hands out the template of one language as a file that Excel reads as UTF-8. */
export function downloadTemplate(language: keyof typeof templates): void {
  saveText(language === "zh" ? "企业导入模板.csv" : "companies-template.csv", `\ufeff${templates[language]}`);
}
