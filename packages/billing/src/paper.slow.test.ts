import { BillingStage } from "@yihao/testing/billing-stage";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InvoiceView } from "./invoice-view.ts";
import { defaultSettings, type Line } from "./model.ts";
import { paginate } from "./paginate.ts";
import { paperOfInvoice } from "./paper.ts";
import { pdfOf } from "./paper-pdf.ts";

/** The text of each page of a PDF, as a reader finds it. */
async function pagesOf(bytes: Uint8Array): Promise<{ texts: string[]; fonts: Set<string> }> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, disableFontFace: true }).promise;
  const texts: string[] = [];
  const fonts = new Set<string>();
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    const content = await page.getTextContent();
    texts.push(content.items.map((item) => ("str" in item ? item.str : "")).join(""));
    for (const name of Object.keys(content.styles)) fonts.add(name);
  }
  return { texts, fonts };
}

const line = (over: Partial<Line> = {}): Line => ({
  ...{
    service: "room",
    stream: "room",
    about: { id: "res_1", name: "会议室 1" },
    quantity: 90,
    per: "hour",
    unitMinor: 6000,
  },
  ...{ amountMinor: 9000, taxBasis: 600, taxMinor: 509, charges: 1 },
  ...over,
});
function billOf(lines: Line[], over: Partial<InvoiceView> = {}): InvoiceView {
  const sum = (of: (one: Line) => number) => lines.reduce((total, one) => total + of(one), 0);
  return {
    ...{
      id: "inv_1",
      company: "cmp_1",
      companyName: "淮北晚汀香氛科技有限公司",
      companyCode: "91340600MA2TEST001",
      month: "2026-11",
    },
    ...{ state: "due", number: "ZD-202611-0007", paidMinor: 0, streams: [], drawnAt: "2026-12-01T02:00:00.000Z" },
    ...{ totalMinor: sum((one) => one.amountMinor), taxMinor: sum((one) => one.taxMinor) },
    ...{ finalisedAt: "2026-12-01T02:00:00.000Z", finalisedOn: "2026-12-01", dueOn: "2026-12-11" },
    ...{ rev: 3, lines, payments: [], credits: [] },
    ...over,
  };
}
const settings = {
  ...defaultSettings,
  bankHolder: "淮海壹号众创空间",
  bankName: "工行淮北相山支行",
  bankAccount: "1305 0101 0920",
};
const from = { issuer: "淮海壹号众创空间", settings };
const many = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    line({ about: { id: `res_${at}`, name: `会议室 ${at + 1}` }, amountMinor: 9000 + at }),
  );

describe("breaking over pages", () => {
  it("no row is lost or torn, the sums never stand alone under nothing while rows fit beside them", () => {
    expect(paginate([10, 10, 10], { first: 100, next: 100, foot: 40 })).toEqual([3]);
    expect(paginate([10, 10, 10], { first: 60, next: 100, foot: 40 })).toEqual([2, 1]);
    expect(paginate(Array(9).fill(10), { first: 30, next: 40, foot: 20 })).toEqual([3, 4, 2]);
    expect(paginate([500], { first: 30, next: 40, foot: 20 })).toEqual([1, 0]);
    expect(paginate([], { first: 30, next: 40, foot: 20 })).toEqual([0]);
  });
});

describe("a printed bill", () => {
  it("reads the same in Chinese as the bill: number, company, lines, tax, total in figures and 大写, where to pay", async () => {
    const bytes = await pdfOf(
      paperOfInvoice(billOf([line(), line({ taxReason: "incubation-2023-42", taxMinor: 0 })]), from, "zh"),
      "2026-12-01T02:00:00.000Z",
    );
    const { texts } = await pagesOf(bytes);
    expect(texts.length).toBe(1);
    for (const wanted of [
      "账单",
      "ZD-202611-0007",
      "淮北晚汀香氛科技有限公司",
      "会议室 会议室 1",
      "1.5 小时",
      "6%",
      "免税",
      "2023 年第 42 号",
      "¥180.00",
      "壹佰捌拾元整",
      "1305 0101 0920",
      "第 1 页，共 1 页",
    ])
      expect(texts[0]).toContain(wanted);
  });

  it("says which deposit is still to come, apart from its total, also once the bill itself is paid", async () => {
    const paid = billOf([line()], { state: "paid", paidMinor: 9000 });
    const deposits = [{ title: "302 室租赁协议", openMinor: 200_000 }];
    for (const [language, wanted] of [
      ["zh", ["应交押金", "302 室租赁协议（未到）", "¥2,000.00", "不在价税合计内", "1305 0101 0920", "¥90.00"]],
      ["en", ["Deposit to pay", "302 室租赁协议, open", "¥2,000.00", "comes on top", "To pay ¥0.00"]],
    ] as const) {
      const bytes = await pdfOf(paperOfInvoice(paid, { ...from, deposits }, language), "2026-12-01T02:00:00.000Z");
      const { texts } = await pagesOf(bytes);
      for (const said of wanted) expect(texts.join("")).toContain(said);
    }
    const none = await pagesOf(await pdfOf(paperOfInvoice(paid, from, "zh"), "2026-12-01T02:00:00.000Z"));
    expect(none.texts.join("")).not.toMatch(/押金|对公转账/);
  });

  it("of 120 lines breaks over pages with every line once, its head on each page and the sums on the last", async () => {
    const bill = billOf(many(120));
    const bytes = await pdfOf(paperOfInvoice(bill, from, "en"), "2026-12-01T02:00:00.000Z");
    const { texts } = await pagesOf(bytes);
    expect(texts.length).toBeGreaterThan(3);
    const all = texts.join("\n");
    for (let at = 0; at < 120; at += 1)
      expect(all.match(new RegExp(`会议室 ${at + 1}\\s*1\\.5 h`, "g"))?.length, `line ${at + 1}`).toBe(1);
    for (const [at, text] of texts.entries()) {
      expect(text).toContain(`Page ${at + 1} of ${texts.length}`);
      expect(text.includes("Total incl. VAT")).toBe(at === texts.length - 1);
    }
    expect(bytes.length).toBeLessThan(60_000);
  });

  it("carries only the glyphs it uses, and prints 〓 for what the font lacks", async () => {
    const common =
      "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";
    const rare = billOf([line({ about: { id: "res_1", name: "䶮①" } })], { companyName: common.slice(0, 40) });
    const small = await pdfOf(paperOfInvoice(rare, from, "zh"), "2026-12-01T02:00:00.000Z");
    expect((await pagesOf(small)).texts[0]).toContain("〓〓");
    expect(small.length).toBeLessThan(40_000);
    const full = await pdfOf(
      paperOfInvoice(billOf([line({ about: { id: "r", name: common } })]), from, "zh"),
      "2026-12-01T02:00:00.000Z",
    );
    expect(full.length).toBeLessThan(250_000);
  });
});

describe("papers over HTTP", () => {
  let stage: BillingStage;
  beforeEach(async () => {
    stage = await BillingStage.open();
  });
  afterEach(() => stage.table.close());

  it("are for the space and the company they are of; a draft has none", async () => {
    const company = await stage.company("湖畔鲜集");
    const pick = { company, operation: "pick", units: 30, document: "ord_1", day: "2026-11-20", warehouse: "whs_1" };
    await stage.happen("handling.done", company, pick);
    const { drawInvoice } = await import("./draw.ts");
    const { invoiceIdOf } = await import("./store.ts");
    await drawInvoice(stage.scope(), company, "2026-11");
    const invoice = invoiceIdOf(stage.scope(), company, "2026-11");
    const get = (person: string, path = "") => stage.raw(person, `/papers/spaces/spc_test/invoices/${invoice}${path}`);
    expect((await get("per_finance")).status).toBe(404);
    await stage.ask("per_finance", "POST", `/invoices/${invoice}/finalise`, {});
    const mine = await get(company.replace("cmp_", "per_"), "?language=en");
    expect([mine.status, mine.headers.get("content-type"), mine.headers.get("content-disposition")]).toEqual([
      200,
      "application/pdf",
      'attachment; filename="ZD-202611-0001.pdf"',
    ]);
    expect((await pagesOf(new Uint8Array(await mine.arrayBuffer()))).texts[0]).toContain("湖畔鲜集");
    const other = await stage.company("邻座科技");
    expect((await get(other.replace("cmp_", "per_"))).status).toBe(404);
    const credit = { reason: "数量有误" };
    const note = await stage.ask<{ number: string }>(
      "per_finance",
      "POST",
      `/accounts/spaces/spc_test/invoices/${invoice}/credits`,
      credit,
    );
    const printed = await get("per_finance", `/credits/${note.body.number}`);
    expect((await pagesOf(new Uint8Array(await printed.arrayBuffer()))).texts[0]).toContain("−¥45.00");
    expect((await get("per_finance", "/credits/HC-202611-0099")).status).toBe(404);
  });
});
