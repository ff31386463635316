import type { DocumentChange, DocumentView } from "@yihao/members/document-model";
import type { CompanyView } from "@yihao/members/model";
import { ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { linkOf, putFile } from "../../documents.ts";
import { createQuery, queryClient } from "../../query.ts";

const documents$ = api.spaces[":space"].companies[":company"].documents;
type Company = CompanyView["id"];
type Id = DocumentView["id"];
/** The documents of a company that the caller sees, the newest first. */
export const useDocuments = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["documents", space(), company()],
    queryFn: async () =>
      (await ok(documents$.$get({ param: { space: space(), company: company() as Company } }))).items,
  }));

const renew = (space: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ["documents", space] }),
    queryClient.invalidateQueries({ queryKey: ["companies", space] }),
  ]);

/** Puts a document, and reads the lists anew. */
export async function putDocument(...given: Parameters<typeof putFile>): Promise<DocumentView> {
  const kept = await putFile(...given);
  void renew(given[0]);
  return kept;
}

/** Fetches a document: the browser saves it under its own name. */
export async function fetchDocument(space: string, company: string, document: Id): Promise<void> {
  const url = await linkOf(space, company, document);
  const link = window.document.createElement("a");
  link.href = url;
  link.rel = "noopener";
  link.download = "";
  link.click();
}

/** Changes a document's name, topic or who sees it, as it was read at `rev`. */
export async function changeDocument(space: string, company: string, document: Id, json: DocumentChange, rev: number) {
  try {
    const param = { space, company: company as Company, document };
    return await ok(documents$[":document"].$put({ param, json }, ifMatch(`"${rev}"`)));
  } finally {
    await renew(space);
  }
}

/** Removes a document. */
export async function removeDocument(space: string, company: string, document: Id) {
  try {
    await ok(documents$[":document"].$delete({ param: { space, company: company as Company, document } }));
  } finally {
    await renew(space);
  }
}
