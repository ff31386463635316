import { Dialog as Ark } from "@ark-ui/solid/dialog";
import { type JSX, Show } from "solid-js";
import { Portal } from "solid-js/web";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";

const words = dictionary({ zh: { close: "关闭" }, en: { close: "Close" } });

interface Layer {
  open: boolean;
  onClose: () => void;
  title: JSX.Element;
  children: JSX.Element;
  /** Buttons at the foot; the right act first. */
  foot?: JSX.Element;
}

function Floating(
  props: Layer & {
    kind: "dialog" | "drawer" | "sheet";
    alert?: boolean;
    head?: JSX.Element;
    width?: number | undefined;
  },
) {
  const t = words();
  let body: HTMLDivElement | undefined;
  // A form opens on its first field, not on the way out.
  const first = () => body?.querySelector<HTMLElement>("form :is(input, select, textarea):not([type=hidden])") ?? null;
  return (
    <Ark.Root
      open={props.open}
      onOpenChange={(change) => {
        if (!change.open) props.onClose();
      }}
      role={props.alert ? "alertdialog" : "dialog"}
      closeOnInteractOutside={!props.alert}
      {...(props.alert ? {} : { initialFocusEl: first })}
      lazyMount
      unmountOnExit
    >
      <Portal>
        <Ark.Backdrop class={`y-scrim y-scrim-${props.kind}`} />
        <Ark.Positioner class={`y-place-${props.kind}`}>
          <Ark.Content class={`y-${props.kind}`} style={props.width ? { "max-width": `${props.width}px` } : {}}>
            <header class="y-float-head">
              <Show when={props.kind === "sheet"}>
                <i class="y-grab" />
              </Show>
              <Ark.Title class="min-w-0 flex-1 text-md font-strong">{props.title}</Ark.Title>
              {props.head}
              <Show when={props.kind !== "dialog"}>
                <IconButton icon="close" label={t.close} onClick={() => props.onClose()} />
              </Show>
            </header>
            <div
              class="y-float-body"
              ref={(element) => {
                body = element;
              }}
            >
              {props.children}
            </div>
            <Show when={props.foot}>
              <footer class="y-float-foot">{props.foot}</footer>
            </Show>
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}

/** Only for what cannot be undone or hurts others: lists what will happen to whom; its button repeats the verb. */
export function Dialog(props: Layer) {
  return <Floating {...props} kind="dialog" alert />;
}

/** One thing to look at or edit beside the list it came from (480–520 px). */
export function Drawer(props: Layer & { head?: JSX.Element; width?: number }) {
  return <Floating {...props} kind="drawer" />;
}

/** The phone's pane and dialog: its main button sits in reach of the thumb. */
export function Sheet(props: Layer) {
  return <Floating {...props} kind="sheet" />;
}
