import { fapiaoItems } from "@yihao/billing/fapiao";
import { createSignal, For, Show } from "solid-js";
import type { Intent } from "../../api.ts";
import { linkOf, putFile } from "../../documents.ts";
import { type FapiaoDoes, FapiaoStepDrawer } from "../../fapiao-step.tsx";
import { fapiaoWords } from "../../fapiao-words.ts";
import { money } from "../../format.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { toast } from "../../ui/toast.tsx";
import { type FapiaoRow, stepFapiao } from "./fapiao-data.ts";
import { FapiaoStatus } from "./fapiao-page.tsx";
import { useRights } from "./rights.ts";

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
  const [doing, setDoing] = createSignal<FapiaoDoes>();
  const keep = (file: File, intent: Intent) => {
    const upload = { file, type: file.type || "application/pdf", topic: "other" as const, visible: true };
    return putFile(props.space, props.one.company, upload, intent, () => undefined, new AbortController().signal);
  };
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
          <FapiaoStepDrawer
            does={does}
            run={async (step, file, intent) => {
              const document = file && (await keep(file, intent));
              const taken = step.does === "issue" && document ? { ...step, document: document.id } : step;
              await stepFapiao(props.space, props.one.id, taken, intent);
            }}
            onClose={() => setDoing(undefined)}
            onDone={props.onDone}
          />
        )}
      </Show>
    </Pane>
  );
}
