import { createVirtualizer } from "@tanstack/solid-virtual";
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { Button, IconButton } from "./button.tsx";
import { ErrorState, Loading } from "./feedback.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { media } from "./panes.tsx";

const words = dictionary({
  zh: {
    chosen: (n: number) => `已选 ${n} 项`,
    all: (n: number) => `选中全部 ${n} 项`,
    range: (shown: number, total: number) => `1–${shown} / ${total}`,
    choose: "选中",
    chooseAll: "选中这一页",
    clear: "取消选中",
    more: "再读一页",
  },
  en: {
    chosen: (n: number) => `${n} selected`,
    all: (n: number) => `Select all ${n}`,
    range: (shown: number, total: number) => `1–${shown} of ${total}`,
    choose: "Select",
    chooseAll: "Select this page",
    clear: "Clear selection",
    more: "Load more",
  },
});

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  /** CSS width (`96px`, `20%`); the columns without one share the rest. */
  readonly width?: string;
  readonly align?: "end";
  readonly cell: (row: Row) => JSX.Element;
  /** What stands under this column in the totals row. */
  readonly total?: JSX.Element;
  readonly sort?: "ascending" | "descending" | "none";
  readonly onSort?: () => void;
  /** Left out below this width. */
  readonly from?: "tablet" | "desk";
}

export interface Selection<Row> {
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
  /** What the chosen rows add up to, in the dock bar. */
  readonly sum?: (rows: readonly Row[]) => string;
  /** At most three. */
  readonly actions: readonly {
    readonly label: string;
    readonly icon?: IconName;
    readonly run: (keys: ReadonlySet<string>) => void;
  }[];
  /** All rows that match, beyond those shown; offered as a second step. */
  readonly total?: number;
  readonly onAll?: () => void;
}

interface TableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** Key of the row whose detail is open. */
  current?: string | undefined;
  onOpen?: (row: Row) => void;
  selection?: Selection<Row>;
  state?: "ready" | "loading" | "error";
  problem?: unknown;
  errorTitle?: string;
  onRetry?: () => unknown;
  slow?: string;
  empty?: JSX.Element;
  /** Left end of the foot; replaces the count of rows. */
  foot?: JSX.Element;
  total?: number;
  onMore?: () => void;
  /** 32 at the desk, 40 in the portal (px). */
  rowHeight?: number;
  /** Least width before the table scrolls sideways, px. */
  minWidth?: number;
}

const virtualFrom = 200;

/**
 * Rows of like things. Click or ↵ opens a row beside the list, J K (↓ ↑) walk, X selects; over 200 rows only those in
 * sight are drawn. The first column is the name, the last the status.
 */
export function DataTable<Row>(props: TableProps<Row>) {
  const t = words();
  let scroller: HTMLDivElement | undefined;
  const [active, setActive] = createSignal<string | undefined>();
  const phone = media("(max-width: 767px)");
  /** A row that is pressed is as high as a thumb needs it. */
  const height = () => Math.max(props.rowHeight ?? 32, phone() && props.onOpen ? 44 : 0);
  const visible = () => props.columns;
  const virtual = () => props.rows.length > virtualFrom;
  const virtualizer = createVirtualizer({
    get count() {
      return virtual() ? props.rows.length : 0;
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => height(),
    overscan: 12,
  });
  const slice = createMemo(() => {
    if (!virtual()) return { from: 0, until: props.rows.length, before: 0, after: 0 };
    const items = virtualizer.getVirtualItems();
    const first = items[0];
    const last = items[items.length - 1];
    return first && last
      ? { from: first.index, until: last.index + 1, before: first.start, after: virtualizer.getTotalSize() - last.end }
      : { from: 0, until: 40, before: 0, after: (props.rows.length - 40) * height() };
  });
  const indexOfActive = () => props.rows.findIndex((row) => props.rowKey(row) === (active() ?? props.current));
  createEffect(
    on(
      () => props.current,
      (key) => key !== undefined && setActive(key),
    ),
  );

  const focusRow = (index: number) => {
    const row = props.rows[index];
    if (!row) return;
    const key = props.rowKey(row);
    setActive(key);
    if (virtual()) virtualizer.scrollToIndex(index);
    requestAnimationFrame(() => scroller?.querySelector<HTMLElement>(`tr[data-key="${CSS.escape(key)}"]`)?.focus());
  };
  const toggle = (key: string) => {
    const selection = props.selection;
    if (!selection) return;
    const next = new Set(selection.keys);
    if (!next.delete(key)) next.add(key);
    selection.onChange(next);
  };
  const onKey = (event: KeyboardEvent, row: Row, index: number) => {
    if (event.target !== event.currentTarget || event.isComposing || event.metaKey || event.ctrlKey) return;
    const key = event.key.toLowerCase();
    const down = key === "j" || key === "arrowdown";
    const up = key === "k" || key === "arrowup";
    if (down || up) {
      event.preventDefault();
      const next = Math.min(props.rows.length - 1, Math.max(0, index + (down ? 1 : -1)));
      const nextRow = props.rows[next];
      if (event.shiftKey && props.selection && nextRow) {
        props.selection.onChange(new Set([...props.selection.keys, props.rowKey(row), props.rowKey(nextRow)]));
      }
      focusRow(next);
      if (nextRow && props.current !== undefined && !event.shiftKey) props.onOpen?.(nextRow);
    } else if (key === "enter") {
      props.onOpen?.(row);
    } else if (key === "x" && props.selection) {
      toggle(props.rowKey(row));
    }
  };
  const hasTotals = () => props.columns.some((column) => column.total !== undefined);
  const chosenRows = () => props.rows.filter((row) => props.selection?.keys.has(props.rowKey(row)));
  const allChosen = () => props.rows.length > 0 && chosenRows().length === props.rows.length;
  const cellClass = (column: Column<Row>) => ({
    "y-num": column.align === "end",
    "y-from-tablet": column.from === "tablet",
    "y-from-desk": column.from === "desk",
  });

  return (
    <div class="y-table-pane">
      <div
        class="y-table-scroll"
        ref={(element) => {
          scroller = element;
        }}
        tabindex={props.rows.length > 0 && !props.onOpen ? 0 : undefined}
      >
        <table
          class="y-table"
          classList={{ "y-table-wraps": !virtual() }}
          style={{ "--row": `${height()}px`, "min-width": props.minWidth ? `${props.minWidth}px` : undefined }}
          aria-label={props.label}
          aria-rowcount={props.rows.length + 1}
        >
          <thead>
            <tr>
              <Show when={props.selection}>
                <th class="y-pick" scope="col">
                  <input
                    type="checkbox"
                    class="y-box"
                    aria-label={t.chooseAll}
                    checked={allChosen()}
                    ref={(element) =>
                      createEffect(() => {
                        element.indeterminate = chosenRows().length > 0 && !allChosen();
                      })
                    }
                    onChange={() =>
                      props.selection?.onChange(allChosen() ? new Set() : new Set(props.rows.map(props.rowKey)))
                    }
                  />
                </th>
              </Show>
              <For each={visible()}>
                {(column) => (
                  <th
                    scope="col"
                    classList={cellClass(column)}
                    style={column.width ? { width: column.width } : {}}
                    aria-sort={column.sort}
                  >
                    <Show when={column.onSort} fallback={column.head}>
                      {(sort) => (
                        <button type="button" class="inline-flex items-center gap-1" onClick={() => sort()()}>
                          {column.head}
                          <Show when={column.sort === "ascending" || column.sort === "descending"}>
                            <Icon name={column.sort === "ascending" ? "arrowUp" : "arrowDown"} size={12} />
                          </Show>
                        </button>
                      )}
                    </Show>
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <Show when={props.state !== "loading" && props.state !== "error"}>
              <Show when={slice().before > 0}>
                <tr style={{ height: `${slice().before}px` }} />
              </Show>
              <For each={props.rows.slice(slice().from, slice().until)}>
                {(row, offset) => {
                  const key = () => props.rowKey(row);
                  const index = () => slice().from + offset();
                  const focusable = () => props.onOpen !== undefined || props.selection !== undefined;
                  return (
                    <tr
                      data-key={key()}
                      aria-rowindex={index() + 2}
                      aria-selected={props.selection ? props.selection.keys.has(key()) : undefined}
                      aria-current={props.current === key() ? "true" : undefined}
                      tabindex={focusable() ? (index() === Math.max(0, indexOfActive()) ? 0 : -1) : undefined}
                      classList={{
                        "y-on": props.current === key() || props.selection?.keys.has(key()) === true,
                        "y-opens": props.onOpen !== undefined,
                      }}
                      onFocus={() => setActive(key())}
                      onClick={(event) => {
                        if (!(event.target as HTMLElement).closest("button, a, input, label")) props.onOpen?.(row);
                      }}
                      onKeyDown={(event) => onKey(event, row, index())}
                    >
                      <Show when={props.selection}>
                        {(selection) => (
                          <td class="y-pick">
                            <input
                              type="checkbox"
                              class="y-box"
                              aria-label={t.choose}
                              checked={selection().keys.has(key())}
                              onChange={() => toggle(key())}
                            />
                          </td>
                        )}
                      </Show>
                      <For each={visible()}>
                        {(column) => <td classList={cellClass(column)}>{column.cell(row)}</td>}
                      </For>
                    </tr>
                  );
                }}
              </For>
              <Show when={slice().after > 0}>
                <tr style={{ height: `${slice().after}px` }} />
              </Show>
            </Show>
          </tbody>
          <Show when={hasTotals() && props.state !== "loading"}>
            <tfoot>
              <tr>
                <Show when={props.selection}>
                  <td />
                </Show>
                <For each={visible()}>{(column) => <td classList={cellClass(column)}>{column.total}</td>}</For>
              </tr>
            </tfoot>
          </Show>
        </table>
        <Show when={props.state === "loading"}>
          <Loading {...(props.slow ? { slow: props.slow } : {})} />
        </Show>
        <Show when={props.state === "error"}>
          <div class="p-4">
            <ErrorState
              title={props.errorTitle ?? props.label}
              problem={props.problem}
              {...(props.onRetry ? { onRetry: props.onRetry } : {})}
            />
          </div>
        </Show>
        <Show when={props.rows.length === 0 && props.state !== "loading" && props.state !== "error"}>
          {props.empty}
        </Show>
      </div>
      <Show when={props.selection && props.selection.keys.size > 0 ? props.selection : undefined}>
        {(selection) => (
          <div
            class="y-dock"
            classList={{ "y-dock-high": hasTotals() }}
            role="toolbar"
            aria-label={t.chosen(selection().keys.size)}
          >
            <b aria-live="polite">{t.chosen(selection().keys.size)}</b>
            <span class="min-w-0 flex-1 truncate text-xs">{selection().sum?.(chosenRows())}</span>
            <For each={selection().actions.slice(0, 3)}>
              {(action) => (
                <Button
                  kind="text"
                  {...(action.icon ? { icon: action.icon } : {})}
                  onClick={() => action.run(selection().keys)}
                >
                  {action.label}
                </Button>
              )}
            </For>
            <IconButton icon="close" label={t.clear} onClick={() => selection().onChange(new Set())} />
          </div>
        )}
      </Show>
      <Show when={props.foot || props.total !== undefined || props.onMore}>
        <div class="y-table-foot">
          <span>{props.foot ?? t.range(props.rows.length, props.total ?? props.rows.length)}</span>
          <Show
            when={
              props.selection?.onAll &&
              props.selection.total !== undefined &&
              allChosen() &&
              props.selection.total > props.rows.length
            }
          >
            <button type="button" class="y-link" onClick={() => props.selection?.onAll?.()}>
              {t.all(props.selection?.total ?? 0)}
            </button>
          </Show>
          <Show when={props.onMore}>
            {(more) => (
              <button type="button" class="y-link" onClick={() => more()()}>
                {t.more}
              </button>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
}
