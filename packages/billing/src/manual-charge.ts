import { dayOf, monthOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { taxWithin, timesRatio } from "@yihao/kernel/money";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { digest, idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { get } from "@yihao/table/read";
import { claim } from "@yihao/table/unique";
import { manualTax } from "./manual-tax.ts";
import type { BillingRefusal, Charge, ChargeId } from "./model.ts";
import { chargeable } from "./reduction-actions.ts";
import { type ChargeTold, chargeDaysMost, type NewCharge } from "./reduction-model.ts";
import { billedKey, chargeKind, headOf, invoiceIdsOf, openKey, postCharge } from "./store.ts";
import { taxBackground } from "./taxes.ts";
import { zoneOf } from "./zone.ts";

type Answer = Promise<Outcome<Charge, BillingRefusal | "missing">>;

const toldOf = ({ id, company, about, amountMinor }: Charge): ChargeTold => ({
  ...{ company, charge: id, amountMinor },
  name: about?.name ?? "",
});

/**
 * Charges something by hand (手工计费), taxed as its day has it for what it is: a service, a lease of real estate, goods. The bill of its month takes it, or the next one when that is final. Refused as `missing`, and
 * `charge.day` when it lies too far off.
 */
export async function addCharge(scope: Scope, wish: NewCharge): Answer {
  const company = await chargeable(scope, wish.company);
  if (!company) return refuse("missing");
  const today = dayOf(scope.now, await zoneOf(scope));
  const { before, after } = chargeDaysMost;
  if (wish.day < plusDays(today, -before) || wish.day > plusDays(today, after))
    return refuse("charge.day", { before, after });
  const tax = manualTax(await taxBackground(scope, company.id), wish);
  const amountMinor = timesRatio(wish.unitMinor, wish.quantity, 1);
  const id = idFor(scope, "chg");
  const charge: Charge = {
    ...{ id, company: company.id, month: monthOf(wish.day), day: wish.day, service: "extra", stream: wish.stream },
    about: { id: `extra_${digest(wish.name).slice(0, 12)}`, name: wish.name },
    ...{ quantity: wish.quantity, per: "unit", unitMinor: wish.unitMinor, amountMinor },
    ...{ taxBasis: tax.basis, taxMinor: taxWithin(amountMinor, tax.basis) },
    ...(tax.reason ? { taxReason: tax.reason } : {}),
    ...(tax.service ? { serves: tax.service } : {}),
    source: { kind: "manual", document: id },
    at: scope.now,
  };
  const writes = [postCharge(scope, charge), happened(scope, "charge.added", company.id, toldOf(charge))];
  const outcome = await commit(scope, writes, { answer: charge });
  return outcome.done ? accept(outcome.answer) : refuse("missing");
}

/**
 * Takes a charge by hand, or a penalty that is forgone, back with another of the same thing below nothing, so that both leave the bill. Only while it is on no final bill: then a credit note does. Refused as `missing`, `charge.not-manual`, `charge.final`,
 * `charge.reversed`.
 */
export async function reverseCharge(
  scope: Scope,
  company: CompanyId,
  { id, month }: { readonly id: ChargeId; readonly month: string },
): Answer {
  const invoices = invoiceIdsOf(scope, company, month);
  const [open, ...on] = await Promise.all([
    get(scope, chargeKind, openKey(scope, { id, company, month } as Charge)),
    ...invoices.map((invoice) => get(scope, chargeKind, billedKey(scope, invoice, id))),
  ]);
  const at = on.findIndex((one) => one !== undefined);
  const head = at < 0 ? undefined : await headOf(scope, invoices[at] ?? "");
  const stored = open ?? on[at];
  if (!stored) return refuse("charge.final");
  if (stored.source.kind !== "manual" && stored.source.kind !== "penalty") return refuse("charge.not-manual");
  if (!open && head?.state !== "draft") return refuse("charge.final");
  const { rev: _rev, invoice: _invoice, ...charge } = stored;
  const back: Charge = {
    ...charge,
    ...{ id: idFor(scope, "chg"), at: scope.now },
    ...{ quantity: -charge.quantity, amountMinor: -charge.amountMinor, taxMinor: -charge.taxMinor },
  };
  const writes = [
    postCharge(scope, back),
    claim(scope, "charge-reversed", id, back.id),
    happened(scope, "charge.reversed", company, toldOf(charge)),
  ];
  const outcome = await commit(scope, writes, { answer: back });
  return outcome.done ? accept(outcome.answer) : refuse("charge.reversed");
}
