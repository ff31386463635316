import type { Files } from "@yihao/http/files";
import { membershipOf } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { createFiles } from "../../../functions/files.ts";
import { TestCaller } from "./api.ts";
import { testNow } from "./table.ts";

/** Files kept in memory: a test puts bytes where a browser would. */
export function memoryFiles(): Files & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    putLink: async (key, { type }) => ({ url: `memory:${key}`, headers: { "content-type": type } }),
    getLink: async (key) => `memory:${key}`,
    look: async (key) => {
      const bytes = kept.get(key);
      return bytes && { bytes: bytes.length, head: bytes.subarray(0, 512) };
    },
    read: async (key) => kept.get(key),
    remove: async (key) => void kept.delete(key),
  };
}

/** The files function in this process. Who asks is told by a header in place of the session cookie. */
export function testFiles(table: Table, files: Files, now: () => string = () => testNow) {
  const app = createFiles({
    files,
    doors: {
      table,
      now,
      membership: membershipOf,
      caller: async (request) => {
        const person = request.headers.get("x-test-person");
        return person ? { person: person as PersonId, email: `${person}@test.example`, name: person } : undefined;
      },
    },
  });
  return (person: string | undefined) => new TestCaller(app, person as PersonId | undefined);
}
