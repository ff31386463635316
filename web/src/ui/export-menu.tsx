import { createSignal, Show } from "solid-js";
import { type Cell, csvOf } from "../csv.ts";
import { dictionary } from "../i18n.ts";
import { saveBlob, saveText } from "../save.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import { toast } from "./toast.tsx";

const words = dictionary({
  zh: {
    export: "导出",
    busy: (rows: number) => (rows === 0 ? "正在导出" : `正在导出 ${rows.toLocaleString("en")} 行`),
    excel: "Excel（.xlsx）",
    csv: "CSV",
    none: "没有可导出的行",
    failed: "没有导出：没有读到全部数据，再试一次",
    done: (rows: number) => `已导出 ${rows} 行`,
  },
  en: {
    export: "Export",
    busy: (rows: number) => (rows === 0 ? "Exporting" : `Exporting, ${rows.toLocaleString("en")} rows`),
    excel: "Excel (.xlsx)",
    csv: "CSV",
    none: "There is nothing to export",
    failed: "Not exported: the data could not be read whole. Try again",
    done: (rows: number) => `${rows} rows exported`,
  },
});

/** Hands out all rows of a list as Excel or CSV, the first one its head; `rows` reads them when asked, all pages of them, and tells how many it has so far. */
export function ExportMenu(props: {
  name: string;
  rows: (progress: (rows: number) => void) => Promise<Cell[][]> | Cell[][];
  small?: boolean;
  /** What is handed out, when it is not the list on the page. */
  label?: string;
  /** Of what, for those who do not see what it stands beside. */
  about?: string;
  disabled?: boolean;
}) {
  const t = words();
  const [busy, setBusy] = createSignal(false);
  const [read, setRead] = createSignal(0);
  const label = () => props.label ?? t.export;
  const run = async (as: "xlsx" | "csv") => {
    if (busy()) return;
    setRead(0);
    setBusy(true);
    try {
      const rows = await props.rows(setRead);
      if (rows.length < 2) return toast({ tone: "info", text: t.none });
      if (as === "csv") saveText(`${props.name}.csv`, csvOf(rows));
      else saveBlob(`${props.name}.xlsx`, await (await import("../workbook.ts")).workbookOf(rows));
      toast({ text: t.done(rows.length - 1) });
    } catch {
      toast({ tone: "bad", text: t.failed });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      label={label()}
      class={props.small ? "y-btn y-btn-text y-btn-sm" : "y-btn y-btn-text"}
      trigger={
        <>
          <Icon name="download" /> <span aria-live="polite">{busy() ? t.busy(read()) : label()}</span>
          <Show when={props.about}>{(about) => <span class="y-hidden">{about()}</span>}</Show>
        </>
      }
      items={[
        { key: "xlsx", label: t.excel, disabled: props.disabled === true, run: () => void run("xlsx") },
        { key: "csv", label: t.csv, disabled: props.disabled === true, run: () => void run("csv") },
      ]}
    />
  );
}
