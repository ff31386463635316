import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import { Drawer } from "./overlay.tsx";

/** Whether a media query holds now; follows the window. */
export function media(query: string): () => boolean {
  const list = window.matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const follow = () => setMatches(list.matches);
  list.addEventListener("change", follow);
  onCleanup(() => list.removeEventListener("change", follow));
  return matches;
}

/** One column of work with its head, scrolling body and foot. */
export function Pane(props: {
  title?: JSX.Element;
  note?: JSX.Element;
  actions?: JSX.Element;
  foot?: JSX.Element;
  children: JSX.Element;
  label?: string;
  flush?: boolean;
}) {
  return (
    <section class="y-pane" aria-label={props.label}>
      <Show when={props.title}>
        <header class="y-pane-head">
          <h2>{props.title}</h2>
          <span class="min-w-0 flex-1 truncate text-xs text-fg-3">{props.note}</span>
          {props.actions}
        </header>
      </Show>
      <div class="y-pane-body" classList={{ "y-pane-flush": props.flush !== false }}>
        {props.children}
      </div>
      <Show when={props.foot}>
        <footer class="y-pane-foot">{props.foot}</footer>
      </Show>
    </section>
  );
}

/**
 * List, work and detail side by side. Below 1120 px the detail becomes a drawer; below 768 px there is one pane at a
 * time: `front` says which, the detail being a drawer over it.
 */
export function Panes(props: {
  list?: JSX.Element;
  work: JSX.Element;
  detail?: JSX.Element;
  detailOpen?: boolean;
  detailTitle?: string;
  onCloseDetail?: () => void;
  listWidth?: number;
  detailWidth?: number;
  front?: "list" | "work";
}) {
  const wide = media("(min-width: 1120px)");
  const tablet = media("(min-width: 768px)");
  const besides = () => wide() && props.detail !== undefined && props.detailOpen !== false;
  const columns = () =>
    [
      props.list !== undefined && tablet() ? `${props.listWidth ?? 320}px` : "",
      "minmax(0, 1fr)",
      besides() ? `${props.detailWidth ?? 480}px` : "",
    ].join(" ");
  return (
    <div class="y-panes" style={{ "grid-template-columns": columns() }}>
      <Show when={props.list !== undefined && (tablet() || props.front === "list")}>{props.list}</Show>
      <Show when={tablet() || props.list === undefined || props.front !== "list"}>{props.work}</Show>
      <Show when={besides()}>{props.detail}</Show>
      <Show when={!wide() && props.detail !== undefined}>
        <Drawer
          open={props.detailOpen !== false}
          onClose={() => props.onCloseDetail?.()}
          title={props.detailTitle ?? ""}
        >
          {props.detail}
        </Drawer>
      </Show>
    </div>
  );
}

/** The 56 px head of a page: its name, what is going on, its tabs, its acts. */
export function PageHead(props: { title: JSX.Element; say?: JSX.Element; tabs?: JSX.Element; actions?: JSX.Element }) {
  return (
    <header class="y-page-head">
      <h1>{props.title}</h1>
      {props.tabs}
      <p class="y-page-say">
        <span>{props.say}</span>
      </p>
      <Show when={props.actions}>
        <div class="flex flex-wrap items-center gap-2">{props.actions}</div>
      </Show>
    </header>
  );
}

/** A figure with its caption; `large` for the one that leads. */
export function Metric(props: { label: string; value: JSX.Element; unit?: JSX.Element; size?: "md" | "xl" | "2xl" }) {
  return (
    <div class="y-metric">
      <span class="text-xs text-fg-3">{props.label}</span>
      <span>
        <b
          class={`text-${props.size ?? "md"}`}
          classList={{
            "text-md": (props.size ?? "md") === "md",
            "text-xl": props.size === "xl",
            "text-2xl": props.size === "2xl",
          }}
        >
          {props.value}
        </b>
        <Show when={props.unit}>
          <span class="ml-1 text-xs text-fg-3">{props.unit}</span>
        </Show>
      </span>
    </div>
  );
}

/** Facts as label and value, one per row. */
export function Facts(props: { items: readonly { label: string; value: JSX.Element }[] }) {
  return (
    <dl class="y-facts">
      {props.items.map((item) => (
        <>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </>
      ))}
    </dl>
  );
}
