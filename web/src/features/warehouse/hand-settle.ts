import type { GiveUp } from "@yihao/warehouse/scan-exception-model";
import { type Command, type Entry, surelyNotDone } from "../../offline/queue.ts";
import { newStep } from "./hand-data.ts";
import { requests, type Step } from "./hand-steps.ts";

/** What may be changed of a refused step before it is sent again: where the goods went, and how many; nothing while it may have been done. */
export function changeable(step: Step): { bin: string | undefined; units: number | undefined } {
  if (!step.refusal || !surelyNotDone(step.refusal)) return { bin: undefined, units: undefined };
  if (step.kind === "move") return { bin: step.about.to, units: step.about.units };
  if (step.kind === "putaway" || step.kind === "pick") return { bin: step.about.bin, units: step.about.units };
  if (step.kind === "transfer-receive") return { bin: undefined, units: step.about.units };
  return {
    bin: undefined,
    units: step.kind === "receive" && step.about.parcels.length < 2 ? step.about.units : undefined,
  };
}

/** The step with another bin or other units, as a new command of the same moment: the refused one was not done, and is not. */
export function changed(step: Step, by: { bin?: string | undefined; units?: number | undefined }): Command {
  const body = step.body === undefined ? {} : (JSON.parse(step.body) as Record<string, unknown>);
  const about: Record<string, unknown> = { ...step.about };
  if (by.units !== undefined) {
    body.units = by.units;
    about.units = by.units;
    if (step.kind === "receive")
      about.parcels = step.about.parcels.map((one) => ({
        ...one,
        units: Math.max(0, (by.units ?? 0) - step.about.damaged),
      }));
  }
  if (by.bin !== undefined && step.kind === "move") {
    body.to = by.bin;
    about.to = by.bin;
  } else if (by.bin !== undefined) {
    body.bin = by.bin;
    about.bin = by.bin;
    // The person says where the goods are: that is what a scan of the bin says.
    if (body.scans !== undefined) body.scans = { ...(body.scans as object), bin: by.bin };
  }
  return { ...again(step), body: JSON.stringify(body), about };
}

/** The same once more, as a new command: only for what was surely not done. */
export const again = ({ kind, path, body, about, at }: Entry): Command => ({
  ...{ id: crypto.randomUUID(), kind, path, body, about, at },
});

/** What the supervisor is told of a step that is given up. */
export function givenUp(space: string, step: Step, reason: GiveUp["reason"], note: string): Command {
  const about = step.about as Readonly<Record<string, string | number | undefined>>;
  const text = (name: string) => (typeof about[name] === "string" ? (about[name] as string) : undefined);
  const document =
    text("asn") ?? text("order") ?? text("count") ?? text("back") ?? text("wave") ?? text("transfer") ?? text("pallet");
  const told: Record<string, unknown> = {
    ...{ step: step.kind, doneAt: step.at, refusal: step.refusal?.code ?? "unknown", reason },
    ...{
      name: text("name"),
      product: text("product") || undefined,
      lot: text("lot"),
      bin: text("bin"),
      to: text("to"),
      document,
    },
    note: note.trim() === "" ? undefined : note.trim(),
    units: typeof about.units === "number" ? about.units : undefined,
  };
  const plain = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const what = { step: step.kind, reason, name: text("name"), bin: text("bin") };
  return newStep("report", requests.report(space), plain as unknown as GiveUp, what);
}
