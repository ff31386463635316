import type { Files, PutLink } from "@yihao/http/files";
import { beginsAs, fileBytesMost, fileEndings, fileFault } from "@yihao/kernel/file-types";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { agreementOf } from "./agreement-store.ts";
import {
  type Document,
  type DocumentChange,
  type DocumentTold,
  documentsMost,
  type NewDocument,
  waitMinutes,
} from "./document-model.ts";
import { documentKey, documentKind, documentOf, documentsOf, fileKey } from "./document-store.ts";
import type { MembersRefusal } from "./model.ts";
import { companyOf } from "./store.ts";

type Refusal = "missing" | "stale" | MembersRefusal;
type Uploader = { readonly name: string };

/** Whether a caller sees a document: staff all that have come, a company's people those that are visible. */
const maySee = (scope: Scope, document: Document) =>
  document.state === "ready" && (ownCompany(scope) === undefined || document.visible);
/** Whether a caller may change or remove a document: staff all, a company only what it put there itself. */
const mayChange = (scope: Scope, document: Document) => ownCompany(scope) === undefined || document.own;

/** The documents of a company that the caller sees, the newest first. */
export async function seeDocuments(scope: Scope, company: CompanyId): Promise<Stored<Document>[]> {
  return (await documentsOf(scope, company)).filter((document) => maySee(scope, document));
}

const toldOf = ({ company, id, name, topic, visible }: Document): DocumentTold => ({
  ...{ company, document: id, name, topic, visible },
});

/**
 * Gives a link to put a file under (上传). Name, type and size are checked first; what a company puts it also sees. Until its bytes have come the document is
 * seen by nobody, and is forgotten after an hour.
 */
export async function askUpload(
  scope: Scope,
  files: Files,
  company: CompanyId,
  uploader: Uploader,
  wish: NewDocument,
): Promise<Outcome<{ document: Stored<Document> } & PutLink, Refusal>> {
  const fault = fileFault(wish);
  if (fault) return refuse(`document.${fault}`, { most: fileBytesMost, types: fileEndings });
  const [owner, all, agreement] = await Promise.all([
    companyOf(scope, company),
    documentsOf(scope, company),
    wish.agreement ? agreementOf(scope, company, wish.agreement) : undefined,
  ]);
  const own = ownCompany(scope) !== undefined;
  const hidden = own && agreement?.state === "draft";
  if (!owner || (wish.agreement && (!agreement || hidden))) return refuse("missing");
  if (all.length >= documentsMost) return refuse("document.too-many", { most: documentsMost });
  const { agreement: about, ...facts } = wish;
  const document: Document = {
    ...facts,
    id: idFor(scope, "doc"),
    company,
    ...(about ? { agreement: about } : {}),
    visible: own || wish.visible,
    own,
    by: actorName(scope),
    byName: uploader.name,
    at: scope.now,
    state: "waiting",
  };
  const { id, type, bytes } = document;
  const forget = dueAt(scope, plusMinutes(scope.now, waitMinutes), "members.document", id, { company });
  const outcome = await commit(
    scope,
    [insert(documentKey(scope, company, id), documentKind, document, "document"), forget],
    {
      answer: { ...document, rev: 1 },
    },
  );
  if (!outcome.done) return refuse("stale");
  const link = await files.putLink(fileKey(scope, company, id), { type, bytes });
  return accept({ document: outcome.answer, ...link });
}

/** Takes a file whose bytes have come: size and first bytes must be what was said, else it is removed and refused as `document.mismatch`. */
export async function finishUpload(
  scope: Scope,
  files: Files,
  company: CompanyId,
  id: string,
): Promise<Outcome<Stored<Document>, Refusal>> {
  const before = await documentOf(scope, company, id);
  if (!before || before.by !== actorName(scope)) return refuse("missing");
  if (before.state === "ready") return accept(before);
  const key = fileKey(scope, before.home ?? company, id);
  const found = await files.look(key);
  if (!found) return refuse("document.not-there");
  if (found.bytes !== before.bytes || !beginsAs(before.type, found.head)) {
    await files.remove(key);
    return refuse("document.mismatch", { name: before.name });
  }
  const { rev, ...document } = before;
  const after: Document = { ...document, state: "ready" };
  const outcome = await commit(
    scope,
    [
      replace(documentKey(scope, company, id), documentKind, after, rev),
      happened(scope, "document.added", company, toldOf(after), { seed: id }),
    ],
    { answer: { ...after, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** A link to fetch a document under (下载), for those who see it. */
export async function askDownload(
  scope: Scope,
  files: Files,
  company: CompanyId,
  id: string,
): Promise<Outcome<{ url: string }, "missing">> {
  const document = await documentOf(scope, company, id);
  if (!document || !maySee(scope, document)) return refuse("missing");
  return accept({ url: await files.getLink(fileKey(scope, document.home ?? company, id), document) });
}

/** Changes a document's name, topic or who sees it, as it was read at `rev`. What a company put there it always sees. */
export async function changeDocument(
  scope: Scope,
  company: CompanyId,
  id: string,
  change: DocumentChange,
  rev: number,
): Promise<Outcome<Stored<Document>, Refusal>> {
  const stored = await documentOf(scope, company, id);
  if (!stored || !maySee(scope, stored) || !mayChange(scope, stored)) return refuse("missing");
  if (stored.rev !== rev) return refuse("stale", { current: stored.rev });
  const { rev: _, ...before } = stored;
  const after: Document = { ...before, ...change, visible: before.own || change.visible };
  if (fileFault(after)) return refuse("document.type", { types: fileEndings });
  const said = ({ name, topic, visible }: Document) => ({ name, topic, visible: String(visible) });
  const told: DocumentTold = { ...toldOf(after), before: said(before), after: said(after) };
  const outcome = await commit(
    scope,
    [
      replace(documentKey(scope, company, id), documentKind, after, rev),
      happened(scope, "document.changed", company, told, { seed: id }),
    ],
    { answer: { ...after, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** The writes that remove a document at its revision; its bytes go within minutes. */
export function removal(scope: Scope, document: Stored<Document>): Write[] {
  const { company, id, rev, home = company } = document;
  return [
    { do: "delete", key: documentKey(scope, company, id), when: [["rev", "=", rev]], tag: "stale" },
    dueAt(scope, scope.now, "members.document", id, { company: home }),
  ];
}

/** Removes a document (删除); links that were given to fetch it work until then. */
export async function removeDocument(scope: Scope, company: CompanyId, id: string): Promise<Outcome<null, Refusal>> {
  const document = await documentOf(scope, company, id);
  if (!document || !maySee(scope, document) || !mayChange(scope, document)) return refuse("missing");
  const told = happened(scope, "document.removed", company, toldOf(document), { seed: id });
  const outcome = await commit(scope, [...removal(scope, document), told], { answer: null });
  return outcome.done ? accept(null) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** Lets the bytes of a document go that was removed, or that never came whole within the hour; one that is there stays, also with the company that this one was merged into. */
export async function sweepDocument(scope: Scope, files: Files, company: CompanyId, id: string): Promise<void> {
  const into = (await companyOf(scope, company))?.merged?.into as CompanyId | undefined;
  const document = (await documentOf(scope, company, id)) ?? (into && (await documentOf(scope, into, id)));
  if (document) {
    if (document.state === "ready" || plusMinutes(document.at, waitMinutes) > scope.now) return;
    const key = documentKey(scope, document.company, id);
    const gone: Write = { do: "delete", key, when: [["rev", "=", document.rev]], tag: "stale" };
    if (!(await commit(scope, [gone], { answer: null })).done) return;
  }
  await files.remove(fileKey(scope, company, id));
}
