import { type Day, dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { lettingOf } from "@yihao/members/agreement";
import { agreementOf } from "@yihao/members/agreement-store";
import { stepOf } from "@yihao/table/command";
import { endLease, letResource } from "./lease-actions.ts";
import type { Lease } from "./model.ts";
import { resourceOf } from "./store.ts";

/** What is to be done so that a resource is let as an agreement says: days to add, and a lease to end sooner. */
export type LetStep =
  | { readonly do: "let"; readonly from: Day; readonly until?: Day }
  | { readonly do: "end"; readonly lease: Lease["id"]; readonly until: Day };

/** Later of two days. */
const later = (a: Day, b: Day): Day => (a > b ? a : b);

/**
 * How the leases that an agreement has on a resource become the days it lets, from today on: what is missing is let, what is too much ends. Days that have passed are left as they
 * were, and an agreement that lets nothing any more ends all it has.
 */
export function stepsTo(
  wanted: { readonly from: Day; readonly until?: Day | undefined } | undefined,
  until: Day | undefined,
  leases: readonly Lease[],
  today: Day,
): LetStep[] {
  const end = wanted ? wanted.until : (until ?? today);
  const over = leases.filter((lease) => end !== undefined && (lease.until === undefined || lease.until > end));
  if (over.length > 0 && end !== undefined) return over.map((lease) => ({ do: "end", lease: lease.id, until: end }));
  if (!wanted || leases.some((lease) => lease.until === undefined || lease.until === end)) return [];
  const had = leases.reduce((last, lease) => later(last, lease.until ?? last), wanted.from);
  return [{ do: "let", from: later(had, today), ...(end ? { until: end } : {}) }];
}

/**
 * Fences what an agreement lets (签约房源), as it stands now and not as it was told, so that order and repetition do not matter. When a resource cannot be let, because bookings stand in the
 * way or somebody else has it, it throws: the work then lies with what is stuck, says why, and is tried again from there.
 */
export async function fenceAgreement(scope: Scope, told: { company: CompanyId; agreement: string }): Promise<void> {
  const agreement = await agreementOf(scope, told.company, told.agreement);
  if (!agreement) return;
  const { company, id, number, title, resources, state } = agreement;
  if (state === "draft") return;
  const refused: string[] = [];
  for (const resource of resources) {
    const found = await resourceOf(scope, resource, { consistent: true });
    if (!found) {
      refused.push(`missing ${resource}`);
      continue;
    }
    const leases = (found.leases ?? []).filter((lease) => lease.agreement === id && lease.state === "held");
    const today = dayOf(scope.now, found.calendar.zone);
    for (const [at, step] of stepsTo(lettingOf(agreement), agreement.until, leases, today).entries()) {
      const mine = stepOf(scope, `${resource} ${at}`);
      const done =
        step.do === "end"
          ? await endLease(mine, resource, step.lease, step.until)
          : await letResource(mine, resource, {
              ...{ company, from: step.from, document: number ?? title },
              ...(step.until ? { until: step.until } : {}),
              agreement: id,
            });
      if (!done.ok) refused.push(`${done.refusal.code} ${found.code}`);
    }
  }
  if (refused.length > 0) throw new Error(`${number ?? title}: ${refused.join(", ")}`);
}
