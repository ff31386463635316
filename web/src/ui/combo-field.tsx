import { Combobox as Ark, createListCollection } from "@ark-ui/solid/combobox";
import { createEffect, createMemo, createSignal, For, on, Show } from "solid-js";
import { Portal } from "solid-js/web";
import { dictionary } from "../i18n.ts";
import { described, FieldFrame, type FieldProps, steady } from "./field.tsx";
import { Icon } from "./icon.tsx";

const words = dictionary({
  zh: { none: "没有匹配的", open: "展开列表" },
  en: { none: "No match", open: "Open list" },
});

export interface ComboOption {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
  /** Other words it is found by: pinyin initials, codes. */
  readonly search?: string;
}

/** One of many, found by typing name, pinyin initials or code; `onSearch` lets the caller look further. */
export function ComboField(
  given: FieldProps<string> & {
    options: readonly ComboOption[];
    placeholder?: string;
    onSearch?: (text: string) => void;
  },
) {
  const props = steady(given);
  const t = words();
  const about = described(props);
  const chosen = () => props.options.find((option) => option.value === props.bind.value());
  const [text, setText] = createSignal(chosen()?.label ?? "");
  const [typing, setTyping] = createSignal(false);
  let control: HTMLDivElement | undefined;
  /** Where the list is drawn: in the dialog that the field stands in, since all outside an open one is hidden from assistive tech. */
  const [layer, setLayer] = createSignal<HTMLElement | undefined>();
  // Its first run too: the options may come while the page waits for them and effects stand still. A memo: other options do not wipe what is typed.
  const label = createMemo(() => chosen()?.label ?? "");
  createEffect(on(label, (now) => setText(now)));
  const matching = createMemo(() => {
    const wanted = text().trim().toLowerCase();
    if (!typing() || wanted === "") return props.options;
    return props.options.filter((option) =>
      `${option.label} ${option.search ?? ""} ${option.note ?? ""}`.toLowerCase().includes(wanted),
    );
  });
  const collection = createMemo(() => createListCollection({ items: [...matching()] }));
  return (
    <FieldFrame {...props}>
      <Ark.Root
        collection={collection()}
        ids={{ input: props.bind.id }}
        value={props.bind.value() === "" ? [] : [props.bind.value()]}
        inputValue={text()}
        disabled={props.disabled ?? false}
        openOnClick
        positioning={{ sameWidth: true, gutter: 4 }}
        onInputValueChange={(change) => {
          setText(change.inputValue);
          if (change.reason === "input-change") {
            setTyping(true);
            props.onSearch?.(change.inputValue);
          }
        }}
        onValueChange={(change) => {
          setTyping(false);
          props.bind.set(change.value[0] ?? "");
        }}
        onOpenChange={(change) => {
          if (change.open) {
            setLayer(control?.closest<HTMLElement>("[role=dialog], [role=alertdialog]") ?? document.body);
            return;
          }
          setTyping(false);
          setText(chosen()?.label ?? "");
          props.bind.blur?.();
        }}
        lazyMount
        unmountOnExit
      >
        <Ark.Control
          ref={control}
          class={`y-input y-input-${props.size ?? "md"}${about.fault() ? " y-input-bad" : ""}`}
        >
          <Ark.Input {...about.input} aria-label={props.label} placeholder={props.placeholder} autocomplete="off" />
          <Show when={props.aside}>
            <span class="y-aside">{props.aside}</span>
          </Show>
          <Ark.Trigger aria-label={t.open}>
            <Icon name="down" size={14} />
          </Ark.Trigger>
        </Ark.Control>
        <Show when={layer()}>
          {(mount) => (
            <Portal mount={mount()}>
              <Ark.Positioner class="y-popover-place">
                <Ark.Content class="y-combo-list">
                  <For each={matching()} fallback={<p class="y-combo-none">{t.none}</p>}>
                    {(option) => (
                      <Ark.Item item={option} class="y-combo-item">
                        <Ark.ItemText class="min-w-0 flex-1">{option.label}</Ark.ItemText>
                        <Show when={option.note}>
                          <span class="text-xs text-fg-3">{option.note}</span>
                        </Show>
                      </Ark.Item>
                    )}
                  </For>
                </Ark.Content>
              </Ark.Positioner>
            </Portal>
          )}
        </Show>
      </Ark.Root>
    </FieldFrame>
  );
}
