import { type JSX, Match, Show, Switch } from "solid-js";
import { Problem } from "../../problem.ts";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import type { Asked } from "./data.ts";
import { portalWords } from "./words.ts";

/** Whether the company has no right to see what was asked, so that its part is not drawn. */
export const isUnseen = (asked: Asked<unknown>): boolean =>
  asked.error instanceof Problem && (asked.error.status === 403 || asked.error.status === 404);

/** A part of the home with its head. */
export function Part(props: { title: string; note?: JSX.Element; actions?: JSX.Element; children: JSX.Element }) {
  return (
    <section class="border-b border-line" aria-label={props.title}>
      <header class="flex min-h-12 flex-wrap items-center gap-x-2 gap-y-2 border-b border-line px-4 py-2 desk:px-6">
        <h2 class="text-md">{props.title}</h2>
        <span class="min-w-max flex-1 text-xs text-fg-3">{props.note}</span>
        {props.actions}
      </header>
      {props.children}
    </section>
  );
}

/** A part's inside: its data, or that it is being read, or which part could not be and that the rest works. */
export function Reading<Value>(props: {
  asked: Asked<Value>;
  failed: string;
  rows?: number;
  children: (value: () => Value) => JSX.Element;
}) {
  const t = portalWords();
  return (
    <Switch fallback={<Loading rows={props.rows ?? 3} />}>
      <Match when={props.asked.data !== undefined}>{props.children(() => props.asked.data as Value)}</Match>
      <Match when={props.asked.failed}>
        <div class="p-4">
          <ErrorState
            title={props.failed}
            still={t.still}
            problem={props.asked.error}
            onRetry={() => void props.asked.refetch()}
          />
        </div>
      </Match>
    </Switch>
  );
}

/** A line of words where there is nothing to show. */
export function Quiet(props: { children: JSX.Element; more?: JSX.Element }) {
  return (
    <p class="flex flex-wrap items-center gap-x-3 px-4 py-3 text-fg-2 desk:px-6">
      {props.children}
      <Show when={props.more}>{props.more}</Show>
    </p>
  );
}
