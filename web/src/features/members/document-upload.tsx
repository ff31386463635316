import { fileBytesMost, fileEndings, fileFault, typeOfName } from "@yihao/kernel/file-types";
import type { DocumentView } from "@yihao/members/document-model";
import { For, onCleanup, Show } from "solid-js";
import { createStore, produce } from "solid-js/store";
import { type Intent, newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button, TextButton } from "../../ui/button.tsx";
import { DropZone } from "../../ui/file-drop.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { putDocument } from "./document-data.ts";
import { documentWords } from "./document-words.ts";

type Item = {
  readonly key: string;
  readonly file: File;
  readonly intent: Intent;
  readonly stop: AbortController;
  share: number;
  /** Why it did not go; nothing while it goes. */
  why: string | undefined;
  /** Whether the same file may go when tried again. */
  again: boolean;
};
const megabytes = Math.round(fileBytesMost / 1024 / 1024);
/** How many files go at a time. */
const lanes = 2;

/** Takes files by drop or choice and sends them, each with its progress; what does not go says why by its name and can be tried again. */
export function DocumentUpload(props: {
  space: string;
  company: string;
  topic: DocumentView["topic"];
  visible: boolean;
  agreement?: DocumentView["agreement"] | undefined;
}) {
  const t = documentWords();
  const [items, setItems] = createStore<Item[]>([]);
  let going = 0;
  const waiting: string[] = [];
  onCleanup(() => {
    for (const { stop, why } of items) if (why === undefined) stop.abort();
  });
  const edit = (key: string, change: (item: Item) => void) => setItems(({ key: own }) => own === key, produce(change));
  const drop = (key: string) => setItems((all) => all.filter((one) => one.key !== key));
  const faultOf = (file: File): string | undefined => {
    const fault = fileFault({ name: file.name, type: typeOfName(file.name) ?? "", bytes: file.size });
    if (fault === "empty") return t.empty;
    if (fault === "too-large") return t.tooLarge(megabytes);
    return fault === "type" ? t.type(fileEndings.join(" ")) : undefined;
  };
  const next = () => {
    while (going < lanes) {
      const key = waiting.shift();
      if (key === undefined) return;
      going += 1;
      void send(key).finally(() => {
        going -= 1;
        next();
      });
    }
  };
  const send = async (key: string) => {
    const item = items.find((one) => one.key === key);
    if (!item) return;
    const { file, intent, stop } = item;
    const about = props.agreement ? { agreement: props.agreement } : {};
    const wish = { file, type: typeOfName(file.name) ?? "", topic: props.topic, visible: props.visible, ...about };
    const tell = (share: number) =>
      edit(key, (one) => {
        one.share = share;
      });
    try {
      const kept = await putDocument(props.space, props.company, wish, intent, tell, stop.signal);
      drop(key);
      toast({ text: t.added(kept.name) });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return drop(key);
      edit(key, (one) => {
        one.why = explain(error);
        one.again = true;
      });
    }
  };
  const take = (files: Iterable<File>) => {
    for (const file of files) {
      const why = faultOf(file);
      const key = crypto.randomUUID();
      const item = { key, file, intent: newIntent(), stop: new AbortController(), share: 0, why, again: false };
      setItems((all) => [...all, item]);
      if (why === undefined) waiting.push(key);
    }
    next();
  };
  const again = (key: string) => {
    edit(key, (one) => {
      one.why = undefined;
      one.share = 0;
    });
    waiting.push(key);
    next();
  };
  return (
    <div class="flex flex-col gap-2">
      <DropZone label={t.add} accept={fileEndings.join(",")} multiple onFiles={take}>
        <span>
          {t.drop} <span class="y-link">{t.choose}</span>
        </span>
      </DropZone>
      <p class="text-xs text-fg-3">{t.hint(fileEndings.map((one) => one.slice(1)).join(" "), megabytes)}</p>
      <Show when={items.length > 0}>
        <ul class="flex flex-col" aria-live="polite">
          <For each={items}>
            {(item) => (
              <li class="border-t border-line py-2 first:border-0">
                <Show
                  when={item.why}
                  fallback={
                    <div class="flex items-center gap-3">
                      <span class="min-w-0 flex-1">
                        <span class="block truncate text-xs">
                          {t.sending(item.file.name, Math.floor(item.share * 100))}
                        </span>
                        <progress
                          class="block h-1 w-full accent-brand"
                          max={1}
                          value={item.share}
                          aria-label={t.progress(item.file.name)}
                        />
                      </span>
                      <TextButton onClick={() => item.stop.abort()}>{t.stop}</TextButton>
                    </div>
                  }
                >
                  {(why) => (
                    <div class="flex items-start gap-2" role="alert">
                      <span class="pt-0.5">
                        <StatusMark shape="octagon" tone="bad" />
                      </span>
                      <span class="min-w-0 flex-1 text-pretty break-words">{t.failed(item.file.name, why())}</span>
                      <Show when={item.again}>
                        <Button size="sm" onClick={() => again(item.key)}>
                          {t.again}
                        </Button>
                      </Show>
                      <TextButton onClick={() => drop(item.key)}>{t.forget}</TextButton>
                    </div>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
