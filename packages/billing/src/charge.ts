import { monthOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { taxWithin } from "@yihao/kernel/money";
import type { Priced, QuoteLine } from "@yihao/pricing/model";
import type { Charge, ChargeService } from "./model.ts";

/** A charge without what the commit that keeps it adds: its id and instant. */
export type Bare = Omit<Charge, "id" | "at">;
type About = { readonly id: string; readonly name: string };
type Where = { readonly company: CompanyId; readonly day: string; readonly about?: About | undefined };

const common = ({ company, day, about }: Where) => ({ company, day, month: monthOf(day), ...(about ? { about } : {}) });

function fromLine(line: QuoteLine, where: Where, source: Charge["source"]): Bare {
  const { service, stream, quantity, per, of, unitMinor, amountMinor, taxBasis } = line;
  return {
    ...common(where),
    service: service as ChargeService,
    stream,
    quantity,
    per,
    ...(of === undefined ? {} : { of }),
    unitMinor,
    amountMinor,
    taxBasis,
    taxMinor: taxWithin(amountMinor, taxBasis),
    source,
  };
}

/** Charges of priced lines, one each; lines at no price and no quantity make none. */
export function chargesOfLines(lines: readonly QuoteLine[], where: Where, source: Charge["source"]): Bare[] {
  return lines.filter((line) => line.quantity !== 0).map((line) => fromLine(line, where, source));
}

/** What credits pay of a booking, or what of it was given back. */
type Paid = Pick<Priced, "allowanceMinutes" | "allowanceDays" | "creditMinutes" | "creditDays">;

/** The charges of a booking: its money lines, and what the plan's allowance (套餐抵扣) and packs (预付抵扣) paid as lines of no amount. */
export function chargesOfBooking(
  quote: Omit<Priced, "totalMinor" | "taxMinor">,
  where: Where,
  source: Charge["source"],
): Bare[] {
  return [...creditLines(quote, where, source), ...chargesOfLines(quote.lines, where, source)];
}

function creditLines(paid: Paid, where: Where, source: Charge["source"], sign: 1 | -1 = 1): Bare[] {
  const { allowanceMinutes, allowanceDays = 0, creditMinutes = 0, creditDays = 0 } = paid;
  const all = [
    { service: "allowance", stream: "room", quantity: allowanceMinutes, per: "hour" },
    { service: "allowance", stream: "desk", quantity: allowanceDays, per: "day" },
    { service: "prepaid", stream: "room", quantity: creditMinutes, per: "hour" },
    { service: "prepaid", stream: "desk", quantity: creditDays, per: "day" },
  ] as const;
  return all
    .filter(({ quantity }) => quantity > 0)
    .map((one) => ({
      ...{ ...common(where), ...one, quantity: sign * one.quantity },
      ...{ unitMinor: 0, amountMinor: 0, taxBasis: 0, taxMinor: 0, source },
    }));
}

export type Cancelled = {
  readonly quote: Omit<Priced, "taxMinor">;
  readonly refundMinor: number;
  /** The credits that were given back. */
  readonly back: Paid;
};

/**
 * The charges that turn a booking's around when it is cancelled. A whole refund takes back every line with its quantity, so that both leave the
 * bill; a part of it is one line of its own, taxed as the booking's first line was.
 */
export function chargesOfCancelling(cancelled: Cancelled, where: Where, source: Charge["source"]): Bare[] {
  const { quote, refundMinor, back } = cancelled;
  const charges = creditLines(back, where, source, -1);
  if (refundMinor === 0) return charges;
  const lines = chargesOfLines(quote.lines, where, source);
  if (refundMinor === quote.totalMinor)
    return [
      ...charges,
      ...lines.map((charge) => ({
        ...charge,
        quantity: -charge.quantity,
        amountMinor: -charge.amountMinor,
        taxMinor: -charge.taxMinor,
      })),
    ];
  const taxBasis = lines[0]?.taxBasis ?? 0;
  return [
    ...charges,
    {
      ...common(where),
      service: "refund",
      stream: lines[0]?.stream ?? "other",
      quantity: 1,
      per: "once",
      unitMinor: -refundMinor,
      amountMinor: -refundMinor,
      taxBasis,
      taxMinor: taxWithin(-refundMinor, taxBasis),
      source,
    },
  ];
}
