import { createSignal, For, onCleanup, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";
import { StatusMark } from "./status.tsx";

const words = dictionary({
  zh: { undo: "撤销", close: "关闭", left: (s: number) => `${s} 秒`, region: "提示" },
  en: { undo: "Undo", close: "Close", left: (s: number) => `${s} s`, region: "Notices" },
});

export interface Toast {
  readonly text: string;
  readonly strong?: string;
  readonly tone?: "good" | "info" | "bad";
  /** Takes back what was just done; offered for 8 seconds. */
  readonly undo?: () => void;
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Shown extends Toast {
  readonly id: number;
}

const undoSeconds = 8;
const [shown, setShown] = createSignal<readonly Shown[]>([]);
let next = 1;

const drop = (id: number): void => {
  setShown((all) => all.filter((one) => one.id !== id));
};

/** Says that something is done and can be undone; failures stay until closed. */
export function toast(given: Toast): void {
  const id = next++;
  setShown((all) => [...all.slice(-2), { ...given, id }]);
}

function One(props: { toast: Shown }) {
  const t = words();
  const [left, setLeft] = createSignal(undoSeconds);
  let held = false;
  const timer = setInterval(() => {
    if (held || props.toast.tone === "bad") return;
    if (left() <= 1) drop(props.toast.id);
    else setLeft(left() - 1);
  }, 1000);
  onCleanup(() => clearInterval(timer));
  const mark = () => (props.toast.tone === "bad" ? "octagon" : props.toast.tone === "info" ? "dot" : "disc");
  const tone = () => (props.toast.tone === "info" ? "brand" : (props.toast.tone ?? "good"));
  const hold = (value: boolean) => () => {
    held = value;
  };
  return (
    <li
      class="y-toast"
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      <StatusMark shape={mark()} tone={tone()} size={16} />
      <span class="min-w-0 flex-1" role={props.toast.tone === "bad" ? "alert" : undefined}>
        <Show when={props.toast.strong}>
          <b>{props.toast.strong}</b>
        </Show>
        {props.toast.text}
      </span>
      <Show when={props.toast.undo}>
        {(undo) => (
          <>
            <button
              type="button"
              class="y-link"
              onClick={() => {
                undo()();
                drop(props.toast.id);
              }}
            >
              {t.undo}
            </button>
            <span class="text-xs text-fg-3">{t.left(left())}</span>
          </>
        )}
      </Show>
      <Show when={props.toast.action}>
        {(action) => (
          <button
            type="button"
            class="y-link"
            onClick={() => {
              action().run();
              drop(props.toast.id);
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <Show when={!props.toast.undo}>
        <IconButton icon="close" size="sm" label={t.close} onClick={() => drop(props.toast.id)} />
      </Show>
    </li>
  );
}

/** Where toasts appear; the shells hold one. */
export function Toasts() {
  const t = words();
  return (
    <section class="y-toasts" aria-label={t.region} aria-live="polite">
      <ol>
        <For each={shown()}>{(one) => <One toast={one} />}</For>
      </ol>
    </section>
  );
}
