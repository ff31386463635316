import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { type Hearing, hearBatch, onEvent, type StreamBatch } from "@yihao/table/stream";
import { insert } from "@yihao/table/write";
import { table } from "./world.ts";

export const heardKind = kindOf<{ n: number }>("heard");

export const hearing: Hearing = {
  table,
  now: () => new Date().toISOString(),
  reactions: [
    onEvent<string, { n: number }>("notes.heard", ["note.made"], async (scope, event) => {
      const { n } = event.data;
      await commit(scope, [insert(keyIn(partition(scope, "heard"), String(n)), heardKind, { n })], { answer: null });
    }),
  ],
};

/** Writes down what was heard; the insert's condition would show if one were heard as new twice. */
export function handler(batch: StreamBatch) {
  return hearBatch(hearing, batch);
}
