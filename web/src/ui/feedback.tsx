import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, Show } from "solid-js";
import { dictionary, lang } from "../i18n.ts";
import { Problem } from "../problem.ts";
import { explain } from "../refusals.ts";
import { Button } from "./button.tsx";
import { StatusMark, type StatusShape, type Tone } from "./status.tsx";

const words = dictionary({
  zh: {
    retry: "再试一次",
    copy: "复制错误编号",
    copied: "已复制",
    offline: "离线",
    since: (at: string) => `${at} 起，显示的是断开前的数据`,
    reconnect: "立即重连",
    loading: "正在读取",
  },
  en: {
    retry: "Try again",
    copy: "Copy error code",
    copied: "Copied",
    offline: "Offline",
    since: (at: string) => `Since ${at}. You see what was loaded before`,
    reconnect: "Reconnect",
    loading: "Loading",
  },
});

type NoteTone = "info" | "warn" | "bad" | "good" | "plain";
const noteMark: Readonly<Record<NoteTone, readonly [StatusShape, Tone]>> = {
  info: ["info", "info"],
  warn: ["triangle", "warn"],
  bad: ["octagon", "bad"],
  good: ["disc", "good"],
  plain: ["info", "neutral"],
};

/** A remark that stands in the page: what is so, what it affects, what to do. `alert` speaks it at once. */
export function Note(props: {
  tone?: NoteTone;
  title?: JSX.Element;
  children?: JSX.Element;
  actions?: JSX.Element;
  alert?: boolean;
  shape?: StatusShape;
}) {
  const mark = () => noteMark[props.tone ?? "plain"];
  return (
    <div class={`y-note y-note-${props.tone ?? "plain"}`} role={props.alert ? "alert" : undefined}>
      <StatusMark shape={props.shape ?? mark()[0]} tone={mark()[1]} />
      <div class="min-w-0 flex-1">
        <Show when={props.title}>
          <b class="text-fg">{props.title}</b>
        </Show>
        <div>{props.children}</div>
        <Show when={props.actions}>
          <div class="mt-2 flex flex-wrap items-center gap-2">{props.actions}</div>
        </Show>
      </div>
    </div>
  );
}

/** A lasting condition across the top of a page or pane, with one way out. */
export function Bar(props: {
  tone: "info" | "warn" | "bad";
  shape?: StatusShape;
  title: JSX.Element;
  children?: JSX.Element;
  action?: JSX.Element;
}) {
  return (
    <div class={`y-bar y-bar-${props.tone}`} role="status">
      <StatusMark shape={props.shape ?? noteMark[props.tone][0]} tone={props.tone} />
      <b class={`y-tone-${props.tone}`}>{props.title}</b>
      <span class="min-w-0 flex-1">{props.children}</span>
      {props.action}
    </div>
  );
}

/** The bar while this device has no answer from the server. */
export function OfflineBar(props: { since: Date | undefined; onRetry?: () => void; note?: JSX.Element }) {
  const t = words();
  const at = () =>
    props.since &&
    `${String(props.since.getHours()).padStart(2, "0")}:${String(props.since.getMinutes()).padStart(2, "0")}`;
  return (
    <Show when={at()}>
      {(time) => (
        <Bar
          tone="warn"
          shape="cloud"
          title={t.offline}
          action={
            <Show when={props.onRetry}>
              {(retry) => (
                <button type="button" class="y-link" onClick={() => retry()()}>
                  {t.reconnect}
                </button>
              )}
            </Show>
          }
        >
          {props.note ?? t.since(time())}
        </Bar>
      )}
    </Show>
  );
}

/** A value that someone else may change: it flashes once when it does, and can show what it was. */
export function Flash(props: { value: string; was?: string | undefined; note?: JSX.Element }) {
  const [fresh, setFresh] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const value = createMemo(() => props.value);
  createEffect(
    on(
      value,
      () => {
        setFresh(true);
        clearTimeout(timer);
        timer = setTimeout(() => setFresh(false), 1200);
      },
      { defer: true },
    ),
  );
  return (
    <span class="inline-flex items-center gap-2" aria-live="polite">
      <Show when={props.was !== undefined && props.was !== props.value}>
        <s class="text-fg-3">{props.was}</s>
      </Show>
      <b
        class="y-flash"
        classList={{ "y-flash-on": fresh() || (props.was !== undefined && props.was !== props.value) }}
      >
        {props.value}
      </b>
      <Show when={props.note}>
        <span class="text-xs text-fg-3">{props.note}</span>
      </Show>
    </span>
  );
}

/** Nothing yet: what this place is for and one start. */
export function EmptyState(props: {
  title: string;
  children?: JSX.Element;
  actions?: JSX.Element;
  more?: JSX.Element;
  art?: boolean;
}) {
  return (
    <div class="y-empty">
      <Show when={props.art !== false}>
        <svg width="166" height="88" viewBox="0 0 166 88" aria-hidden="true">
          <For each={[0, 1, 2]}>
            {(row) => (
              <For each={[0, 1, 2, 3, 4, 5]}>
                {(column) => (
                  <Show when={!(row === 1 && column === 3)}>
                    <rect
                      x={4 + column * 27}
                      y={4 + row * 27}
                      width="23"
                      height="19"
                      fill="var(--color-sunken)"
                      stroke="var(--color-line)"
                    />
                  </Show>
                )}
              </For>
            )}
          </For>
          <path d="M1.5 0v84M164.5 0v84M1 84h164" fill="none" stroke="var(--color-line-control)" stroke-width="1.5" />
          <path
            d="M85 31h23v19H85z"
            fill="none"
            stroke="var(--color-brand)"
            stroke-width="1.5"
            stroke-dasharray="3 2"
          />
          <path d="M96.5 35.5v10M91.5 40.5h10" stroke="var(--color-brand)" stroke-width="1.5" />
        </svg>
      </Show>
      <h3 class="text-md">{props.title}</h3>
      <Show when={props.children}>
        <p class="max-w-80 text-balance text-fg-2">{props.children}</p>
      </Show>
      <Show when={props.actions}>
        <div class="mt-2 flex flex-wrap justify-center gap-2">{props.actions}</div>
      </Show>
      <Show when={props.more}>
        <div class="mt-1 text-xs text-fg-3">{props.more}</div>
      </Show>
    </div>
  );
}

/** Nothing under this filter: names the filter and clears it. */
export function NoMatch(props: { text: string; clear: string; onClear: () => void }) {
  return (
    <p class="flex items-center justify-between gap-4 px-4 py-3 text-xs text-fg-2">
      <span>{props.text}</span>
      <button type="button" class="y-link" onClick={() => props.onClear()}>
        {props.clear}
      </button>
    </p>
  );
}

/** The layout before the figures; after two seconds it says why it takes long. Never shown longer than 10 s of pulse. */
export function Loading(props: { rows?: number; slow?: string; aside?: JSX.Element }) {
  const t = words();
  const [slow, setSlow] = createSignal(false);
  const timer = setTimeout(() => setSlow(true), 2000);
  onCleanup(() => clearTimeout(timer));
  const widths = [84, 62, 46, 78, 54, 70];
  return (
    <div aria-busy="true" role="status">
      <span class="y-hidden">{t.loading}</span>
      <For each={Array.from({ length: props.rows ?? 6 })}>
        {(_, index) => (
          <div class="y-skeleton-row" style={{ opacity: Math.max(0.25, 1 - index() * 0.13) }} aria-hidden="true">
            <i class="y-skeleton" style={{ width: "18%" }} />
            <i class="y-skeleton" style={{ width: "8%" }} />
            <i class="y-skeleton" style={{ width: `${widths[index() % widths.length]! * 0.5}%` }} />
            <i class="y-skeleton ml-auto" style={{ width: "7%" }} />
          </div>
        )}
      </For>
      <Show when={slow() && props.slow}>
        <p class="flex items-center justify-between px-4 py-3 text-xs text-fg-2">
          {props.slow}
          {props.aside}
        </p>
      </Show>
    </div>
  );
}

/** A placeholder bar of a figure that is still being read. */
export function Skeleton(props: { width?: string; height?: string }) {
  return (
    <i
      class="y-skeleton inline-block"
      style={{ width: props.width ?? "4em", height: props.height ?? "12px" }}
      aria-hidden="true"
    />
  );
}

/** A sentence that another one may follow. */
const stopped = (text: string): string => (/[.。!?！？]$/.test(text) ? text : `${text}${lang() === "en" ? "." : "。"}`);

/** Which part did not load, what still works, a retry, and the code to quote. While the retry goes on its button says so. */
export function ErrorState(props: { title: string; still?: string; problem?: unknown; onRetry?: () => unknown }) {
  const t = words();
  const [copied, setCopied] = createSignal(false);
  const [trying, setTrying] = createSignal(false);
  const again = async (retry: () => unknown) => {
    setTrying(true);
    try {
      await retry();
    } finally {
      setTrying(false);
    }
  };
  const trace = () => (props.problem instanceof Problem ? (props.problem.request ?? props.problem.code) : undefined);
  return (
    <Note
      tone="bad"
      alert
      title={props.title}
      actions={
        <>
          <Show when={props.onRetry}>
            {(retry) => (
              <Button size="sm" icon="refresh" busy={trying()} onClick={() => void again(retry())}>
                {t.retry}
              </Button>
            )}
          </Show>
          <Show when={trace()}>
            {(code) => (
              <>
                <Button
                  size="sm"
                  kind="text"
                  icon="copy"
                  onClick={() => void navigator.clipboard.writeText(code()).then(() => setCopied(true))}
                >
                  {copied() ? t.copied : t.copy}
                </Button>
                <code class="ml-auto font-mono text-xs">{code()}</code>
              </>
            )}
          </Show>
        </>
      }
    >
      {[props.problem === undefined ? "" : stopped(explain(props.problem)), props.still ?? ""]
        .filter(Boolean)
        .join(lang() === "en" ? " " : "")}
    </Note>
  );
}

/** Stands in place of something that is not there yet: that it is being read, or why it could not be. */
export function Unread(props: {
  asked: { readonly isError: boolean; readonly error: unknown; readonly refetch: () => unknown };
  title: string;
  rows: number;
}) {
  return (
    <Show when={props.asked.isError} fallback={<Loading rows={props.rows} />}>
      <div class="p-4">
        <ErrorState title={props.title} problem={props.asked.error} onRetry={() => props.asked.refetch()} />
      </div>
    </Show>
  );
}

export interface Alternative {
  readonly key: string;
  readonly place: string;
  readonly title: string;
  readonly note?: string;
  readonly price?: string;
}

/** Someone was faster: what was lost, that the input is kept, and the nearest options to take instead. */
export function ConflictState(props: {
  title: string;
  children?: JSX.Element;
  order?: string;
  options: readonly Alternative[];
  chosen?: string | undefined;
  onChoose: (key: string) => void;
}) {
  return (
    <div class="flex flex-col gap-3">
      <Note tone="bad" shape="squares" alert title={props.title}>
        {props.children}
      </Note>
      <Show when={props.order}>
        <p class="px-4 text-xs text-fg-3">{props.order}</p>
      </Show>
      <ul>
        <For each={props.options}>
          {(option) => (
            <li>
              <button
                type="button"
                class="y-alternative"
                classList={{ "y-on": option.key === props.chosen }}
                aria-pressed={option.key === props.chosen}
                onClick={() => props.onChoose(option.key)}
              >
                <span class="y-plate y-plate-han" classList={{ "y-plate-brand": option.key === props.chosen }}>
                  {option.place}
                </span>
                <span class="min-w-0 flex-1 text-left">
                  <b class="block">{option.title}</b>
                  <Show when={option.note}>
                    <span class="block text-xs text-fg-2">{option.note}</span>
                  </Show>
                </span>
                <span>{option.price}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </div>
  );
}

/** What you may not see here: which role it needs and who grants it. */
export function NoRight(props: { title: string; children: JSX.Element; action?: JSX.Element }) {
  return (
    <div class="flex items-center gap-3 border-t border-line px-4 py-3">
      <svg class="y-icon" width="18" height="18" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M4.5 9h11v8h-11zM6.75 9V6.5a3.25 3.25 0 0 1 6.5 0V9" />
      </svg>
      <div class="min-w-0 flex-1">
        <b>{props.title}</b>
        <p class="text-xs text-fg-2">{props.children}</p>
      </div>
      {props.action}
    </div>
  );
}
