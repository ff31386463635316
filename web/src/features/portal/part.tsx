import { type JSX, Show } from "solid-js";
import { Problem } from "../../problem.ts";
import type { Asked } from "../../query.ts";

/** Whether the company has no right to see what was asked, so that its part is not drawn. */
export const isUnseen = (asked: Pick<Asked<unknown>, "error">): boolean =>
  asked.error instanceof Problem && (asked.error.status === 403 || asked.error.status === 404);

/** A part of the home with its head. */
export function Part(props: { title: string; note?: JSX.Element; actions?: JSX.Element; children: JSX.Element }) {
  return (
    <section class="border-b border-line" aria-label={props.title}>
      <header class="flex min-h-12 flex-wrap items-center gap-x-2 gap-y-2 border-b border-line px-4 py-2">
        <h2 class="text-md">{props.title}</h2>
        <span class="min-w-max flex-1 text-xs text-fg-3">{props.note}</span>
        {props.actions}
      </header>
      {props.children}
    </section>
  );
}

/** A line of words where there is nothing to show. */
export function Quiet(props: { children: JSX.Element; more?: JSX.Element }) {
  return (
    <p class="flex flex-wrap items-center gap-x-3 px-4 py-3 text-fg-2">
      {props.children}
      <Show when={props.more}>{props.more}</Show>
    </p>
  );
}
