import { fapiaoItems } from "@yihao/billing/fapiao";
import type { FapiaoStep } from "@yihao/billing/fapiao-model";
import { createSignal, For, Show } from "solid-js";
import type { newIntent } from "../../api.ts";
import { linkOf, putFile } from "../../documents.ts";
import { money } from "../../format.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { DateField, TextArea, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { type FapiaoRow, stepFapiao } from "./fapiao-data.ts";
import { FapiaoStatus } from "./fapiao-page.tsx";
import { fapiaoWords } from "./fapiao-words.ts";
import { useRights } from "./rights.ts";
import { deviceDay } from "./view.ts";

type Does = "issue" | "decline" | "red-ink";

/** Opens the file of a fapiao in a page of its own. */
export async function openFile(space: string, one: FapiaoRow): Promise<void> {
  const page = window.open("about:blank", "_blank");
  try {
    const url = await linkOf(space, one.company, one.document ?? "doc_");
    if (page) page.location.href = url;
  } catch {
    page?.close();
    toast({ text: fapiaoWords().fileLost, tone: "bad" });
  }
}

/** One fapiao: what it is made out to, its lines, and what may be recorded next. */
export function FapiaoDetail(props: { space: string; one: FapiaoRow; onDone: () => void }) {
  const t = fapiaoWords();
  const rights = useRights(() => props.space);
  const [doing, setDoing] = createSignal<Does>();
  const facts = () => {
    const { title, number = "", issuedOn = "", redNumber = "", reason = "" } = props.one;
    return (
      [
        [t.kind, t.kinds[title.kind]],
        [t.heading, title.title],
        [t.taxNumber, title.taxNumber],
        [t.address, title.address],
        [t.phone, title.phone],
        [t.bank, title.bank],
        [t.account, title.account],
        [t.email, title.email],
        [t.number, number],
        [t.on, issuedOn],
        [t.redNumber, redNumber],
        [t.reason, reason],
      ] as const
    ).filter(([, value]) => value !== "");
  };
  return (
    <Pane
      flush={false}
      label={props.one.invoiceNumber}
      title={<Plate>{props.one.invoiceNumber}</Plate>}
      actions={<FapiaoStatus one={props.one} chip />}
      foot={
        <Show when={rights.mayRecord()}>
          <Show when={props.one.state === "requested"}>
            <Button kind="primary" icon="stamp" onClick={() => setDoing("issue")}>
              {t.issue}
            </Button>
            <Button onClick={() => setDoing("decline")}>{t.decline}</Button>
          </Show>
          <Show when={props.one.state === "issued"}>
            <Button icon="undo" onClick={() => setDoing("red-ink")}>
              {t.redInk}
            </Button>
          </Show>
        </Show>
      }
    >
      <Show when={props.one.outdated}>
        <Note tone="warn">{props.one.state === "issued" ? t.outdated : t.outdatedOpen}</Note>
      </Show>
      <p class="flex flex-wrap gap-x-4">
        <TextLink href={`/s/${props.space}/members/${props.one.company}`}>{props.one.companyName}</TextLink>
        <TextLink href={`/s/${props.space}/billing/${props.one.invoice}`}>{t.bill}</TextLink>
        <Show when={props.one.document}>
          <Button kind="text" icon="download" onClick={() => void openFile(props.space, props.one)}>
            {t.openFile}
          </Button>
        </Show>
      </p>
      <dl>
        <For each={facts()}>
          {([label, value]) => (
            <div class="flex gap-3 border-t border-line py-1">
              <dt class="w-28 flex-none text-fg-2">{label}</dt>
              <dd class="min-w-0 flex-1 break-all">{value}</dd>
            </div>
          )}
        </For>
      </dl>
      <section aria-label={t.lines}>
        <h3 class="mb-1 font-strong">{t.lines}</h3>
        <ul>
          <For each={props.one.lines}>
            {(line) => (
              <li class="flex flex-wrap gap-x-3 border-t border-line py-1 tabular-nums">
                <span class="min-w-0 flex-1">{fapiaoItems[line.stream]}</span>
                <span class="text-fg-2">{line.taxReason ? t.exempt : `${line.taxBasis / 100}%`}</span>
                <span>{money(line.amountMinor)}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
      <MoneyTotal minor={props.one.totalMinor} label={t.amount} />
      <Show when={doing()} keyed>
        {(does) => (
          <StepDrawer
            space={props.space}
            one={props.one}
            does={does}
            onClose={() => setDoing(undefined)}
            onDone={props.onDone}
          />
        )}
      </Show>
    </Pane>
  );
}

/** Records a step: the number and file of what was issued, of what was red-inked, or why it is declined. */
function StepDrawer(props: { space: string; one: FapiaoRow; does: Does; onClose: () => void; onDone: () => void }) {
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
      const step = await stepOf(number.trim(), on, reason.trim(), intent);
      await stepFapiao(props.space, props.one.id, step, intent);
      const said = { issue: t.issued(number.trim()), decline: t.declined, "red-ink": t.redInked };
      toast({ text: said[props.does], tone: "good" });
      props.onClose();
      props.onDone();
    },
  });
  const stepOf = async (
    number: string,
    on: string,
    reason: string,
    intent: ReturnType<typeof newIntent>,
  ): Promise<FapiaoStep> => {
    if (props.does === "decline") return { does: "decline", reason };
    if (props.does === "red-ink") return { does: "red-ink", number, on, reason };
    const chosen = file();
    if (!chosen) return { does: "issue", number, on };
    const upload = { file: chosen, type: chosen.type || "application/pdf", topic: "other" as const, visible: true };
    const { signal } = new AbortController();
    const kept = await putFile(props.space, props.one.company, upload, intent, () => undefined, signal);
    return { does: "issue", number, on, document: kept.id };
  };
  return (
    <Drawer
      open
      onClose={props.onClose}
      title={t.step[props.does]}
      foot={
        <Button kind="primary" keys={["⌘", "↵"]} busy={form.busy()} onClick={() => void form.submit()}>
          {t.step[props.does]}
        </Button>
      }
    >
      <FormFrame form={form} label={t.step[props.does]}>
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
      </FormFrame>
    </Drawer>
  );
}
