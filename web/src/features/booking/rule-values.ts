import type { Hours, Quota, Who } from "@yihao/booking/model";
import type { Approval, AreaRules } from "@yihao/booking/rules-model";
import { hoursText, readDays, readHours } from "./places-text.ts";

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
type HoursTexts = { [Day in (typeof weekdays)[number] as `hours${Day}`]: string };

/** A quota while it is typed: nothing where a number is missing yet. */
export type QuotaValue = Omit<Quota, "most"> & { most: number | undefined };

/** Rules of an area or a resource as a form holds them. */
export type RuleValues = HoursTexts & {
  ownHours: "no" | "yes";
  closures: string;
  leadMinutes: number | undefined;
  who: "inherit" | Who["of"];
  whoPlans: string[];
  whoCompanies: string[];
  ownQuotas: "no" | "yes";
  quotas: QuotaValue[];
  approval: "inherit" | Approval["of"];
  approvalHours: number | undefined;
  noShowMinutes: number | undefined;
};

/** How rules are typed; hours that are not its own begin as the site's. */
export function ruleValues(rules: AreaRules, site: Hours): RuleValues {
  const hours = rules.hours ?? site;
  const texts = Object.fromEntries(weekdays.map((day) => [`hours${day}`, hoursText(hours[day])])) as HoursTexts;
  return {
    ...texts,
    ownHours: rules.hours ? "yes" : "no",
    closures: (rules.closures ?? []).join("\n"),
    leadMinutes: rules.leadMinutes,
    who: rules.who?.of ?? "inherit",
    whoPlans: rules.who?.of === "plans" ? [...rules.who.plans] : [],
    whoCompanies: rules.who?.of === "companies" ? [...rules.who.companies] : [],
    ownQuotas: rules.quotas ? "yes" : "no",
    quotas: (rules.quotas ?? []).map((quota) => ({ ...quota })),
    approval: rules.approval?.of ?? "inherit",
    approvalHours: rules.approval?.waitHours ?? 24,
    noShowMinutes: rules.noShowMinutes,
  };
}

export type RuleFault = "hours" | "day" | "needed" | "ahead";
/** What is wrong with rules as they are typed, by field. */
export function ruleFaults(values: RuleValues): Partial<Record<keyof RuleValues, RuleFault>> {
  const faults: Partial<Record<keyof RuleValues, RuleFault>> = {};
  if (values.ownHours === "yes")
    for (const day of weekdays) if (!readHours(values[`hours${day}`])) faults[`hours${day}`] = "hours";
  if (!readDays(values.closures)) faults.closures = "day";
  if (values.who === "plans" && values.whoPlans.length === 0) faults.whoPlans = "needed";
  if (values.who === "companies" && values.whoCompanies.length === 0) faults.whoCompanies = "needed";
  const asks = values.approval === "all" || values.approval === "public";
  if (asks && !values.approvalHours) faults.approvalHours = "needed";
  if (values.ownQuotas === "yes") {
    if (values.quotas.some(({ most }) => most === undefined || most < 1)) faults.quotas = "needed";
    else if (values.quotas.some((quota) => quota.in === "ahead" && (quota.most ?? 0) > 50)) faults.quotas = "ahead";
  }
  return faults;
}

/** The rules that were typed; what is left to the floor or the site is left out. */
export function readRules(values: RuleValues): AreaRules {
  const closures = readDays(values.closures) ?? [];
  const hours = Object.fromEntries(weekdays.map((day) => [day, readHours(values[`hours${day}`]) ?? []])) as Hours;
  const who = whoOf(values);
  return {
    ...(values.ownHours === "yes" ? { hours } : {}),
    ...(closures.length > 0 ? { closures } : {}),
    ...(values.leadMinutes === undefined ? {} : { leadMinutes: values.leadMinutes }),
    ...(who ? { who } : {}),
    ...(values.ownQuotas === "yes"
      ? { quotas: values.quotas.map((quota) => ({ ...quota, most: quota.most ?? 1 })) }
      : {}),
    ...(values.noShowMinutes === undefined ? {} : { noShowMinutes: values.noShowMinutes }),
    ...(values.approval === "inherit"
      ? {}
      : { approval: { of: values.approval, waitHours: values.approvalHours ?? 24 } }),
  };
}

function whoOf({ who, whoPlans, whoCompanies }: RuleValues): Who | undefined {
  if (who === "inherit") return undefined;
  if (who === "plans") return { of: "plans", plans: whoPlans as `pln_${string}`[] };
  if (who === "companies") return { of: "companies", companies: whoCompanies as `cmp_${string}`[] };
  return { of: who };
}
