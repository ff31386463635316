import { Dialog as Ark } from "@ark-ui/solid/dialog";
import { createEffect, createMemo, createResource, createSignal, For, type JSX, on, Show } from "solid-js";
import { Portal } from "solid-js/web";
import { dictionary } from "../i18n.ts";
import { Kbd } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";

const words = dictionary({
  zh: {
    title: "搜索与命令",
    ask: "搜索企业、货位、账单，或输入命令",
    none: (q: string) => `没有找到“${q}”`,
    move: "选择",
    open: "打开",
    command: "命令",
    company: "企业",
    address: "货位与工位",
    bill: "账单",
    pinyin: "拼音首字母",
  },
  en: {
    title: "Search and commands",
    ask: "Search companies, bins, bills, or type a command",
    none: (q: string) => `Nothing found for “${q}”`,
    move: "Move",
    open: "Open",
    command: "Command",
    company: "Company",
    address: "Bin or desk",
    bill: "Bill",
    pinyin: "Pinyin initials",
  },
});

export interface PaletteItem {
  readonly key: string;
  readonly label: string;
  readonly note?: string;
  readonly icon?: IconName;
  readonly aside?: JSX.Element;
  readonly keys?: readonly string[];
  /** Other words it is found by: pinyin initials, codes. */
  readonly search?: string;
  readonly run: () => void;
}

export type PalettePrefix = ">" | "@" | "#" | "¥";

export interface PaletteProvider {
  readonly name: string;
  /** With this sign in front only this provider is asked. */
  readonly prefix?: PalettePrefix;
  /** Answers a query without its prefix; may look further away. */
  readonly find: (query: string) => readonly PaletteItem[] | Promise<readonly PaletteItem[]>;
}

/** Filters items that are already here by label, note and search words. */
export function matching(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const wanted = query.trim().toLowerCase();
  return wanted === ""
    ? items
    : items.filter((item) => `${item.label} ${item.note ?? ""} ${item.search ?? ""}`.toLowerCase().includes(wanted));
}

function Marked(props: { text: string; query: string }) {
  const at = () => (props.query === "" ? -1 : props.text.toLowerCase().indexOf(props.query.toLowerCase()));
  return (
    <Show when={at() >= 0} fallback={props.text}>
      {props.text.slice(0, at())}
      <mark>{props.text.slice(at(), at() + props.query.length)}</mark>
      {props.text.slice(at() + props.query.length)}
    </Show>
  );
}

/** ⌘K: one box for names, addresses, bills and commands; ↑ ↓ move, ↵ opens, a prefix narrows. */
export function CommandPalette(props: { open: boolean; onClose: () => void; providers: readonly PaletteProvider[] }) {
  const t = words();
  const [text, setText] = createSignal("");
  const [at, setAt] = createSignal(0);
  const asked = createMemo(() => {
    const prefix = props.providers.find((one) => one.prefix && text().startsWith(one.prefix))?.prefix;
    return { open: props.open, prefix, query: (prefix ? text().slice(1) : text()).trim() };
  });
  const [groups] = createResource(asked, async ({ open, prefix, query }) => {
    if (!open) return [];
    const chosen = props.providers.filter((one) => prefix === undefined || one.prefix === prefix);
    const found = await Promise.allSettled(
      chosen.map(async (one) => ({ name: one.name, items: await one.find(query) })),
    );
    return found.flatMap((one) => (one.status === "fulfilled" && one.value.items.length > 0 ? [one.value] : []));
  });
  const shown = () => groups.latest ?? [];
  const flat = createMemo(() => shown().flatMap((group) => group.items));
  createEffect(on(flat, () => setAt(0)));
  createEffect(
    on(
      () => props.open,
      () => setText(""),
    ),
  );
  const isPinyin = () =>
    /^[a-z]{2,8}$/i.test(asked().query) &&
    flat().some((item) => !item.label.toLowerCase().includes(asked().query.toLowerCase()));
  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    props.onClose();
    item.run();
  };
  const move = (by: number) => {
    setAt(Math.min(flat().length - 1, Math.max(0, at() + by)));
    document.getElementById(`y-palette-${at()}`)?.scrollIntoView({ block: "nearest" });
  };
  return (
    <Ark.Root open={props.open} onOpenChange={(change) => !change.open && props.onClose()} lazyMount unmountOnExit>
      <Portal>
        <Ark.Backdrop class="y-scrim" style={{ "z-index": "var(--z-command)" }} />
        <Ark.Positioner class="y-palette-place">
          <Ark.Content class="y-palette">
            <Ark.Title class="y-hidden">{t.title}</Ark.Title>
            <div class="y-palette-input">
              <Icon name="search" size={20} />
              <input
                type="text"
                role="combobox"
                aria-expanded={flat().length > 0}
                aria-controls="y-palette-list"
                aria-activedescendant={flat().length > 0 ? `y-palette-${at()}` : undefined}
                aria-label={t.ask}
                placeholder={t.ask}
                autocomplete="off"
                autofocus
                value={text()}
                onInput={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.isComposing) return;
                  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
                    event.preventDefault();
                    move(event.key === "ArrowDown" ? 1 : -1);
                  }
                  if (event.key === "Enter") run(flat()[at()]);
                }}
              />
              <Show when={isPinyin()}>
                <span class="y-tag">{t.pinyin}</span>
              </Show>
            </div>
            <div class="y-palette-list" id="y-palette-list" role="listbox" aria-label={t.title}>
              <For each={shown()}>
                {(group) => (
                  // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox has no element of its own
                  <div role="group" aria-label={group.name}>
                    <div class="y-palette-group" aria-hidden="true">
                      {group.name}
                    </div>
                    <For each={group.items}>
                      {(item) => {
                        const index = () => flat().indexOf(item);
                        return (
                          <div
                            id={`y-palette-${index()}`}
                            class="y-palette-item"
                            classList={{ "y-on": index() === at() }}
                            role="option"
                            tabIndex={-1}
                            aria-selected={index() === at()}
                            onPointerMove={() => setAt(index())}
                            onClick={() => run(item)}
                            onKeyDown={(event) => event.key === "Enter" && run(item)}
                          >
                            <Icon name={item.icon ?? "arrowRight"} size={18} />
                            <span class="truncate">
                              <Marked text={item.label} query={asked().query} />
                              <Show when={item.note}>
                                <span class="text-fg-3"> {item.note}</span>
                              </Show>
                            </span>
                            <span class="flex items-center gap-2.5 text-xs text-fg-3">
                              {item.aside}
                              <Show when={item.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
                            </span>
                          </div>
                        );
                      }}
                    </For>
                  </div>
                )}
              </For>
            </div>
            <Show when={!groups.loading && flat().length === 0 && asked().query !== ""}>
              <p class="px-4 py-6 text-center text-fg-2" role="status">
                {t.none(asked().query)}
              </p>
            </Show>
            <footer class="y-palette-foot">
              <span>
                <Kbd keys={["↑", "↓"]} /> {t.move}
              </span>
              <span class="mr-auto">
                <Kbd keys={["↵"]} /> {t.open}
              </span>
              <For
                each={
                  [
                    [">", t.command],
                    ["@", t.company],
                    ["#", t.address],
                    ["¥", t.bill],
                  ] as const
                }
              >
                {([sign, name]) => (
                  <span>
                    <Kbd keys={[sign]} /> {name}
                  </span>
                )}
              </For>
            </footer>
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
