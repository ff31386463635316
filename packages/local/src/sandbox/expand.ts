import { badParam } from "./errors.ts";
import type { SessionRecord, State } from "./model.ts";
import { showCharge, showIntent, showLine } from "./objects.ts";

type Kind = "session" | "intent" | "charge" | "refund";
type Shown = { readonly [name: string]: unknown };

const LEADS_TO: Readonly<Record<Kind, Readonly<Record<string, Kind | "lines">>>> = {
  session: { payment_intent: "intent", line_items: "lines" },
  intent: { latest_charge: "charge" },
  charge: { payment_intent: "intent" },
  refund: { charge: "charge", payment_intent: "intent" },
};

/** Refuses a path that cannot be expanded, before anything is done. */
export function checkExpand(kind: Kind, paths: readonly string[] = []): void {
  for (const path of paths) {
    const end = path
      .split(".")
      .reduce<Kind | "lines" | undefined>(
        (at, step) => (at === undefined || at === "lines" ? undefined : stepFrom(at, step)),
        kind,
      );
    if (end === undefined) throw badParam("expand", `This property cannot be expanded (${path}).`);
  }
}

/** The object with ids on the given paths (`payment_intent.latest_charge`) replaced by what they name. */
export function expanded(kind: Kind, object: object, state: State, paths: readonly string[] = []): Shown {
  const out: Record<string, unknown> = { ...object };
  const heads = new Set(paths.map((path) => path.split(".")[0]!));
  for (const head of heads) {
    const target = stepFrom(kind, head);
    const deeper = paths.filter((path) => path.startsWith(`${head}.`)).map((path) => path.slice(head.length + 1));
    if (target === "lines") out[head] = linesOf(state.sessions[String(out.id)]!);
    else if (target !== undefined && typeof out[head] === "string") {
      const found =
        target === "intent" ? showIntent(state.intents[out[head]]!) : showCharge(state.charges[out[head]]!, state);
      out[head] = expanded(target, found, state, deeper);
    }
  }
  return out;
}

function stepFrom(kind: Kind, step: string): Kind | "lines" | undefined {
  return Object.hasOwn(LEADS_TO[kind], step) ? LEADS_TO[kind][step] : undefined;
}

function linesOf(session: SessionRecord): Shown {
  return {
    object: "list",
    data: session.lines.map((line) => showLine(line, session)),
    has_more: false,
    url: `/v1/checkout/sessions/${session.id}/line_items`,
  };
}
