import { createSignal, Show } from "solid-js";
import { Button } from "./button.tsx";
import { Note } from "./feedback.tsx";

type Words = { readonly lost: string; readonly secretNote: string; readonly copy: string; readonly copied: string };

/** A secret that is shown this once, to be copied; `lost` is said where the answer came again without it. */
export function SecretOnce(props: { secret: string | null | undefined; words: Words; after: string }) {
  const [copied, setCopied] = createSignal(false);
  return (
    <Show when={props.secret} fallback={<Note tone="warn">{props.words.lost}</Note>}>
      {(secret) => (
        <div class="flex flex-col gap-4">
          <Note tone="warn">{props.words.secretNote}</Note>
          <code class="border border-line bg-sunken p-3 font-mono text-sm break-all">{secret()}</code>
          <span>
            <Button
              icon="copy"
              onClick={() => void navigator.clipboard.writeText(secret()).then(() => setCopied(true))}
            >
              {copied() ? props.words.copied : props.words.copy}
            </Button>
          </span>
          <p class="text-xs text-pretty text-fg-2">{props.after}</p>
        </div>
      )}
    </Show>
  );
}
