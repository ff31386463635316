import {
  type Dispute,
  type EvidenceUse,
  evidenceCharsMost,
  evidenceTypes,
  evidenceUses,
} from "@yihao/billing/dispute-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { DropZone } from "../../ui/file-drop.tsx";
import { createForm, DraftNote, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { billFile, handIn, putEvidence, type ToHandIn, useEvidence, useFilesOf } from "./evidence-data.ts";
import { evidenceWords } from "./evidence-words.ts";
import { useRights } from "./rights.ts";

/** Evidence in a dispute: how far it is, and the drawer in which it is written. */
export function EvidencePart(props: { space: string; of: Dispute; zone: string }) {
  const t = evidenceWords();
  const rights = useRights(() => props.space);
  const [writing, setWriting] = createSignal(false);
  const asked = useEvidence(
    () => props.space,
    () => props.of.id,
  );
  const last = () => asked.data?.evidence ?? undefined;
  const open = () => props.of.state === "needs-response" && (last()?.state === "refused" || !last()?.submit);
  const due = () => props.of.evidenceBy === undefined || new Date().toISOString() < props.of.evidenceBy;
  return (
    <Show
      when={asked.data}
      fallback={
        <Show when={asked.isError} fallback={<Loading rows={2} />}>
          <ErrorState title={t.notRead} problem={asked.error} onRetry={() => void asked.refetch()} />
        </Show>
      }
    >
      {(there) => (
        <Show when={last() || (open() && due() && rights.mayRecord())}>
          <section aria-label={t.title} class="flex flex-col gap-2">
            <h3 class="font-strong">{t.title}</h3>
            <Show when={last()}>
              {(one) => (
                <>
                  <Note tone={one().state === "refused" ? "bad" : one().state === "kept" ? "warn" : "info"}>
                    {t.states[one().state]}
                    <Show when={one().why}>{(why) => <>: {why()}</>}</Show>
                  </Note>
                  <Show when={one().text}>
                    <p class="whitespace-pre-wrap break-words">{one().text}</p>
                  </Show>
                  <ul>
                    <For each={one().files}>
                      {(file) => (
                        <li class="flex gap-3 border-t border-line py-1">
                          <span class="w-32 shrink-0 text-fg-2">{t.uses[file.use]}</span>
                          <span class="min-w-0 break-all">{file.name}</span>
                        </li>
                      )}
                    </For>
                  </ul>
                  <p class="text-xs text-fg-3">{instantCell(one().doneAt ?? one().at, props.zone)}</p>
                </>
              )}
            </Show>
            <Show when={open() && due() && rights.mayRecord()}>
              <div>
                <Button kind={last() ? "outline" : "primary"} onClick={() => setWriting(true)}>
                  {last() ? t.change : t.start}
                </Button>
              </div>
            </Show>
          </section>
          <Show when={writing()}>
            <EvidenceDrawer space={props.space} of={props.of} there={there()} onClose={() => setWriting(false)} />
          </Show>
        </Show>
      )}
    </Show>
  );
}

type Choices = Record<EvidenceUse, string>;
const bill = "bill ";

function EvidenceDrawer(props: { space: string; of: Dispute; there: ToHandIn; onClose: () => void }) {
  const t = evidenceWords();
  const last = props.there.evidence;
  const [submits, setSubmits] = createSignal(false);
  const [sending, setSending] = createSignal(false);
  const documents = useFilesOf(
    () => props.space,
    () => props.of.company,
  );
  const [first] = props.there.bills;
  const chosen = (use: EvidenceUse) => last?.files.find((one) => one.use === use)?.document ?? "";
  const form = createForm({
    name: "evidence",
    draftKey: `evidence.${props.of.id}.${last?.version ?? 0}`,
    initial: {
      text: last?.text ?? "",
      usage: last?.usage ?? props.there.usage,
      bill: last ? chosen("bill") : first ? `${bill}${first.invoice}` : "",
      service: chosen("service"),
      letters: chosen("letters"),
      other: chosen("other"),
    },
    check: ({ text, usage, ...files }) => ({
      text: text.trim() || usage.trim() || Object.values(files).some(Boolean) ? undefined : t.need,
    }),
    submit: async ({ text, usage, ...wanted }, intent) => {
      const files = [];
      for (const use of evidenceUses) {
        const choice = (wanted as Choices)[use];
        if (choice === "") continue;
        const printed = props.there.bills.find(({ invoice }) => choice === `${bill}${invoice}`);
        const document = printed
          ? (
              await putEvidence(
                props.space,
                props.of.id,
                await billFile(props.space, printed.invoice, printed.number),
                intent.part(printed.invoice),
              )
            ).id
          : (choice as `doc_${string}`);
        files.push({ use, document });
      }
      const json = { text: text.trim(), usage: usage.trim(), files, submit: submits() };
      await handIn(props.space, props.of.id, json, intent.part(submits() ? "submit" : "keep"));
      toast({ text: submits() ? t.sent : t.saved, tone: "good" });
      props.onClose();
    },
  });
  const hand = (submit: boolean) => {
    setSubmits(submit);
    void form.submit();
  };
  const options = (use: EvidenceUse) => [
    { value: "", label: t.none },
    ...(use === "bill"
      ? props.there.bills.map(({ invoice, number }) => ({ value: `${bill}${invoice}`, label: t.billPdf(number) }))
      : []),
    ...(documents.data ?? [])
      .filter(({ type }) => (evidenceTypes as readonly string[]).includes(type))
      .map(({ id, name }) => ({ value: id as string, label: name })),
  ];
  const upload = async ([file]: readonly File[]) => {
    if (!file) return;
    setSending(true);
    try {
      const kept = await putEvidence(props.space, props.of.id, file, newIntent());
      const free = (["service", "letters", "other"] as const).find((use) => form.values[use] === "");
      if (free) form.set(free, kept.id);
      toast({ text: t.uploaded(kept.name), tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setSending(false);
    }
  };
  return (
    <Drawer
      open
      onClose={props.onClose}
      title={t.title}
      foot={
        <>
          <Button kind="primary" keys={["⌘", "↵"]} busy={form.busy() && submits()} onClick={() => hand(true)}>
            {t.submit}
          </Button>
          <Button busy={form.busy() && !submits()} onClick={() => hand(false)}>
            {t.keep}
          </Button>
        </>
      }
    >
      <FormFrame form={form} label={t.title}>
        <TextArea label={t.text} hint={t.textSay} rows={5} maxLength={evidenceCharsMost} bind={form.field("text")} />
        <TextArea label={t.usage} hint={t.usageSay} rows={6} maxLength={evidenceCharsMost} bind={form.field("usage")} />
        <h3 class="font-strong">{t.files}</h3>
        <For each={evidenceUses}>
          {(use) => <SelectField label={t.uses[use]} options={options(use)} bind={form.field(use)} />}
        </For>
        <DropZone label={t.upload} accept=".pdf,.png,.jpg,.jpeg" onFiles={(files) => void upload(files)}>
          <span>{sending() ? t.uploading : t.upload}</span>
        </DropZone>
        <p class="text-xs text-fg-2">{t.filesSay}</p>
        <p class="text-xs text-fg-2">{t.submitOnce}</p>
        <DraftNote form={form} />
      </FormFrame>
    </Drawer>
  );
}
