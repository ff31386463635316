import { createHash } from "node:crypto";
import type { ApiWorld } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { ApiError } from "./errors.ts";
import type { Cause } from "./events.ts";
import { parseForm } from "./form.ts";
import type { Json } from "./model.ts";

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  /** The form: the body of a POST, the query of a GET. */
  readonly form: string;
  readonly authorization: string | undefined;
  readonly account: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly requestId: string;
};
export type ApiReply = { readonly status: number; readonly body: Json; readonly replayed: boolean };
/** Answers one API call against the state; the caller writes the state to disk before it sends the reply. */
export function answerApi(request: ApiRequest, world: ApiWorld): ApiReply {
  try {
    const account = whoAsks(request);
    const found = ENDPOINTS.find((one) => one.method === request.method && one.path.test(request.path));
    if (!found) {
      throw new ApiError(404, {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${request.method}: ${request.path}).`,
      });
    }
    const key = request.method === "POST" ? request.idempotencyKey : undefined;
    const slot = key === undefined ? undefined : JSON.stringify([account, key]);
    const fingerprint = createHash("sha256").update(`${request.method} ${request.path}\n${request.form}`).digest("hex");
    const first =
      slot !== undefined && Object.hasOwn(world.state.answers, slot) ? world.state.answers[slot] : undefined;
    if (first && first.fingerprint !== fingerprint) {
      throw new ApiError(400, {
        type: "idempotency_error",
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    }
    if (first) return { status: first.status, body: first.body, replayed: true };

    const cause: Cause = {
      account,
      nowSeconds: world.nowSeconds,
      request: { id: request.requestId, key: request.idempotencyKey ?? null },
    };
    const id = found.path.exec(request.path)?.[1] ?? "";
    const run = found.prepare(parseForm(request.form), { world, cause, id });
    const reply = outcomeOf(run);
    if (slot !== undefined) {
      world.state.answers[slot] = { fingerprint, created: world.nowSeconds, status: reply.status, body: reply.body };
    }
    return { ...reply, replayed: false };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: { error: error.body }, replayed: false };
  }
}

/** Whether an Authorization header carries a sandbox key; nothing else is ever accepted, least of all a real one. */
export function keyAccepted(authorization: string | undefined): boolean {
  return /^Bearer sk_test_sandbox\w*$/.test(authorization ?? "");
}

function whoAsks(request: ApiRequest): string | null {
  if (!keyAccepted(request.authorization)) {
    throw new ApiError(401, {
      type: "invalid_request_error",
      message:
        "Invalid API Key provided. The payment sandbox takes keys that begin with sk_test_sandbox and no others.",
    });
  }
  if (request.account === undefined) return null;
  if (!/^acct_\w{1,100}$/.test(request.account)) {
    throw new ApiError(403, {
      type: "invalid_request_error",
      code: "account_invalid",
      message: `The provided key does not have access to account '${request.account}' (or that account does not exist). Application access may have been revoked.`,
    });
  }
  return request.account;
}

function outcomeOf(run: () => object): { status: number; body: Json } {
  try {
    return { status: 200, body: JSON.parse(JSON.stringify(run())) as Json };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: { error: error.body } };
  }
}
