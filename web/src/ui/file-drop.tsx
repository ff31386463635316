import { createSignal, createUniqueId, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import type { WorkbookFault } from "../workbook-error.ts";
import { Icon } from "./icon.tsx";

const words = dictionary({
  zh: {
    drop: "把文件拖到这里，或者",
    choose: "选一个文件",
    chosen: (name: string, kb: number) => `${name}，${kb} KB`,
    other: "换一个文件",
    tooBig: "文件超过 1 MB，分几份导入",
    "workbook.large": "这个 Excel 文件解开后太大，分几份导入",
    "workbook.broken": "这不是能读的 Excel 文件（.xlsx）。旧的 .xls 请另存为 .xlsx 或 CSV",
    "workbook.empty": "Excel 的第一张表是空的",
  },
  en: {
    drop: "Drop a file here, or",
    choose: "choose one",
    chosen: (name: string, kb: number) => `${name}, ${kb} KB`,
    other: "Choose another",
    tooBig: "The file is over 1 MB. Import it in parts",
    "workbook.large": "This workbook is too large once unpacked. Import it in parts",
    "workbook.broken": "This is no Excel workbook (.xlsx) that can be read. Save an old .xls as .xlsx or CSV",
    "workbook.empty": "The workbook's first sheet is empty",
  },
});

const most = 1024 * 1024;

/** Reads a text file as UTF-8, or as GB 18030 when it is not UTF-8: what Excel in Chinese saves; of a workbook its first sheet as CSV. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  if (/\.xlsx?$/i.test(file.name)) return (await import("../workbook.ts")).csvOfWorkbook(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Where files are dropped or chosen; what stands in it says so. Two kinds of files use it: tables that are read here, and documents that are sent. */
export function DropZone(props: {
  label: string;
  accept: string;
  multiple?: boolean;
  onFiles: (files: readonly File[]) => void;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  const [over, setOver] = createSignal(false);
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0) props.onFiles(props.multiple ? files : files.slice(0, 1));
  };
  return (
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
        take(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" size={20} />
      {props.children}
      <input
        id={id}
        class="y-hidden"
        type="file"
        multiple={props.multiple === true}
        aria-label={props.label}
        accept={props.accept}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

/** Takes one table (CSV or Excel, up to 1 MB) by drop or choice and hands on its name and text. */
export function FileDrop(props: {
  label: string;
  accept?: string;
  hint?: JSX.Element;
  onText: (text: string, name: string) => void;
}) {
  const t = words();
  const [file, setFile] = createSignal<File | undefined>();
  const [fault, setFault] = createSignal<string | undefined>();
  const take = async (given: File | undefined) => {
    if (!given) return;
    setFile(given);
    setFault(given.size > most ? t.tooBig : undefined);
    if (given.size > most) return;
    try {
      props.onText(await textOf(given), given.name);
    } catch (error) {
      const { fault } = error as { fault?: WorkbookFault };
      setFault(fault ? t[fault] : t["workbook.broken"]);
    }
  };
  return (
    <div class="y-field">
      <span class="y-label">{props.label}</span>
      <DropZone
        label={props.label}
        accept={props.accept ?? ".csv,.xlsx,text/csv,text/plain"}
        onFiles={([given]) => void take(given)}
      >
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
      </DropZone>
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
