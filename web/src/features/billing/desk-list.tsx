import { createSignal, type JSX, Show } from "solid-js";
import type { Asked } from "../../query.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { media, Pane, Panes } from "../../ui/panes.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";

/** Which half of a desk's list is shown: what waits, or what was done. */
export type DeskTab = "open" | "done";
/** What the two halves say: their names, and what stands there when one is empty. */
export interface DeskWords {
  readonly title: string;
  readonly state: string;
  readonly open: string;
  readonly done: string;
  readonly none: string;
  readonly noneSay?: string | undefined;
  readonly noneDone: string;
  readonly noneDoneSay?: string | undefined;
  readonly notRead: string;
  readonly pick: string;
}

/** What waits for somebody at a desk (待办) and what was done, one of them beside the list: bank lines, approvals, fapiao. The one that is looked at is chosen again when the lists change. */
export function DeskList<Row extends { readonly id: string }>(props: {
  words: DeskWords;
  tab: DeskTab;
  onTab: (tab: DeskTab) => void;
  rows: Pick<Asked<Row[]>, "data" | "error" | "isError" | "isPending" | "refetch">;
  wide: Column<Row>[];
  narrow: Column<Row>[];
  /** What stands over the tabs, and beside them. */
  over?: JSX.Element;
  beside?: JSX.Element;
  /** What is shown of the one that is looked at; `done` closes it. */
  detail: (row: Row, done: () => void) => JSX.Element;
}) {
  const tablet = media("(min-width: 768px)");
  const [current, setCurrent] = createSignal<string>();
  const chosen = () => props.rows.data?.find(({ id }) => id === current());
  const label = () => (props.tab === "open" ? props.words.open : props.words.done);
  return (
    <Panes
      detailOpen={chosen() !== undefined}
      detailTitle={props.words.title}
      onCloseDetail={() => setCurrent(undefined)}
      detailWidth={440}
      work={
        <Pane label={props.words.title}>
          <div class="flex h-full min-h-0 flex-col">
            {props.over}
            <div class="flex flex-none flex-wrap items-center gap-x-4 border-b border-line px-4">
              <Tabs
                label={props.words.state}
                items={(["open", "done"] as const).map((key) => ({ key, label: props.words[key] }))}
                value={props.tab}
                onChange={(next) => {
                  setCurrent(undefined);
                  props.onTab(next);
                }}
              />
              <Show when={props.beside}>
                <span class="ml-auto flex flex-wrap items-center gap-x-4">{props.beside}</span>
              </Show>
            </div>
            <DataTable
              label={label()}
              rows={props.rows.data ?? []}
              columns={tablet() ? props.wide : props.narrow}
              rowKey={(one) => one.id}
              rowHeight={tablet() ? 34 : 56}
              current={current()}
              onOpen={(one) => setCurrent(one.id)}
              state={props.rows.isPending ? "loading" : props.rows.isError ? "error" : "ready"}
              problem={props.rows.error}
              errorTitle={props.words.notRead}
              onRetry={() => props.rows.refetch()}
              empty={
                <EmptyState title={props.tab === "open" ? props.words.none : props.words.noneDone}>
                  {props.tab === "open" ? props.words.noneSay : props.words.noneDoneSay}
                </EmptyState>
              }
            />
          </div>
        </Pane>
      }
      detail={
        <Show when={chosen()} fallback={<Pane label={props.words.title}>{props.words.pick}</Pane>} keyed>
          {(one) => props.detail(one, () => setCurrent(undefined))}
        </Show>
      }
    />
  );
}
