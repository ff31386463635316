import { takeEvidence } from "./dispute.ts";
import { type Act, type Endpoint, endpoint } from "./endpoint.ts";
import { badParam, missing } from "./errors.ts";
import type { DisputeRecord, FileRecord } from "./model.ts";
import { ownedBy } from "./objects.ts";
import { showDispute } from "./saved-objects.ts";
import { createFile, onlyExpand, type ReadOf, updateDispute } from "./shapes.ts";
import { freshId } from "./store.ts";

const types: readonly string[] = ["application/pdf", "image/png", "image/jpeg"];
const BYTES_MOST = 5_000_000;
const fileFields = ["receipt", "service_documentation", "customer_communication", "uncategorized_file"] as const;

/** Files for evidence, and disputes as whoever was paid sees and answers them. */
export const disputeEndpoints: readonly Endpoint[] = [
  endpoint(
    "POST",
    /^\/v1\/files$/,
    createFile,
    ({ file }) => {
      if (!types.includes(file.type)) throw badParam("file", `Files of type ${file.type} are not accepted.`);
      if (file.bytes > BYTES_MOST) throw badParam("file", "The file is larger than 5 MB.");
    },
    ({ purpose, file }, { world: { state }, cause }) => {
      const made: FileRecord = {
        ...{ id: freshId("file"), account: cause.account, created: cause.nowSeconds, purpose },
        ...{ filename: file.name, type: file.type, bytes: file.bytes },
      };
      state.files[made.id] = made;
      return showFile(made);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/disputes\/([^/]+)$/,
    onlyExpand,
    () => {},
    (_, act) => showDispute(disputeOf(act)),
  ),
  endpoint("POST", /^\/v1\/disputes\/([^/]+)$/, updateDispute, () => {}, update),
];

function update(params: ReadOf<typeof updateDispute>, act: Act): object {
  const dispute = disputeOf(act);
  const { state } = act.world;
  if (dispute.status !== "needs_response" || dispute.submissions > 0)
    throw badParam("evidence", "This dispute is already closed or its evidence was submitted; it takes no more.");
  if (act.cause.nowSeconds >= dispute.dueBy) throw badParam("evidence", "The due date of this dispute has passed.");
  for (const field of fileFields) {
    const id = params.evidence?.[field];
    if (id && !ownedBy(state.files, id, act.cause.account)) throw missing("file", id, `evidence[${field}]`);
  }
  takeEvidence(state, dispute, params, act.cause);
  return showDispute(dispute);
}

function disputeOf({ world: { state }, cause, id }: Act): DisputeRecord {
  const dispute = ownedBy(state.disputes, id, cause.account);
  if (!dispute) throw missing("dispute", id, "dispute");
  return dispute;
}

function showFile({ id, created, purpose, filename, type, bytes }: FileRecord) {
  return {
    ...{ id, object: "file", created, expires_at: null, filename, purpose, size: bytes },
    ...{ title: null, type: type.split("/")[1] ?? "pdf", url: null },
  };
}
