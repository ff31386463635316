import { A, useLocation } from "@solidjs/router";
import { createEffect, createUniqueId, For, type JSX, Show } from "solid-js";

/** Tabs that go to pages of one module, drawn in the page head; the current one follows the address. */
export function LinkTabs(props: {
  label: string;
  /** `current` overrules the address, for a tab that has pages below it. */
  items: readonly { href: string; label: string; count?: number | string; current?: boolean }[];
}) {
  const location = useLocation();
  const isCurrent = (item: { href: string; current?: boolean }) => item.current ?? location.pathname === item.href;
  return (
    <nav class="y-tabs" aria-label={props.label}>
      <For each={props.items}>
        {(item) => (
          <A
            href={item.href}
            end
            ref={(element: HTMLElement) => {
              // On a phone the row may be wider than the screen.
              createEffect(() => isCurrent(item) && element.scrollIntoView({ block: "nearest", inline: "nearest" }));
            }}
            classList={{ "y-tab-on": isCurrent(item) }}
            aria-current={isCurrent(item) ? "page" : undefined}
          >
            {item.label}
            <Show when={item.count !== undefined}>
              <small>{item.count}</small>
            </Show>
          </A>
        )}
      </For>
    </nav>
  );
}

/** One page of a module with many: what a second row of tabs goes to. */
export interface TabPage {
  readonly href: string;
  readonly label: string;
  readonly current?: boolean;
}

/**
 * Tabs of a module with more pages than one row holds: what belongs together stands under one tab, and the pages of
 * the current one make a second row. A tab goes to the first of its pages; one with a single page has no second row.
 */
export function GroupTabs(props: { label: string; groups: readonly { label: string; pages: readonly TabPage[] }[] }) {
  const location = useLocation();
  const isOn = (page: TabPage) => page.current ?? location.pathname === page.href;
  const group = () => props.groups.find(({ pages }) => pages.some(isOn));
  const tabs = () =>
    props.groups.map(({ label, pages }) => ({ label, href: pages[0]?.href ?? "", current: pages.some(isOn) }));
  return (
    <>
      <LinkTabs label={props.label} items={tabs()} />
      <Show when={(group()?.pages.length ?? 0) > 1}>
        <nav class="y-subtabs" aria-label={group()?.label}>
          <For each={group()?.pages ?? []}>
            {(page) => (
              <A
                href={page.href}
                end
                ref={(element: HTMLElement) => {
                  // On a phone the row may be wider than the screen.
                  createEffect(() => isOn(page) && element.scrollIntoView({ block: "nearest", inline: "nearest" }));
                }}
                classList={{ "y-subtab-on": isOn(page) }}
                aria-current={isOn(page) ? "page" : undefined}
              >
                {page.label}
              </A>
            )}
          </For>
        </nav>
      </Show>
    </>
  );
}

/** Tabs within a page; ← → move and choose. The panel of the chosen one is `children(key)`. */
export function Tabs<T extends string>(props: {
  label: string;
  items: readonly { key: T; label: string; count?: number | string }[];
  value: T;
  onChange: (key: T) => void;
  children?: (key: T) => JSX.Element;
}) {
  const id = createUniqueId();
  const go = (by: number) => {
    const at = props.items.findIndex((item) => item.key === props.value);
    const next = props.items[(at + by + props.items.length) % props.items.length];
    if (!next) return;
    props.onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <>
      <div class="y-tabs" role="tablist" aria-label={props.label}>
        <For each={props.items}>
          {(item) => (
            <button
              type="button"
              role="tab"
              id={`${id}-${item.key}`}
              aria-selected={item.key === props.value}
              aria-controls={props.children ? `${id}-panel` : undefined}
              tabindex={item.key === props.value ? 0 : -1}
              classList={{ "y-tab-on": item.key === props.value }}
              onClick={() => props.onChange(item.key)}
              onKeyDown={(event) => {
                if (event.key === "ArrowRight") go(1);
                if (event.key === "ArrowLeft") go(-1);
              }}
            >
              {item.label}
              <Show when={item.count !== undefined}>
                <small>{item.count}</small>
              </Show>
            </button>
          )}
        </For>
      </div>
      <Show when={props.children}>
        {(panel) => (
          <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${props.value}`}>
            {panel()(props.value)}
          </div>
        )}
      </Show>
    </>
  );
}
