import type { Month } from "@yihao/kernel/days";
import { taxWithin } from "@yihao/kernel/money";
import { type Charge, chargeServices, type Line, type StreamSum, type TaxSum } from "./model.ts";

/** What is taken off stands after all that costs. */
const rankOf = ({ service }: Line) =>
  service === "discount" ? chargeServices.length : chargeServices.indexOf(service);

const order = (line: Line) =>
  [line.late ? 2 : line.ahead ? 1 : 0, rankOf(line), line.about?.name ?? "", line.unitMinor] as const;

function compare(a: Line, b: Line): number {
  const left = order(a);
  const right = order(b);
  for (let at = 0; at < left.length; at += 1) {
    const [x, y] = [left[at] ?? 0, right[at] ?? 0];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** Whether a line only shows what credits paid, of whatever thing. */
const isCredit = ({ service }: Pick<Charge, "service">) => service === "allowance" || service === "prepaid";

/** What is priced a month: a later charge of it says how much of the month there is now. */
const byMonth = ({ service, per }: Pick<Charge, "service" | "per">) =>
  service === "plan" || service === "rent" || (service === "storage" && per === "month");

/** What is a sum by itself: charges of one thing become one line at no price of a unit. */
const isSum = ({ service }: Pick<Charge, "service">) =>
  service === "refund" || service === "late-fee" || service === "discount";

/** When a charge came, to sort by: of one instant what gives back comes after what it gives back of. */
const timeOf = ({ at, amountMinor, id }: Charge) => `${at} ${amountMinor < 0 ? 1 : 0} ${id}`;

type When = Pick<Line, "late" | "ahead">;
/** Which other month than the bill's a charge is for. */
function whenOf(charge: Charge, month: Month): When {
  if (charge.month === month) return {};
  return charge.month < month ? { late: charge.month } : { ahead: charge.month };
}

/**
 * Groups charges for reading: one line per service, thing and price. A line's amount is the sum of its charges, never quantity times price again, so no fen
 * is lost; its tax is the tax contained in that sum, half-up. Charges that cancel each other leave no line. Plans and rents of one month become one line each.
 */
export function linesOf(charges: readonly Charge[], month: Month): Line[] {
  const groups = new Map<string, Line>();
  const byTime = [...charges].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  for (const charge of byTime) {
    const when = whenOf(charge, month);
    const price = byMonth(charge) || isSum(charge) ? "" : `${charge.unitMinor} ${charge.per}`;
    const thing = isCredit(charge) ? "" : (charge.about?.id ?? "");
    const key = [
      charge.service,
      charge.stream,
      thing,
      price,
      charge.taxBasis,
      charge.taxReason ?? "",
      charge.month,
    ].join("\n");
    const line = groups.get(key);
    groups.set(key, line ? merged(line, charge, when) : lineOf(charge, when));
  }
  return [...groups.values()]
    .map((line) => ({ ...line, taxMinor: taxWithin(line.amountMinor, line.taxBasis) }))
    .filter((line) => line.amountMinor !== 0 || line.quantity !== 0)
    .sort(compare);
}

/** Adds a charge to its line. A later charge of a plan or a rent brings the line to a new part of the month, so its quantity replaces the old one. */
function merged(line: Line, charge: Charge, when: When): Line {
  const amountMinor = line.amountMinor + charge.amountMinor;
  const charges = line.charges + 1;
  if (byMonth(charge)) return { ...lineOf(charge, when), amountMinor, charges };
  if (isSum(charge)) return { ...line, unitMinor: amountMinor, amountMinor, charges };
  return { ...line, quantity: line.quantity + charge.quantity, amountMinor, charges };
}

function lineOf(charge: Charge, when: When): Line {
  const { service, stream, quantity, per, of, unitMinor, amountMinor, taxBasis, taxMinor, taxReason, serves, about } =
    charge;
  return {
    service,
    stream,
    ...(about && !isCredit(charge) ? { about } : {}),
    ...when,
    quantity,
    per,
    ...(of === undefined ? {} : { of }),
    unitMinor,
    amountMinor,
    taxBasis,
    taxMinor,
    ...(taxReason ? { taxReason } : {}),
    ...(serves ? { serves } : {}),
    charges: 1,
  };
}

export type Totals = {
  readonly totalMinor: number;
  readonly taxMinor: number;
  readonly streams: StreamSum[];
  readonly taxes: TaxSum[];
};
type Summed = Pick<Line, "stream" | "amountMinor" | "taxMinor" | "taxBasis" | "taxReason">;

/** Sums lines: the total is the sum of the lines, the tax the sum of theirs, and each stream and each rate the sum of its own. */
export function totalsOf(lines: readonly Summed[]): Totals {
  const sums = new Map<StreamSum["stream"], StreamSum>();
  const rates = new Map<string, TaxSum>();
  let totalMinor = 0;
  let taxMinor = 0;
  for (const line of lines) {
    totalMinor += line.amountMinor;
    taxMinor += line.taxMinor;
    const sum = sums.get(line.stream) ?? { stream: line.stream, amountMinor: 0, taxMinor: 0 };
    const exemptMinor = (sum.exemptMinor ?? 0) + (line.taxReason ? line.amountMinor : 0);
    sums.set(line.stream, {
      stream: line.stream,
      amountMinor: sum.amountMinor + line.amountMinor,
      taxMinor: sum.taxMinor + line.taxMinor,
      ...(exemptMinor === 0 ? {} : { exemptMinor }),
    });
    if (line.amountMinor === 0) continue;
    const key = `${line.taxBasis} ${line.taxReason ?? ""}`;
    const reason = line.taxReason ? { reason: line.taxReason } : {};
    const rate = rates.get(key) ?? { basis: line.taxBasis, ...reason, amountMinor: 0, taxMinor: 0 };
    rates.set(key, {
      ...rate,
      amountMinor: rate.amountMinor + line.amountMinor,
      taxMinor: rate.taxMinor + line.taxMinor,
    });
  }
  return {
    totalMinor,
    taxMinor,
    streams: [...sums.values()].filter((sum) => sum.amountMinor !== 0 || sum.taxMinor !== 0 || sum.exemptMinor),
    taxes: [...rates.values()].sort((a, b) => b.basis - a.basis),
  };
}
