import { describe, expect, it } from "vitest";
import { type Built, deskCodes, isDone, resumeAt } from "./progress.ts";

const empty = {
  space: {
    id: "spc_a",
    name: "淮海壹号",
    language: "zh-CN",
    currency: "CNY",
    zone: "Asia/Shanghai",
    createdAt: "",
    tag: "",
  },
  sites: [],
  floors: [],
  resources: [],
  card: null,
  cardRev: 0,
  plans: [],
  warehouses: [],
  bins: [],
  companies: 0,
} as unknown as Built;
const some = [{}] as never;

describe("how far a set-up is", () => {
  it("follows from what the space has, so it can be left and taken up anywhere", () => {
    expect(resumeAt(undefined)).toBe("space");
    expect(resumeAt(empty)).toBe("site");
    expect(resumeAt({ ...empty, resources: some })).toBe("site");
    const placed = { ...empty, sites: some, resources: some };
    expect(resumeAt(placed)).toBe("prices");
    expect(isDone("prices", { ...placed, card: {} as never })).toBe(false);
    const priced = { ...placed, card: {} as never, plans: some };
    expect(resumeAt(priced)).toBe("warehouse");
    expect(resumeAt({ ...priced, companies: 3 })).toBe("done");
    expect(resumeAt({ ...priced, bins: some, companies: 3 })).toBe("done");
  });

  it("numbers desks by area with as many digits as the last one needs", () => {
    expect(deskCodes("a", 1, 40).at(0)).toBe("A-01");
    expect(deskCodes("A-", 1, 40).at(-1)).toBe("A-40");
    expect(deskCodes("Ｂ", 99, 2)).toEqual(["B-099", "B-100"]);
    expect(deskCodes("", 7, 1)).toEqual(["07"]);
  });
});
