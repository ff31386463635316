/** One field of a form that the server did not accept: its path (`lines.0.quantity`) and the code of the reason. */
export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A refusal or failure as the server told it (problem+json); `status` 0 means that no answer came at all. */
export class Problem extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  /** Number of the request, to quote to whoever looks into it. */
  readonly request: string | undefined;

  constructor(given: {
    code: string;
    params?: Readonly<Record<string, unknown>>;
    status: number;
    fields?: readonly FieldProblem[];
    request?: string | undefined;
  }) {
    super(given.code);
    this.name = "Problem";
    this.code = given.code;
    this.params = given.params ?? {};
    this.status = given.status;
    this.fields = given.fields ?? [];
    this.request = given.request;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const parseFields = (value: unknown): FieldProblem[] =>
  Array.isArray(value)
    ? value.filter(isRecord).map((field) => ({
        path: Array.isArray(field.path) ? field.path.join(".") : String(field.path ?? ""),
        code: String(field.rule ?? "invalid"),
        params: isRecord(field.detail) ? field.detail : {},
      }))
    : [];

/** Reads a problem from an answer that is not a success; an unreadable body becomes code `client.unreadable`. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const request = response.headers.get("x-request-id") ?? undefined;
  if (!isRecord(body) || typeof body.code !== "string") {
    return new Problem({ code: "client.unreadable", status: response.status, request });
  }
  return new Problem({
    code: body.code,
    params: isRecord(body.params) ? body.params : {},
    status: response.status,
    fields: parseFields(isRecord(body.params) ? body.params.faults : undefined),
    request: typeof body.request === "string" ? body.request : request,
  });
}
