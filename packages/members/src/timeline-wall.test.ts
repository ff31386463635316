import { expect, it } from "vitest";
import { forCompany, seenByCompany } from "./timeline-wall.ts";

const sees = (type: string, data: object = {}) => seenByCompany({ type, data });

it("a company's people learn from its timeline nothing that the pages keep to staff", () => {
  const draft = { state: "draft", note: "底价" };
  expect([
    sees("document.added", { visible: false }),
    sees("document.added", {}),
    sees("agreement.drafted", { before: null, after: draft }),
    sees("agreement.changed", { before: draft, after: draft }),
    sees("agreement.dropped", { before: draft, after: null }),
    sees("exit.marked", { note: "前台已核对" }),
    sees("exit.planned"),
    sees("approval.proposed"),
    sees("company.erase-asked"),
  ]).toEqual(Array.from({ length: 9 }, () => false));
  expect([
    sees("document.added", { visible: true }),
    sees("agreement.signed", { before: draft, after: { state: "running" } }),
    sees("booking.made"),
    sees("company.left"),
  ]).toEqual([true, true, true, true]);
  const told = forCompany("agreement.signed", {
    agreement: "agr_1",
    before: draft,
    after: { ...draft, state: "running" },
  });
  expect(told).toEqual({ agreement: "agr_1", before: { state: "draft" }, after: { state: "running" } });
});
