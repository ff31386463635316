import { type JSX, Match, Show, Switch } from "solid-js";
import { dictionary } from "../i18n.ts";
import type { Asked } from "../query.ts";
import { ErrorState, Loading } from "./feedback.tsx";
import { Status } from "./status.tsx";

const words = dictionary({
  zh: {
    still: "页面其他部分照常可用。",
    behind: (at: string) => `${at} 的数据`,
    why: "刚才没有读到新的，还在自动重试。",
  },
  en: {
    still: "The rest of this page works.",
    behind: (at: string) => `As of ${at}`,
    why: "The latest did not load. It is tried again by itself.",
  },
});

/**
 * One part of a page: what it asked, the layout until that is there, or that this part could not be read, why, and a retry. Its neighbours
 * stay as they are.
 */
export function Reading<Value>(props: {
  asked: Pick<Asked<Value>, "data" | "error" | "isError" | "refetch">;
  /** Which part was not read, as a sentence. */
  failed: string;
  /** What still works; the rest of the page unless told. */
  still?: string;
  rows?: number;
  /** Heads the part while it has nothing else to show. */
  title?: string;
  children: (value: () => Value) => JSX.Element;
}) {
  const t = words();
  const head = () => (
    <Show when={props.title}>
      {(title) => (
        <header class="y-pane-head">
          <h2>{title()}</h2>
        </header>
      )}
    </Show>
  );
  return (
    <Switch
      fallback={
        <>
          {head()}
          <Loading rows={props.rows ?? 3} />
        </>
      }
    >
      <Match when={props.asked.data !== undefined}>{props.children(() => props.asked.data as Value)}</Match>
      <Match when={props.asked.isError}>
        {head()}
        <div class="p-4">
          <ErrorState
            title={props.failed}
            still={props.still ?? t.still}
            problem={props.asked.error}
            onRetry={() => props.asked.refetch()}
          />
        </div>
      </Match>
    </Switch>
  );
}

/** From when what is shown is, while asking again fails; nothing as long as it is fresh. */
export function Behind(props: { asked: Pick<Asked<unknown>, "behind"> }) {
  const t = words();
  const at = () =>
    props.asked.behind &&
    `${String(props.asked.behind.getHours()).padStart(2, "0")}:${String(props.asked.behind.getMinutes()).padStart(2, "0")}`;
  return (
    <Show when={at()}>
      {(time) => (
        <span title={t.why}>
          <Status is="mismatch" text={t.behind(time())} />
        </span>
      )}
    </Show>
  );
}
