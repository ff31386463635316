import type { DisputeId, NewEvidence } from "@yihao/billing/dispute-model";
import type { InvoiceId } from "@yihao/billing/model";
import { typeOfName } from "@yihao/kernel/file-types";
import type { DocumentView } from "@yihao/members/document-model";
import type { CompanyView } from "@yihao/members/model";
import { type Intent, ok } from "../../api.ts";
import { accounts, api, files, papers } from "../../client.ts";
import { putBytes } from "../../documents.ts";
import { createQuery, queryClient } from "../../query.ts";
import { paperLanguage } from "./paper-data.ts";

const evidence$ = accounts.spaces[":space"].disputes[":dispute"].evidence;
const links$ = files.spaces[":space"].disputes[":dispute"].documents;

/** What was handed in of a dispute last, and what there is to hand in, in the language of the screen. */
export const useEvidence = (space: () => string, dispute: () => DisputeId) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "evidence", dispute(), paperLanguage()],
    queryFn: () =>
      ok(evidence$.$get({ param: { space: space(), dispute: dispute() }, query: { language: paperLanguage() } })),
    refetchInterval: (asked) => (asked.state.data?.evidence?.state === "sending" ? 2_000 : false),
  }));
export type ToHandIn = NonNullable<ReturnType<typeof useEvidence>["data"]>;

/** The documents of the company that a dispute is with, from which files of evidence are chosen. */
export const useFilesOf = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["documents", space(), company()],
    queryFn: async () => {
      const param = { space: space(), company: company() as CompanyView["id"] };
      return (await ok(api.spaces[":space"].companies[":company"].documents.$get({ param }))).items;
    },
  }));

/** Puts a file of evidence among the company's documents, where its own people do not see it. */
export async function putEvidence(
  space: string,
  dispute: DisputeId,
  file: File,
  intent: Intent,
): Promise<DocumentView> {
  const param = { space, dispute };
  const type = file.type || typeOfName(file.name) || "";
  const asked = await ok(
    links$.$post({ param, json: { name: file.name, type, bytes: file.size } }, intent.part("link").with()),
  );
  await putBytes(asked.url, asked.headers, file, () => {}, new AbortController().signal);
  const done = links$[":document"].done;
  const kept = await ok(
    done.$post({ param: { ...param, document: asked.document.id }, json: {} }, intent.part("done").with()),
  );
  await queryClient.invalidateQueries({ queryKey: ["documents", space] });
  return kept;
}

/** A bill as the file that is printed of it now. */
export async function billFile(space: string, invoice: InvoiceId, number: string): Promise<File> {
  const bill$ = papers.spaces[":space"].invoices[":invoice"];
  const answer = await bill$.$get({ param: { space, invoice }, query: { language: paperLanguage() } });
  return new File([await answer.blob()], `${number}.pdf`, { type: "application/pdf" });
}

/** Hands evidence in. */
export async function handIn(space: string, dispute: DisputeId, json: NewEvidence, intent: Intent) {
  try {
    return await ok(evidence$.$post({ param: { space, dispute }, json }, intent.with()));
  } finally {
    await queryClient.invalidateQueries({ queryKey: ["billing", space] });
  }
}
