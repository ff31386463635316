import { type Day, dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { claim } from "@yihao/table/unique";
import { daysFault, signed } from "./agreement.ts";
import { type AgreementRefusal, letWrites, numberTaken, timersOf, told, tries } from "./agreement-actions.ts";
import type { Agreement, AgreementFacts } from "./agreement-model.ts";
import { agreementWrites } from "./agreement-store.ts";
import { companyForChange, filled } from "./company-actions.ts";
import { zoneOf } from "./days.ts";

/**
 * Takes a running agreement over (接管协议) that was signed before the space came here, in one commit: it runs and lets what it names, as if it had been drafted and signed, and its rent is
 * charged here from `rentFrom` on.
 * Refused as `agreement.number-taken` when that number is known, `agreement.let` when somebody else has its resources, `agreement.over` when its days are.
 */
export async function takeOverAgreement(
  scope: Scope,
  company: CompanyId,
  wish: AgreementFacts,
  { signedOn, rentFrom }: { readonly signedOn: Day; readonly rentFrom: Day },
): Promise<Outcome<Agreement, AgreementRefusal>> {
  const owner = await companyForChange(scope, company);
  if (!owner) return refuse("missing");
  if (owner.state === "left") return refuse("company.left");
  const fault = daysFault(wish);
  if (!fault.ok) return fault;
  const zone = await zoneOf(scope);
  const facts = { ...filled(wish), resources: wish.resources, remindDays: wish.remindDays };
  const draft: Agreement = { ...facts, id: idFor(scope, "agr"), company, state: "draft", at: scope.now, terms: [] };
  const charged = rentFrom > draft.from ? rentFrom : draft.from;
  const decided = signed(draft, signedOn, dayOf(scope.now, zone), scope.now, charged);
  if (!decided.ok) return decided;
  const agreement = decided.value;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const lets = await letWrites(scope, draft, agreement);
    if (!lets.ok) return lets;
    const { id, number } = agreement;
    const outcome = await commit(
      scope,
      [
        ...agreementWrites(scope, agreement),
        ...lets.value,
        ...(number ? [claim(scope, "agreement-number", number, id)] : []),
        ...timersOf(scope, draft, agreement, zone),
        happened(scope, "agreement.taken-over", company, { company, agreement: id, before: null, after: agreement }),
        ...told(scope, draft, agreement),
      ],
      { answer: agreement },
    );
    if (outcome.done) return accept(outcome.answer);
    if (numberTaken(outcome.lost)) return refuse("agreement.number-taken", { number });
  }
  return refuse("stale");
}
