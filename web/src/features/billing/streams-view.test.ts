import type { Entry, Streams } from "@yihao/insight/stream-model";
import { describe, expect, it } from "vitest";
import { companyRows, exportRows, figuresOf, streamRows } from "./streams-view.ts";

const cell = (site: string, stream: "rent" | "storage", netMinor: number, creditedMinor = 0) => {
  return { site, stream, netMinor, taxMinor: 0, creditedMinor };
};
const read: Streams = {
  months: [
    { month: "2026-10", cells: [cell("sit_a", "rent", 6_000_00)], costs: { month: "2026-10", costs: {}, rev: 0 } },
    {
      month: "2026-11",
      cells: [cell("sit_a", "rent", 6_000_00), cell("sit_b", "storage", 4_000_00, 500_00)],
      costs: { month: "2026-11", costs: { storage: 1_000_00 }, rev: 1 },
    },
  ],
  sites: [{ id: "sit_a", name: "甲" }],
  sizes: {
    sites: [
      { site: "sit_a", areaM2: 100, bins: 0 },
      { site: "sit_b", areaM2: 0, bins: 40 },
    ],
    rev: 1,
  },
  filled: true,
};

describe("the page of revenue streams", () => {
  it("shows a stream with the month before, its share, what was credited and its margin; a site has no costs", () => {
    const [before, month] = read.months;
    expect(streamRows(month, before, "")).toMatchObject([
      { stream: "rent", netMinor: 6_000_00, beforeMinor: 6_000_00, share: 0.6, marginMinor: undefined },
      {
        stream: "storage",
        creditedMinor: 500_00,
        share: 0.4,
        costMinor: 1_000_00,
        marginMinor: 3_000_00,
        marginShare: 0.75,
      },
    ]);
    expect(streamRows(month, before, "sit_b")).toMatchObject([{ stream: "storage", costMinor: undefined }]);
  });

  it("gives revenue a square metre and a bin on the average month that brought something", () => {
    expect(figuresOf(read, "")).toMatchObject({
      netMinor: 16_000_00,
      otherThanRent: 0.25,
      perM2Minor: 80_00,
      perBinMinor: 50_00,
    });
    expect(figuresOf(read, "sit_a")).toMatchObject({ perM2Minor: 60_00, perBinMinor: undefined });
  });

  it("sums a company's documents by site and stream, and exports plain numbers", () => {
    const entry = (document: string, kind: Entry["kind"], netMinor: number): Entry => ({
      ...{ document: document as Entry["document"], kind, invoice: "inv_1", number: document, company: "cmp_a" },
      ...{ companyName: "湖畔鲜集", month: "2026-11", on: "2026-11-20" },
      parts: [{ site: "sit_b", stream: "storage", netMinor, taxMinor: 0 }],
    });
    const entries = [entry("inv_1", "bill", 500_00), entry("crn_1", "credit", -100_00)];
    expect(companyRows(entries, "", "storage")).toEqual([
      { company: "cmp_a", name: "湖畔鲜集", documents: 2, netMinor: 400_00, creditedMinor: 100_00 },
    ]);
    expect(companyRows(entries, "sit_a", "")).toEqual([]);
    const names = { rent: "房租", storage: "仓储" } as Parameters<typeof exportRows>[2];
    expect(exportRows(read, ["月", "场地", "来源", "收入", "税", "红冲"], names, (site) => site)[3]).toEqual([
      ...["2026-11", "sit_b", "仓储", 4000, 0, 500],
    ]);
  });
});
