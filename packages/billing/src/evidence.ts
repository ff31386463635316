import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Document } from "@yihao/members/document-model";
import {
  type Dispute,
  type Evidence,
  evidenceBytesMost,
  evidenceCharsMost,
  evidenceTypes,
  type NewEvidence,
} from "./dispute-model.ts";
import type { BillingRefusal, Charge } from "./model.ts";
import { money, nameOf, quantityOf } from "./paper.ts";
import { type PaperLanguage, paperWords } from "./paper-words.ts";

const takes: readonly string[] = evidenceTypes;

/**
 * Evidence as it is to be handed in (举证). Refused as `dispute.answered` {state} once the dispute is past it, `dispute.late` {by} from its due instant on, `dispute.submitted` when what was handed in before is, or goes, to the bank,
 * `dispute.no-evidence` without any, `dispute.file` {name} for what providers do not take, `dispute.files-large` {most}, `missing` for a document that is not there.
 */
export function decideEvidence(
  dispute: Pick<Dispute, "id" | "state" | "evidenceBy">,
  before: Evidence | undefined,
  wish: NewEvidence,
  documents: readonly (Document | undefined)[],
  who: { readonly by: string; readonly now: string },
): Outcome<Evidence, BillingRefusal | "missing"> {
  const { state, evidenceBy } = dispute;
  if (state !== "needs-response") return refuse("dispute.answered", { state });
  if (evidenceBy !== undefined && who.now >= evidenceBy) return refuse("dispute.late", { by: evidenceBy });
  if (before?.submit && before.state !== "refused") return refuse("dispute.submitted");
  if (wish.text === "" && wish.usage === "" && wish.files.length === 0) return refuse("dispute.no-evidence");
  const files: Evidence["files"] = [];
  for (const [at, file] of wish.files.entries()) {
    const document = documents[at];
    if (document?.state !== "ready") return refuse("missing");
    const { name, type, bytes } = document;
    if (!takes.includes(type)) return refuse("dispute.file", { name });
    files.push({ ...file, name, type, bytes });
  }
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > evidenceBytesMost)
    return refuse("dispute.files-large", { most: evidenceBytesMost });
  const { text, usage, submit } = wish;
  const version = (before?.version ?? 0) + 1;
  return accept({
    ...{ dispute: dispute.id, version, text, usage, files, submit },
    ...{ state: "sending", at: who.now, by: who.by },
  });
}

/** What is known of a booking that a charge is of: when it was, who booked it and whether they came. */
export type Attended = { readonly when: string; readonly person: string; readonly checkedInAt?: string | undefined };

/**
 * The record of use (使用记录) behind bills as a text that a bank reads: a line for each charge, by day, with when somebody checked in. Cut at whole lines to what providers take.
 */
export function usageText(
  charges: readonly Charge[],
  attended: ReadonlyMap<string, Attended>,
  language: PaperLanguage,
): string {
  const words = paperWords[language];
  const came = { zh: "签到", en: "checked in" }[language];
  const lines = [...charges]
    .filter(({ service }) => service !== "discount")
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : 1))
    .map((charge) => {
      const one = attended.get(charge.source.document);
      const use = one
        ? [one.when, one.person, ...(one.checkedInAt ? [`${came} ${one.checkedInAt}`] : [])].join(", ")
        : quantityOf(charge, words);
      return `${charge.day}  ${nameOf(charge, words)}  ${use}  ${money(charge.amountMinor)}`;
    });
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > evidenceCharsMost) break;
    kept.push(line);
  }
  return kept.join("\n");
}
