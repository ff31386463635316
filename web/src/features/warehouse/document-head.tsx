import { type JSX, Show } from "solid-js";
import { Status, type StatusName } from "../../ui/status.tsx";

/** The head of a document beside its list: what it is, its number and where it stands, one line of facts, and what else is told of it. */
export function DocumentHead(props: {
  what: string;
  number: string;
  mark: StatusName;
  state: string;
  facts: JSX.Element;
  children?: JSX.Element;
}) {
  return (
    <header class="border-b border-line px-4 py-4">
      <div class="flex flex-wrap items-center gap-3">
        <h2 class="text-md">
          {props.what} <span class="font-mono">{props.number}</span>
        </h2>
        <Status is={props.mark} text={props.state} />
      </div>
      <p class="mt-1 text-xs text-fg-2">{props.facts}</p>
      {props.children}
    </header>
  );
}

/** The goods of a document's line by their name, how many they are in packs, and what else is told of them, each on a line of its own. */
export function LineGoods(props: { name: string; packed: string | undefined; children?: JSX.Element }) {
  return (
    <span class="flex min-w-0 flex-col">
      <span class="truncate">{props.name}</span>
      <Show when={props.packed}>{(told) => <span class="truncate text-xs text-fg-2 tabular-nums">{told()}</span>}</Show>
      {props.children}
    </span>
  );
}
