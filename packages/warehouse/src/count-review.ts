import { accountsNow } from "@yihao/identity/person-merge";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { giveWay } from "@yihao/table/give-way";
import { check, type Write } from "@yihao/table/write";
import { listedCount, personOf } from "./count-actions.ts";
import { countDone } from "./count-done.ts";
import type { Count, CountState, ListedCount } from "./count-model.ts";
import { postLine } from "./count-post.ts";
import { decideJudge, isOpenBin } from "./count-rules.ts";
import { countBinKey, countKey, countOf, countWithBins, openCountKey } from "./count-store.ts";
import { revise } from "./store.ts";

const tries = 20;
/** Bins that one commit sends back to be counted. */
const binsPerCommit = 90;

/** A count that is over is none of the open ones. */
const closed = (scope: Scope, count: Count): Write => ({ do: "delete", key: openCountKey(scope, count) });

/**
 * Judges a count (审核): approves it, which posts every difference; rejects it; or with `bins` sends some back to be counted again. Refused:
 * `missing`, `count.state`, and `count.counter` for whoever counted any of it, under this account or one that was merged into it.
 */
export async function judgeCount(
  scope: Scope,
  id: string,
  judgement: { do: "approve" | "reject" } | { do: "recount"; bins: readonly string[] },
): Promise<Outcome<ListedCount>> {
  const person = personOf(scope);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const found = await countWithBins(scope, id);
    if (!found) return refuse("missing");
    const { count, bins } = found;
    const approving = judgement.do === "approve";
    const counters = await accountsNow(scope, count.counters);
    const decided = decideJudge({ ...count, counters }, person, approving ? ["to-review", "posting"] : ["to-review"]);
    if (!decided.ok) return decided;
    if (count.state === "posting") return postCount(scope, id);
    const named = judgement.do === "recount" ? bins.filter(({ code }) => judgement.bins.includes(code)) : [];
    if (judgement.do === "recount" && named.length === 0) return refuse("missing");
    // Sent back by whoever was cut off half-way: it is to be counted, not posted.
    if (approving && bins.some(isOpenBin)) return refuse("count.state", { state: "counting" });
    const sent = named.filter((bin) => !isOpenBin(bin));
    const again = sent
      .slice(0, binsPerCommit)
      .map((bin) => revise(countBinKey(scope, id, bin.code), bin.rev, { state: "recount", round: bin.round + 1 }));
    if (again.length < sent.length) {
      const part = stepOf(scope, `recount ${sent[0]?.code} ${count.rev}`);
      const writes = [check(countKey(scope, id), [["rev", "=", count.rev]], "head"), ...again];
      const outcome = await commit(part, writes, { answer: null });
      if (!outcome.done) await giveWay(scope, attempt + 1);
      continue;
    }
    const state: CountState = approving ? "posting" : judgement.do === "reject" ? "rejected" : "counting";
    const set = {
      state,
      ...(judgement.do === "recount"
        ? { done: bins.length - bins.filter(isOpenBin).length - sent.length }
        : { judgedBy: person }),
      ...(judgement.do === "reject" ? { endedAt: scope.now } : {}),
    };
    const step = approving ? stepOf(scope, "approved") : scope;
    const answer = listedCount({ ...count, ...set });
    const outcome = await commit(
      step,
      [
        revise(countKey(scope, id), count.rev, set),
        ...again,
        ...(judgement.do === "reject" ? [closed(scope, count)] : []),
        ...(approving ? [dueAt(scope, plusMinutes(scope.now, 2), "warehouse.count-step", id)] : []),
      ],
      { answer },
    );
    if (outcome.done) return approving ? postCount(scope, id) : accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Ends a count that is not judged yet. Refused: `missing`, `count.state`. */
export async function cancelCount(scope: Scope, id: string): Promise<Outcome<ListedCount>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const count = await countOf(scope, id);
    if (!count) return refuse("missing");
    if (!["requested", "counting", "to-review"].includes(count.state))
      return refuse("count.state", { state: count.state });
    const set = { state: "cancelled", endedAt: scope.now } as const;
    const writes = [revise(countKey(scope, id), count.rev, set), closed(scope, count)];
    const outcome = await commit(scope, writes, { answer: listedCount({ ...count, ...set }) });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/**
 * Posts an approved count line by line as transfers to and from `variance`, each under the revision of its bin, so that whoever asks
 * again goes on from there and no line is posted twice. The difference is posted, not the figure: what moved since stays moved.
 */
export async function postCount(scope: Scope, id: string): Promise<Outcome<ListedCount>> {
  let lost = 0;
  for (let attempt = 0; attempt < tries * 30; attempt += 1) {
    const found = await countWithBins(scope, id);
    if (!found) return refuse("missing");
    const { count, bins } = found;
    if (count.state === "posted") return accept(listedCount(count));
    if (count.state !== "posting") return refuse("count.state", { state: count.state });
    const next = bins
      .flatMap((bin) => (bin.lines ?? []).map((line, at) => ({ bin, line, at })))
      .find(({ line }) => line.variance !== 0 && line.posted === undefined);
    if (!next) {
      const set = { state: "posted", endedAt: scope.now } as const;
      const told = await countDone(scope, count, bins);
      const outcome = await commit(scope, [revise(countKey(scope, id), count.rev, set), ...told], {
        answer: listedCount({ ...count, ...set }),
      });
      if (outcome.done) return accept(outcome.answer);
    } else if (await postLine(scope, count, next, lost)) {
      lost = 0;
      // A step forward is no try lost: a long count has many.
      attempt -= 1;
    } else {
      lost += 1;
      await giveWay(scope, lost);
    }
  }
  return refuse("busy");
}
