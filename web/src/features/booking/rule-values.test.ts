import type { AreaRules } from "@yihao/booking/rules-model";
import { AreaRulesSchema } from "@yihao/booking/rules-model";
import { expect, test } from "vitest";
import { readRules, ruleFaults, ruleValues } from "./rule-values.ts";

const open: [string, string][] = [["09:00", "18:00"]];
const site = { 1: open, 2: open, 3: open, 4: open, 5: open, 6: [], 7: [] };
const rules: AreaRules = {
  hours: { ...site, 6: [["10:00", "16:00"]] },
  closures: ["2026-12-25"],
  leadMinutes: 60,
  who: { of: "plans", plans: ["pln_one"] },
  quotas: [{ per: "company", count: "minutes", in: "week", most: 600, over: "kind", plans: ["pln_one"] }],
};

test("rules are read back from a form as they were, and nothing typed is nothing set", () => {
  const back = readRules(ruleValues(rules, site));
  expect(back).toEqual(rules);
  expect(AreaRulesSchema.safeParse(back).success).toBe(true);
  expect(readRules(ruleValues({}, site))).toEqual({});
  expect(readRules(ruleValues({ quotas: [], leadMinutes: 0 }, site))).toEqual({ quotas: [], leadMinutes: 0 });
});

test("what cannot be read is found by its field, hours that are not its own are not looked at", () => {
  const values = ruleValues({}, site);
  expect(ruleFaults(values)).toEqual({});
  expect(ruleFaults({ ...values, hours1: "9-18", ownHours: "yes", closures: "12/25" })).toEqual({
    hours1: "hours",
    closures: "day",
  });
  expect(ruleFaults({ ...values, hours1: "9-18" })).toEqual({});
  expect(ruleFaults({ ...values, who: "companies" })).toEqual({ whoCompanies: "needed" });
  const quota = { per: "person", count: "bookings", in: "ahead", over: "resource" } as const;
  expect(ruleFaults({ ...values, ownQuotas: "yes", quotas: [{ ...quota, most: undefined }] })).toEqual({
    quotas: "needed",
  });
  expect(ruleFaults({ ...values, ownQuotas: "yes", quotas: [{ ...quota, most: 51 }] })).toEqual({ quotas: "ahead" });
});
