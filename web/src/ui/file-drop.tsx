import { createSignal, createUniqueId, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { Icon } from "./icon.tsx";

const words = dictionary({
  zh: {
    drop: "把文件拖到这里，或者",
    choose: "选一个文件",
    chosen: (name: string, kb: number) => `${name}，${kb} KB`,
    other: "换一个文件",
    tooBig: "文件超过 1 MB，分几份导入",
  },
  en: {
    drop: "Drop a file here, or",
    choose: "choose one",
    chosen: (name: string, kb: number) => `${name}, ${kb} KB`,
    other: "Choose another",
    tooBig: "The file is over 1 MB. Import it in parts",
  },
});

const most = 1024 * 1024;

/** Reads a text file as UTF-8, or as GB 18030 when it is not UTF-8: what Excel in Chinese saves. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Takes one text file (CSV, up to 1 MB) by drop or choice and hands on its name and text. */
export function FileDrop(props: {
  label: string;
  accept?: string;
  hint?: JSX.Element;
  onText: (text: string, name: string) => void;
}) {
  const t = words();
  const id = createUniqueId();
  const [over, setOver] = createSignal(false);
  const [file, setFile] = createSignal<File | undefined>();
  const [fault, setFault] = createSignal<string | undefined>();
  const take = async (given: File | undefined) => {
    if (!given) return;
    setFile(given);
    setFault(given.size > most ? t.tooBig : undefined);
    if (given.size <= most) props.onText(await textOf(given), given.name);
  };
  return (
    <div class="y-field">
      <span class="y-label">{props.label}</span>
      <label
        class="y-drop"
        classList={{ "y-drop-over": over() }}
        for={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <Icon name="upload" size={20} />
        <Show
          when={file()}
          fallback={
            <span>
              {t.drop} <span class="y-link">{t.choose}</span>
            </span>
          }
        >
          {(now) => (
            <span>
              {t.chosen(now().name, Math.ceil(now().size / 1024))} <span class="y-link">{t.other}</span>
            </span>
          )}
        </Show>
        <input
          id={id}
          class="y-hidden"
          type="file"
          aria-label={props.label}
          accept={props.accept ?? ".csv,text/csv,text/plain"}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
      <Show
        when={fault()}
        fallback={
          <Show when={props.hint}>
            <p class="y-hint">{props.hint}</p>
          </Show>
        }
      >
        {(text) => (
          <p class="y-fault" role="alert">
            {text()}
          </p>
        )}
      </Show>
    </div>
  );
}
