import { Show } from "solid-js";
import { LanguageSwitch, ThemeSwitch } from "./shell-parts.tsx";

/** The head of a page for people who are not signed in: whose page it is, with its logo where it has one. */
export function PublicHead(props: { name: string | undefined; logo: string | undefined }) {
  return (
    <header class="flex min-h-14 items-center gap-2 border-b border-line px-4">
      <Show when={props.logo}>
        {(src) => <img src={src()} alt="" class="h-8 max-w-32 object-contain object-left" />}
      </Show>
      <b class="min-w-0 flex-1 truncate text-md">{props.name}</b>
      <ThemeSwitch />
      <LanguageSwitch />
    </header>
  );
}
