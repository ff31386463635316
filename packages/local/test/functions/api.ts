import type { ApiEvent } from "@yihao/local/lambda-event";
import { commit } from "@yihao/table/commit";
import { eventKind, happened } from "@yihao/table/event";
import { partition } from "@yihao/table/key";
import { queryAll } from "@yihao/table/read";
import { heardKind } from "./stream.ts";
import { scopeFor } from "./world.ts";

const answer = (status: number, body: unknown) => ({
  statusCode: status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** POST /api/notes/{n} writes an event, GET /api/notes lists those written, GET /api/heard those its reaction heard. */
export async function handler(event: ApiEvent) {
  const n = Number(event.rawPath.split("/")[3]);
  if (event.requestContext.http.method === "POST") {
    const scope = scopeFor(`note-${n}-of-the-test`);
    await commit(scope, [happened(scope, "note.made", "notes", { n })], { answer: n });
    return answer(201, n);
  }
  const scope = scopeFor("auto:read");
  if (event.rawPath === "/api/heard") {
    const heard = await queryAll(scope, heardKind, partition(scope, "heard"), { consistent: true });
    return answer(
      200,
      heard.map((one) => one.n),
    );
  }
  const notes = await queryAll(scope, eventKind, partition(scope, "log", "notes"), { consistent: true });
  return answer(
    200,
    notes.map((one) => (one.data as { n: number }).n),
  );
}
