import { takeOverBalance } from "@yihao/billing/opening";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Outcome } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { takeOverAgreement } from "@yihao/members/agreement-takeover";
import { takeOverPack } from "@yihao/members/pack-actions";
import { takeOverSubscription } from "@yihao/members/subscription-actions";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import type { TakeoverAsked, TakeoverRow } from "./model.ts";
import type { Facts, ReadRow } from "./read-rows.ts";
import { chunkKey, chunkOf, takeoverKey, takeoverOf } from "./store.ts";

type Result = Pick<TakeoverRow, "state" | "document" | "refusal">;
type Done = Outcome<{ readonly document: string }, string>;

const documentOf = async <Made>(made: Promise<Outcome<Made, string>>, name: (made: Made) => string): Promise<Done> => {
  const outcome = await made;
  return outcome.ok ? { ok: true, value: { document: name(outcome.value) } } : outcome;
};

function takeOver(scope: Scope, company: CompanyId, facts: Facts, day: string): Promise<Done> {
  switch (facts.of) {
    case "leases":
      return documentOf(
        takeOverAgreement(scope, company, facts.facts, { signedOn: facts.signedOn, rentFrom: day }),
        ({ id }) => id,
      );
    case "plans": {
      const { plan, since, termUntil, monthlyMinor, left } = facts;
      const wish = { plan, from: day, since, termUntil, monthlyMinor, left };
      return documentOf(
        takeOverSubscription(scope, company, wish),
        ({ next, subscription }) => (next ?? subscription)?.id ?? "",
      );
    }
    case "packs": {
      const { pack, units, until, reference } = facts;
      return documentOf(takeOverPack(scope, company, { pack, units, from: day, until, reference }), ({ id }) => id);
    }
    case "deposits":
    case "balances":
      return takeOverBalance(scope, company, facts.opening);
  }
}

async function applyRow(scope: Scope, { row, company, facts }: ReadRow, day: string): Promise<Result> {
  if (!company || !facts) throw new Error(`row ${row} was kept without what it asks for`);
  const done = await takeOver(stepOf(scope, `row ${row}`), company as CompanyId, facts, day);
  if (done.ok) return { state: "taken", document: done.value.document };
  const { code, params = {} } = done.refusal as { code: string; params?: Record<string, unknown> };
  return { state: "refused", refusal: { code, params } };
}

/**
 * Takes over the rows of one part, in order, and keeps what became of each. A row's command is made of the part and its number, so that a part that is heard again, or goes on after a
 * crash, gets the first answers and takes nothing over twice. What somebody else was faster with is refused and named in the report.
 */
export async function applyChunk(scope: Scope, { takeover, chunk }: TakeoverAsked): Promise<void> {
  const [kept, part] = await Promise.all([takeoverOf(scope, takeover), chunkOf(scope, takeover, chunk)]);
  if (!kept || !part || part.results) return;
  const results: Result[] = [];
  for (const row of part.rows) results.push(await applyRow(scope, row, kept.day));
  const taken = results.filter(({ state }) => state === "taken").length;
  await commit(
    scope,
    [
      {
        do: "update",
        key: chunkKey(scope, takeover, chunk),
        set: { results },
        when: [["results", "absent"]],
        tag: "part",
      },
      { do: "update", key: takeoverKey(scope, takeover), add: { taken, refused: results.length - taken } },
    ],
    { answer: null },
  );
}
