import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { creditMoves, sourcesOn } from "@yihao/members/credits";
import type { Write } from "@yihao/table/write";
import type { Visitor } from "./visitor-model.ts";

type Paying = Pick<Visitor, "id" | "company" | "guestPass">;

function move({ id, company, guestPass }: Paying, scope: Scope, from: string, to: string): Write[] {
  if (!guestPass || !company) return [];
  const draw = [{ unit: guestPass.unit, amount: 1 }];
  return planTransfers(scope, creditMoves(company, draw, { from, to, document: id }), `pass ${id}`).writes;
}

/** The source that gives a guest a pass on a day: the plan's month first, then packs, the sooner to end the sooner. `visitor.no-pass` when there is none. */
export async function passSource(
  scope: Scope,
  company: CompanyId | undefined,
  day: string,
): Promise<Outcome<NonNullable<Visitor["guestPass"]>, "visitor.no-pass">> {
  const [first] = company ? await sourcesOn(scope, company, "guest-passes", day) : [];
  return first ? accept({ unit: first.unit, until: first.until }) : refuse("visitor.no-pass");
}

/** A guest's pass leaves with the invitation, or is used at once by who is here already; 4 write units. */
export const takePass = (scope: Scope, visitor: Paying & Pick<Visitor, "state">): Write[] =>
  move(visitor, scope, "company", visitor.state === "here" ? "used" : "booked");

/** A guest who comes uses the pass up. */
export const usePass = (scope: Scope, visitor: Paying): Write[] => move(visitor, scope, "booked", "used");

/** The pass of a guest who does not come returns to where it came from, and expires at once if that is over by `day`. */
export const returnPass = (scope: Scope, visitor: Paying, day: string): Write[] =>
  move(visitor, scope, "booked", visitor.guestPass && visitor.guestPass.until <= day ? "expired" : "company");
