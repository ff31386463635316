import type { Files } from "@yihao/http/files";
import type { CompanyId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import type { DueHandler } from "@yihao/table/due";
import { sweepDocument } from "./document-actions.ts";

/** Timers of members that reach for files: bytes of documents that were removed, or that never came whole. */
export function fileTimers(files: Files): DueHandler[] {
  return [
    {
      type: "members.document",
      on: (platform, due) => {
        const scope = asSystem(platform, due.space, due.type, { id: `due ${due.id}`, print: due.type });
        return sweepDocument(scope, files, (due.data as { company: CompanyId }).company, due.subject);
      },
    },
  ];
}
