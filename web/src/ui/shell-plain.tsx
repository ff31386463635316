import { For, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";
import { Logo } from "./icon.tsx";
import { LanguageSwitch, Main, SkipLink, ThemeSwitch } from "./shell-parts.tsx";
import { StatusMark } from "./status.tsx";
import { Toasts } from "./toast.tsx";

const words = dictionary({
  zh: {
    back: "返回",
    name: "壹号",
    motto: "每一格，都有地址。",
    under: "工位、货位、时段、账单，一处看清。",
    waiting: (n: number) => `离线 ${n}`,
  },
  en: {
    back: "Back",
    name: "Yihao",
    motto: "Every cell has an address.",
    under: "Desks, bins, hours and bills in one place.",
    waiting: (n: number) => `Offline ${n}`,
  },
});

// The character 壹 on the grid of cells, one string per row: # full, + part, . empty.
const one = [
  "............................",
  "............++++............",
  "............####............",
  "..########################..",
  "..########################..",
  "............####............",
  "............####............",
  "....####################....",
  "....####################....",
  "............................",
  "..########################..",
  "..########################..",
  "..###..................###..",
  "..###.################.###..",
  "......################......",
  "............................",
  "....####################....",
  "....####################....",
  "....###..............###....",
  "....###..............###....",
  "....####################....",
  "....####################....",
  "........###......###........",
  ".........###....###.........",
  "..########################..",
  ".##########################.",
  "............................",
];

function Art() {
  return (
    <svg viewBox="0 0 28 27" class="w-full" aria-hidden="true" shape-rendering="crispEdges">
      <For each={one}>
        {(row, y) => (
          <For each={[...row]}>
            {(cell, x) => (
              <rect
                x={x() + 0.05}
                y={y() + 0.05}
                width="0.9"
                height="0.9"
                fill={
                  cell === "#" ? "var(--color-mark)" : cell === "+" ? "var(--color-fill-2)" : "var(--color-surface)"
                }
              />
            )}
          </For>
        )}
      </For>
    </svg>
  );
}

/** Sign-in and everything before a space: the drawing at the left from 1120 px, the form at the right. */
export function SignInShell(props: { children: JSX.Element; foot?: JSX.Element }) {
  const t = words();
  return (
    <div class="y-signin">
      <SkipLink />
      <aside class="y-signin-art">
        <div class="mx-auto w-full max-w-180">
          <Art />
          <p class="mt-8 text-lg font-strong">{t.motto}</p>
          <p class="text-base text-fg-2">{t.under}</p>
        </div>
      </aside>
      <div class="y-signin-form">
        <header class="flex items-center gap-2.5 py-6">
          <Logo size={30} />
          <b class="text-lg">{t.name}</b>
          <span class="ml-auto flex items-center gap-1">
            <ThemeSwitch />
            <LanguageSwitch />
          </span>
        </header>
        <Main class="flex-1 pt-10">{props.children}</Main>
        <footer class="py-6 text-xs text-fg-2">{props.foot}</footer>
      </div>
      <Toasts />
    </div>
  );
}

/** Set-up and other long jobs: a 56 px head, steps at the left (376 px), the work, an act bar at the foot. */
export function PlainShell(props: {
  title: JSX.Element;
  actions?: JSX.Element;
  aside?: JSX.Element;
  foot?: JSX.Element;
  children: JSX.Element;
}) {
  const t = words();
  return (
    <div class="y-plain">
      <SkipLink />
      <header class="y-plain-head">
        <Logo size={26} />
        <b class="text-md">{t.name}</b>
        <span class="min-w-0 flex-1 truncate text-fg-2">{props.title}</span>
        {props.actions}
        <ThemeSwitch />
        <LanguageSwitch />
      </header>
      <div class="y-plain-body" classList={{ "y-plain-solo": !props.aside }}>
        <Show when={props.aside}>
          <aside class="y-plain-aside">{props.aside}</aside>
        </Show>
        <div class="y-plain-work">
          <Main>{props.children}</Main>
          <Show when={props.foot}>
            <footer class="y-plain-foot">{props.foot}</footer>
          </Show>
        </div>
      </div>
      <Toasts />
    </div>
  );
}

/** The warehouse phone: one task fills the screen, its act within reach of either thumb. */
export function WarehousePhoneShell(props: {
  title: string;
  onBack?: () => void;
  waiting?: number;
  offline?: boolean;
  side?: JSX.Element;
  foot?: JSX.Element;
  children: JSX.Element;
}) {
  const t = words();
  return (
    <div class="y-hand">
      <header class="y-hand-head">
        <Show when={props.onBack}>
          {(back) => <IconButton icon="left" size="xl" label={t.back} onClick={() => back()()} />}
        </Show>
        <h1 class="min-w-0 flex-1 truncate text-md">{props.title}</h1>
        {props.side}
        <Show when={props.offline}>
          <span class="y-hand-off" role="status">
            <StatusMark shape="cloud" tone="warn" size={18} />
            {t.waiting(props.waiting ?? 0)}
          </span>
        </Show>
      </header>
      <Main>{props.children}</Main>
      <Show when={props.foot}>
        <footer class="y-hand-foot">{props.foot}</footer>
      </Show>
      <Toasts />
    </div>
  );
}
