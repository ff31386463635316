import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import type { Document } from "./document-model.ts";

export const documentKind = kindOf<Document>("doc");

/** Where a document of a company lies. */
export const documentKey = (scope: Scope, company: string, id: string): Key => ({
  pk: partition(scope, "cmp", company),
  sk: `doc#${id}`,
});

/** Where the bytes of a document lie among the files: below its space and company. */
export const fileKey = (scope: Scope, company: string, id: string): string => `${scope.space}/${company}/${id}`;

/** A document of a company. One consistent read unit. */
export const documentOf = (scope: Scope, company: CompanyId, id: string): Promise<Stored<Document> | undefined> =>
  get(scope, documentKind, documentKey(scope, company, id));

/** Every document of a company, waiting ones too, the newest first. One query. */
export async function documentsOf(scope: Scope, company: CompanyId): Promise<Stored<Document>[]> {
  const pk = partition(scope, "cmp", company);
  const found = await queryAll(scope, documentKind, pk, { prefix: "doc#", consistent: true });
  return found.toSorted((a, b) => (a.at < b.at ? 1 : -1));
}
