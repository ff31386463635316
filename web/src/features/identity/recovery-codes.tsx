import { createSignal, For } from "solid-js";
import { saveText } from "../../save.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { accountWords } from "./account-words.ts";

/** A fresh set of recovery codes (恢复码), shown this once: to copy, to download, to write down. */
export function RecoveryCodes(props: { codes: readonly string[]; email: string }) {
  const t = accountWords();
  const [copied, setCopied] = createSignal(false);
  const text = () => `${t.fileHead(props.email)}\n\n${props.codes.join("\n")}\n`;
  const download = () => saveText(t.fileName, text(), "text/plain;charset=utf-8");
  return (
    <div class="flex flex-col gap-4">
      <Note tone="warn">{t.recoveryNote}</Note>
      <ul class="grid grid-cols-1 gap-x-6 gap-y-1 font-mono text-md sm:grid-cols-2" aria-label={t.recovery}>
        <For each={props.codes}>{(code) => <li>{code}</li>}</For>
      </ul>
      <div class="flex flex-wrap gap-2">
        <Button icon="download" onClick={download}>
          {t.download}
        </Button>
        <Button icon="copy" onClick={() => void navigator.clipboard.writeText(text()).then(() => setCopied(true))}>
          {copied() ? t.copied : t.copy}
        </Button>
      </div>
    </div>
  );
}
