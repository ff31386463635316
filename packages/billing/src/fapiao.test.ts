import { taxWithin } from "@yihao/kernel/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decideFapiao, fapiaoLines, fapiaoRows, stepFapiao } from "./fapiao.ts";
import { type Fapiao, FapiaoStepSchema, FapiaoTitleSchema } from "./fapiao-model.ts";
import type { Line } from "./model.ts";

const line = (over: Partial<Line>): Line => ({
  ...{ service: "room", stream: "room", quantity: 1, per: "unit", unitMinor: 0, amountMinor: 100_00 },
  ...{ taxBasis: 600, taxMinor: 0, charges: 1 },
  ...over,
});
const title = FapiaoTitleSchema.parse({
  ...{ kind: "special", title: "晚汀香氛有限公司", taxNumber: "91340600ma2n9k1x0b", address: "", phone: "" },
  ...{ bank: "", account: "", email: "" },
});

it("lines are by stream and rate, less discounts and credit notes; over any bill they sum to what is left of it", () => {
  const lines = [line({}), line({ service: "discount", amountMinor: -10_00 }), line({ stream: "rent", taxBasis: 900 })];
  expect(fapiaoLines(lines, [])).toEqual([
    { stream: "rent", taxBasis: 900, amountMinor: 100_00, taxMinor: 8_26 },
    { stream: "room", taxBasis: 600, amountMinor: 90_00, taxMinor: 5_09 },
  ]);
  const any = fc.record({
    stream: fc.constantFrom("room" as const, "rent" as const, "desk" as const),
    taxBasis: fc.constantFrom(0, 600, 900),
    amountMinor: fc.integer({ min: -50_000, max: 100_000 }),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), (some) => {
      const total = some.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const made = fapiaoLines(some.map(line), []);
      expect(made.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(Math.max(0, total));
      for (const one of made) expect(one.taxMinor).toBe(taxWithin(one.amountMinor, one.taxBasis));
    }),
  );
});

it("none of a draft, of an opening or of nothing; a special one wants a tax number and nothing exempt", () => {
  const lines = fapiaoLines([line({})], []);
  const code = (...asked: Parameters<typeof decideFapiao>) => {
    const decided = decideFapiao(...asked);
    return decided.ok ? "" : decided.refusal.code;
  };
  expect(code({ state: "draft" }, title, lines)).toBe("fapiao.open-bill");
  expect(code({ state: "due", opening: true }, title, lines)).toBe("fapiao.open-bill");
  expect(code({ state: "void" }, title, [])).toBe("fapiao.nothing");
  expect(code({ state: "paid" }, { ...title, taxNumber: "" }, lines)).toBe("fapiao.tax-number");
  const exempt = fapiaoLines([line({ taxBasis: 0, taxReason: "incubation-2023-42" })], []);
  expect(code({ state: "paid" }, title, exempt)).toBe("fapiao.exempt-special");
  expect(code({ state: "paid" }, { ...title, kind: "ordinary" }, exempt)).toBe("");
  expect(title.taxNumber).toBe("91340600MA2N9K1X0B");
  expect(FapiaoTitleSchema.safeParse({ ...title, taxNumber: "12345" }).success).toBe(false);
});

it("is issued, then red-inked, or declined or withdrawn while it is asked for; the rows for the platform have a line each", () => {
  const fapiao = {
    id: "fpq_1",
    state: "requested",
    title,
    lines: fapiaoLines([line({})], []),
    invoiceNumber: "ZD-1",
  } as unknown as Fapiao;
  const issue = FapiaoStepSchema.parse({ does: "issue", number: "1".repeat(20), on: "2026-11-26" });
  const red = { does: "red-ink", number: "2".repeat(20), on: "2026-11-27", reason: "开票有误" } as const;
  const issued = stepFapiao(fapiao, issue);
  if (!issued.ok) throw new Error(issued.refusal.code);
  expect(stepFapiao(fapiao, red).ok).toBe(false);
  expect(stepFapiao(issued.value, issue).ok).toBe(false);
  expect(stepFapiao(issued.value, red)).toMatchObject({ value: { state: "red-inked", redNumber: red.number } });
  expect(stepFapiao(fapiao, { does: "withdraw" })).toMatchObject({ value: { state: "withdrawn" } });
  expect(FapiaoStepSchema.safeParse({ ...issue, number: "123" }).success).toBe(false);
  const [heads, row] = fapiaoRows([fapiao]);
  expect(Object.fromEntries((heads ?? []).map((head, at) => [head, row?.[at]]))).toMatchObject({
    ...{ 发票类型: "增值税专用发票", 项目名称: "*会展服务*会议室服务费", 金额: "100.00", 税率: "6%", 税额: "5.66" },
  });
});
