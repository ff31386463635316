import type { CompanyId } from "@yihao/kernel/ids";
import type { Floor, Resource, ResourceView } from "./model.ts";
import type { AreaRules, Lease, LeaseView } from "./rules-model.ts";

/** A resource as its reader may see it: a company learns neither whose its leases are nor which other companies may book it. */
export function resourceView(resource: Resource & { readonly rev: number }, own?: CompanyId): ResourceView {
  const {
    calendar: _calendar,
    siteRev: _site,
    floorRev: _floor,
    lettableSince: _since,
    unitsEver: _ever,
    ...rest
  } = resource;
  const { leases, area, ...facts } = rest;
  const held = (leases ?? []).filter(({ state }) => state === "held");
  return {
    ...rulesView(facts, own),
    ...(area ? { area: rulesView(area, own) } : {}),
    ...(held.length > 0 ? { leases: held.map((lease) => leaseView(lease, own)) } : {}),
  };
}

/** A floor as its reader may see it. */
export function floorView<Seen extends Floor>(floor: Seen, own?: CompanyId): Seen {
  return floor.rules ? { ...floor, rules: rulesView(floor.rules, own) } : floor;
}

/** Rules without the other companies that may book; one that may not itself is told that staff book it. */
function rulesView<Rules extends AreaRules>(rules: Rules, own?: CompanyId): Rules {
  if (own === undefined || rules.who?.of !== "companies") return rules;
  const mine = rules.who.companies.some((company) => company === own);
  return { ...rules, who: mine ? { of: "companies", companies: [own] } : { of: "staff" } };
}

/** A lease as its reader may see it. */
export function leaseView({ id, from, until, company, companyName, document }: Lease, own?: CompanyId): LeaseView {
  return {
    id,
    from,
    ...(until ? { until } : {}),
    ...(own === undefined || own === company ? { company, companyName, ...(document ? { document } : {}) } : {}),
  };
}
