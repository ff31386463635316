import type { JSX } from "solid-js";
import { offlineSince } from "../../api.ts";
import { OfflineBar } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { SignInShell } from "../../ui/shell-plain.tsx";
import { entryWords } from "./words.ts";

/** What every page before a space shares: the drawing, the offline bar, the foot. */
export function EntryFrame(props: { title: string; note?: JSX.Element; children: JSX.Element }) {
  const t = entryWords();
  return (
    <SignInShell
      foot={
        <span class="inline-flex items-center gap-1">
          <Icon name="shield" size={14} />
          {t.inCountry}
        </span>
      }
    >
      <OfflineBar since={offlineSince()} />
      <h1 class="text-xl">{props.title}</h1>
      <p class="mt-1 mb-6 text-pretty text-fg-2">{props.note}</p>
      {props.children}
    </SignInShell>
  );
}
