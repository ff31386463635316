import type { Fapiao, FapiaoStep } from "@yihao/billing/fapiao-model";
import { createSignal, Show } from "solid-js";
import type { Intent } from "./api.ts";
import { fapiaoWords } from "./fapiao-words.ts";
import { dayOf } from "./format.ts";
import { createForm } from "./ui/form.tsx";
import { FormDrawer } from "./ui/form-drawer.tsx";
import type { StatusName } from "./ui/status.tsx";
import { DateField, TextArea, TextField } from "./ui/text-field.tsx";
import { toast } from "./ui/toast.tsx";

const deviceDay = () => dayOf(new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);

/** How a fapiao's state looks, of a company's bill or the platform's. */
export const fapiaoLooks: Readonly<Record<Fapiao["state"], StatusName>> = {
  requested: "queued",
  issued: "done",
  "red-inked": "voided",
  declined: "closed",
  withdrawn: "closed",
};

/** What may be recorded of a fapiao by whoever issues it. */
export type FapiaoDoes = "issue" | "decline" | "red-ink";

/** Records a step: the number and file of what was issued, of what was red-inked, or why it is declined. */
export function FapiaoStepDrawer(props: {
  does: FapiaoDoes;
  /** Takes the step, with the file of what was issued when there is one. */
  run: (step: FapiaoStep, file: File | undefined, intent: Intent) => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = fapiaoWords();
  const [file, setFile] = createSignal<File>();
  const numbered = props.does !== "decline";
  const form = createForm({
    name: `fapiao-${props.does}`,
    initial: { number: "", on: deviceDay(), reason: "" },
    check: ({ number, on, reason }) => ({
      number: !numbered || /^(\d{20}|\d{8})$/.test(number.trim()) ? undefined : t.needNumber,
      on: !numbered || on ? undefined : t.needDay,
      reason: props.does === "issue" || reason.trim().length >= 2 ? undefined : t.needReason,
    }),
    submit: async ({ number, on, reason }, intent) => {
      await props.run(stepOf(number.trim(), on, reason.trim()), file(), intent);
      const said = { issue: t.issued(number.trim()), decline: t.declined, "red-ink": t.redInked };
      toast({ text: said[props.does], tone: "good" });
      props.onClose();
      props.onDone();
    },
  });
  const stepOf = (number: string, on: string, reason: string): FapiaoStep => {
    if (props.does === "decline") return { does: "decline", reason };
    return props.does === "red-ink" ? { does: "red-ink", number, on, reason } : { does: "issue", number, on };
  };
  return (
    <FormDrawer onClose={props.onClose} title={t.step[props.does]} form={form} act={t.step[props.does]}>
      <Show when={numbered}>
        <TextField
          label={props.does === "issue" ? t.number : t.redNumber}
          hint={t.numberHint}
          mono
          maxLength={20}
          bind={form.field("number")}
        />
        <DateField label={t.on} today={deviceDay()} max={deviceDay()} bind={form.field("on")} />
      </Show>
      <Show when={props.does === "issue"}>
        <label class="block text-xs text-fg-2">
          {t.file}
          <input
            class="mt-1 block w-full text-sm"
            type="file"
            accept=".pdf,application/pdf"
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </label>
      </Show>
      <Show when={props.does !== "issue"}>
        <TextArea label={t.reason} hint={t.reasonHint} rows={2} maxLength={200} bind={form.field("reason")} />
      </Show>
    </FormDrawer>
  );
}
