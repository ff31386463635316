import { Menu as Ark } from "@ark-ui/solid/menu";
import { For, type JSX, Show } from "solid-js";
import { Portal } from "solid-js/web";
import { Icon, type IconName } from "./icon.tsx";

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly note?: string;
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly current?: boolean;
  readonly run: () => void;
}

/** A button that opens a list of acts; `trigger` is the inside of the button and must hold its name as text. */
export function Menu(props: {
  label: string;
  trigger: JSX.Element;
  items: readonly MenuItem[];
  class?: string;
  head?: JSX.Element;
}) {
  return (
    <Ark.Root positioning={{ placement: "bottom-start", gutter: 4 }} lazyMount unmountOnExit>
      <Ark.Trigger class={props.class ?? "y-btn y-btn-outline"}>{props.trigger}</Ark.Trigger>
      <Portal>
        <Ark.Positioner class="y-popover-place">
          <Ark.Content class="y-menu" aria-label={props.label}>
            <Show when={props.head}>
              <div class="border-b border-line px-3 py-2">{props.head}</div>
            </Show>
            <For each={props.items}>
              {(item) => (
                <Ark.Item
                  value={item.key}
                  class="y-menu-item"
                  disabled={item.disabled ?? false}
                  data-danger={item.danger ? "" : undefined}
                  data-current={item.current ? "" : undefined}
                  onSelect={() => item.run()}
                >
                  <Show when={item.icon}>{(name) => <Icon name={name()} />}</Show>
                  <span class="min-w-0 flex-1">{item.label}</span>
                  <Show when={item.note}>
                    <span class="text-xs text-fg-3">{item.note}</span>
                  </Show>
                  <Show when={item.current}>
                    <Icon name="check" size={14} />
                  </Show>
                </Ark.Item>
              )}
            </For>
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
