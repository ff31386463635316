import { bookingsOf } from "@yihao/booking/store";
import type { Files } from "@yihao/http/files";
import { timeOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { documentOf, fileKey } from "@yihao/members/document-store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { check, insert, replace } from "@yihao/table/write";
import type { Dispute, Evidence, EvidenceTold, NewEvidence } from "./dispute-model.ts";
import { disputeKey, disputeOf, evidenceKey, evidenceKind, evidenceOf } from "./dispute-store.ts";
import { disputeWrites } from "./disputes.ts";
import { type Attended, decideEvidence, usageText } from "./evidence.ts";
import type { BillingRefusal } from "./model.ts";
import type { PaperLanguage } from "./paper-words.ts";
import { payerOf } from "./payer.ts";
import { type PaymentProvider, ProviderRefuses } from "./provider.ts";
import { chargesOn, headsOf, paymentOf } from "./store.ts";

type Answer = Promise<Outcome<Evidence, BillingRefusal | "missing" | "stale">>;

const plain = ({ rev: _rev, ...evidence }: Stored<Evidence>): Evidence => evidence;
const toldOf = (dispute: Dispute, { version, files, submit, why }: Evidence): EvidenceTold => ({
  ...{ dispute: dispute.id, company: dispute.company, payment: dispute.payment },
  ...{ version, files: files.length, submit, ...(why ? { why } : {}) },
});

/**
 * Hands evidence of a dispute in (举证): what is wanted is kept first, and a timer takes it to the provider, now or once that answers. Refused as `decideEvidence` says, and `stale` when somebody else was faster.
 */
export async function handInEvidence(scope: Scope, id: string, wish: NewEvidence): Answer {
  const [dispute, before] = await Promise.all([disputeOf(scope, id), evidenceOf(scope, id)]);
  if (!dispute) return refuse("missing");
  const company = await payerOf(scope, dispute.company as CompanyId);
  const documents = await Promise.all(wish.files.map(({ document }) => documentOf(scope, company, document)));
  const who = { by: actorName(scope), now: scope.now };
  const decided = decideEvidence(dispute, before && plain(before), wish, documents, who);
  if (!decided.ok) return decided;
  const after = decided.value;
  const key = evidenceKey(scope, id);
  const outcome = await commit(
    scope,
    [
      before ? replace(key, evidenceKind, after, before.rev) : insert(key, evidenceKind, after, "stale"),
      check(disputeKey(scope, id), [["state", "=", "needs-response"]], "answered"),
      dueAt(scope, scope.now, "billing.send-evidence", id, { version: after.version }),
      happened(scope, "dispute.evidence-asked", dispute.company, toldOf(dispute, after)),
    ],
    { answer: after },
  );
  if (outcome.done) return accept(outcome.answer);
  return "answered" in outcome.lost ? refuse("dispute.answered", { state: "in-review" }) : refuse("stale");
}

/**
 * Takes evidence to the provider: each file once, then all of it, under marks of our own, so that whatever is lost is asked again without harm. What the provider says then is applied by the same writes as its webhook's news, and what it
 * refuses for good is kept with why. Throws while it does not answer: the timer stays.
 */
export async function sendEvidence(
  scope: Scope,
  to: { readonly provider: PaymentProvider; readonly files: Files },
  id: string,
  { version }: { readonly version: number },
): Promise<void> {
  const [dispute, first] = await Promise.all([disputeOf(scope, id), evidenceOf(scope, id)]);
  const payment = dispute && (await paymentOf(scope, dispute.payment));
  if (!dispute || !payment || first?.state !== "sending" || first.version !== version) return;
  const mark = `${scope.space}:${id}:${version}`;
  const key = evidenceKey(scope, id);
  const { account } = payment;
  let now = first;
  const keep = async (change: Partial<Evidence>, step: string) => {
    const { rev, ...evidence } = now;
    const after: Evidence = { ...evidence, ...change };
    const kept = await commit(stepOf(scope, step), [replace(key, evidenceKind, after, rev)], { answer: null });
    if (!kept.done) throw new Error(`evidence ${id} changed meanwhile`);
    now = { ...after, rev: rev + 1 };
  };
  const end = async (change: Partial<Evidence>, type: string, news?: Parameters<typeof disputeWrites>[3]) => {
    const [stored, paid] = await Promise.all([evidenceOf(scope, id), paymentOf(scope, dispute.payment)]);
    if (stored?.state !== "sending" || stored.version !== version || !paid) return;
    const { rev, ...evidence } = stored;
    const after: Evidence = { ...evidence, ...change, doneAt: scope.now };
    const writes = [
      replace(key, evidenceKind, after, rev),
      happened(scope, type, dispute.company, toldOf(dispute, after)),
      ...(news ? await disputeWrites(scope, dispute.provider, paid, news) : []),
    ];
    if (!(await commit(stepOf(scope, type), writes, { answer: null })).done)
      throw new Error(`dispute ${id} changed meanwhile`);
  };
  try {
    for (const { use, document, name, type, reference } of first.files) {
      if (reference) continue;
      const kept = await documentOf(scope, await payerOf(scope, dispute.company as CompanyId), document);
      const bytes = kept && (await to.files.read(fileKey(scope, kept.home ?? kept.company, document)));
      if (!bytes) throw new ProviderRefuses(`${name} is not there any more`);
      const sent = await to.provider.upload({ mark: `${mark}:${use}`, name, type, bytes, account });
      const files = now.files.map((file) => (file.use === use ? { ...file, reference: sent.reference } : file));
      await keep({ files }, `file ${use}`);
    }
    const { text, usage, submit } = now;
    const files = Object.fromEntries(now.files.map(({ use, reference = "" }) => [use, reference]));
    const ask = { mark, dispute: dispute.reference, text, usage, files, submit, account };
    const news = await to.provider.evidence(ask);
    await end({ state: submit ? "submitted" : "kept" }, `dispute.evidence-${submit ? "submitted" : "kept"}`, news);
  } catch (error) {
    if (!(error instanceof ProviderRefuses)) throw error;
    await end({ state: "refused", why: error.message.slice(0, 300) }, "dispute.evidence-refused");
  }
}

/** What there is to hand in of a dispute: what was handed in last, the bills that its payment paid, and the record of use behind them as a text. */
export async function readEvidence(scope: Scope, id: string, language: PaperLanguage) {
  const [dispute, evidence] = await Promise.all([disputeOf(scope, id), evidenceOf(scope, id)]);
  const payment = dispute && (await paymentOf(scope, dispute.payment));
  if (!dispute || !payment) return undefined;
  const invoices = payment.allocations.map(({ invoice }) => invoice);
  const [heads, charges] = await Promise.all([
    headsOf(scope, invoices),
    Promise.all(invoices.map((invoice) => chargesOn(scope, invoice))),
  ]);
  const all = charges.flat();
  const ids = [...new Set(all.filter(({ source }) => source.kind === "booking").map(({ source }) => source.document))];
  const bookings = await bookingsOf(scope, ids);
  const attended = new Map(
    bookings.flatMap((one) => {
      if (!one) return [];
      const at = (instant: string) => timeOf(instant, one.zone);
      const came: Attended = {
        ...{ when: `${at(one.from)}–${at(one.until)}`, person: one.personName },
        ...(one.checkedInAt ? { checkedInAt: at(one.checkedInAt) } : {}),
      };
      return [[one.id, came] as const];
    }),
  );
  return {
    evidence: evidence ? plain(evidence) : null,
    bills: heads.flatMap((head) => (head?.number ? [{ invoice: head.id, number: head.number }] : [])),
    usage: usageText(all, attended, language),
  };
}
