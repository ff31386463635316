import type { DocumentView } from "@yihao/members/document-model";
import { createSignal, For, Show } from "solid-js";
import { dayCell, dayOf } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Checkbox, SelectField } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { Section } from "./company-parts.tsx";
import { changeDocument, fetchDocument, removeDocument, useDocuments } from "./document-data.ts";
import { DocumentUpload } from "./document-upload.tsx";
import { documentWords } from "./document-words.ts";
import { createLatest, MetNote } from "./latest.tsx";
import { useZone } from "./lead-data.ts";

type Topic = DocumentView["topic"];

/** A size as people read it: whole kilobytes, megabytes with one decimal. */
export function sizeSaid(bytes: number): string {
  const t = documentWords();
  const kb = Math.max(1, Math.round(bytes / 1024));
  return kb < 1024 ? t.size.kb(kb) : t.size.mb((kb / 1024).toFixed(1));
}

const topicOptions = () => {
  const { topics } = documentWords();
  return (Object.keys(topics) as Topic[]).map((value) => ({ value, label: topics[value] }));
};

/** A company's documents: putting them there, and the list. `staff` decides who sees each; a company's own admin puts what both see. */
export function DocumentsPanel(props: { space: string; company: string; staff: boolean; mayAdd: boolean }) {
  const t = documentWords();
  const [topic, setTopic] = createSignal<Topic>("license");
  const [visible, setVisible] = createSignal(false);
  return (
    <Section title={t.title}>
      <Show when={!props.staff}>
        <p class="mb-3 text-xs text-pretty text-fg-2">{props.mayAdd ? t.mySay : t.mineOnly}</p>
      </Show>
      <Show when={props.mayAdd}>
        <div class="mb-3 flex flex-col gap-3">
          <div class="flex flex-wrap items-end gap-x-4 gap-y-2">
            <div class="w-44">
              <SelectField label={t.topic} options={topicOptions()} bind={bound(topic, setTopic, "document-topic")} />
            </div>
            <Show when={props.staff}>
              <Checkbox label={t.visible} bind={bound(visible, setVisible, "document-visible")} />
            </Show>
          </div>
          <DocumentUpload space={props.space} company={props.company} topic={topic()} visible={visible()} />
        </div>
      </Show>
      <DocumentList {...props} mayChange={props.mayAdd} />
    </Section>
  );
}

/** Documents, of one agreement or all, each to fetch; those whom they belong to also change and remove them. */
export function DocumentList(props: {
  space: string;
  company: string;
  staff: boolean;
  mayChange: boolean;
  agreement?: string;
  none?: string;
}) {
  const t = documentWords();
  const zone = useZone(() => props.space);
  const [removing, setRemoving] = createSignal<DocumentView>();
  const [editing, setEditing] = createSignal<DocumentView>();
  const asked = useDocuments(
    () => props.space,
    () => props.company,
  );
  const rows = () =>
    (asked.data ?? []).filter((one) => props.agreement === undefined || one.agreement === props.agreement);
  const fetchOne = async (one: DocumentView) => {
    try {
      await fetchDocument(props.space, props.company, one.id);
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  const remove = async (one: DocumentView) => {
    try {
      await removeDocument(props.space, props.company, one.id);
      toast({ text: t.removed(one.name) });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
    setRemoving(undefined);
  };
  const owns = (one: DocumentView) => props.mayChange && (props.staff || one.own);
  return (
    <>
      <Show
        when={asked.data}
        fallback={
          <Show when={asked.isError} fallback={<Loading rows={2} />}>
            <ErrorState title={t.notRead} problem={asked.error} onRetry={() => asked.refetch()} />
          </Show>
        }
      >
        <Show
          when={rows().length > 0}
          fallback={
            props.none ? <p class="text-xs text-fg-2">{props.none}</p> : <EmptyState art={false} title={t.none} />
          }
        >
          <ul>
            <For each={rows()}>
              {(one) => (
                <li class="flex items-center gap-2 border-t border-line py-1.5 first:border-0">
                  <span class="min-w-0 flex-1">
                    <button
                      type="button"
                      class="y-link block max-w-full truncate text-left"
                      aria-label={t.downloadOf(one.name)}
                      onClick={() => void fetchOne(one)}
                    >
                      {one.name}
                    </button>
                    <span class="block text-xs text-fg-3">
                      {[
                        t.topics[one.topic],
                        sizeSaid(one.bytes),
                        dayCell(dayOf(one.at, zone()), new Date().getFullYear()),
                        one.byName,
                        ...(props.staff ? [one.own ? t.own : one.visible ? t.shown : ""] : []),
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </span>
                  <Show when={owns(one)}>
                    <IconButton icon="edit" size="sm" label={t.changeOf(one.name)} onClick={() => setEditing(one)} />
                    <IconButton icon="close" size="sm" label={t.removeOf(one.name)} onClick={() => setRemoving(one)} />
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </Show>
      <Show when={removing()}>
        {(one) => (
          <Dialog
            open
            onClose={() => setRemoving(undefined)}
            title={t.removeAsk(one().name)}
            foot={
              <>
                <Button kind="danger" onClick={() => void remove(one())}>
                  {t.remove}
                </Button>
                <Button kind="text" onClick={() => setRemoving(undefined)}>
                  {t.back}
                </Button>
              </>
            }
          >
            <p class="text-pretty">{t.removeSay}</p>
          </Dialog>
        )}
      </Show>
      <Show when={editing()}>
        {(one) => <EditDrawer {...props} document={one()} onClose={() => setEditing(undefined)} />}
      </Show>
    </>
  );
}

/** Changes what a document is called, what it is about and who sees it. */
function EditDrawer(props: {
  space: string;
  company: string;
  staff: boolean;
  document: DocumentView;
  onClose: () => void;
}) {
  const t = documentWords();
  const asked = useDocuments(
    () => props.space,
    () => props.company,
  );
  const latest = createLatest(props.document.rev, async () => {
    await asked.refetch();
    return asked.data?.find(({ id }) => id === props.document.id) ?? props.document;
  });
  const { name, topic, visible } = props.document;
  const form = createForm({
    name: "document",
    initial: { name, topic, visible },
    check: (values) => ({ name: values.name.trim() === "" ? t.needName : undefined }),
    submit: async (values) => {
      const put = (rev: number) => changeDocument(props.space, props.company, props.document.id, values, rev);
      if (!(await latest.save(put))) return;
      toast({ text: t.saved(values.name.trim()) });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.change} form={form} act={t.save}>
      <MetNote latest={latest} />
      <TextField label={t.name} required maxLength={120} bind={form.field("name")} />
      <SelectField label={t.topic} options={topicOptions()} bind={form.field("topic")} />
      <Show when={props.staff && !props.document.own}>
        <Checkbox label={t.visible} bind={form.field("visible")} />
      </Show>
    </FormDrawer>
  );
}
