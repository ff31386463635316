import { A, useLocation } from "@solidjs/router";
import { createEffect, createSignal, For, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton, Kbd } from "./button.tsx";
import { Icon, Logo } from "./icon.tsx";
import { KeyList } from "./key-list.tsx";
import { useKeys } from "./keys.ts";
import { CommandPalette, type PaletteProvider } from "./palette.tsx";
import { PersonMenu, type ShellPerson, type ShellSpace, SpaceMenu } from "./shell-menus.tsx";
import { isIn, LanguageSwitch, Main, type NavItem, SkipLink, ThemeSwitch } from "./shell-parts.tsx";
import { Toasts } from "./toast.tsx";

const words = dictionary({
  zh: {
    nav: "主导航",
    ask: "搜索企业、货位、账单，或输入命令",
    short: "搜索",
    news: "通知",
    waiting: (n: number) => `${n} 项待处理`,
  },
  en: {
    nav: "Main",
    ask: "Search companies, bins, bills, or type a command",
    short: "Search",
    news: "Notices",
    waiting: (n: number) => `${n} waiting`,
  },
});

/** The operator's frame: 64 px rail, 48 px top bar, a slot for the 40 px ruler, bars, then the page. Data come as props. */
export function OperatorShell(props: {
  nav: readonly NavItem[];
  /** Stands at the foot of the rail: settings, help. */
  footNav?: readonly NavItem[];
  home: string;
  space: ShellSpace;
  person: ShellPerson;
  providers: readonly PaletteProvider[];
  ruler?: JSX.Element;
  bars?: JSX.Element;
  news?: number;
  onNews?: () => void;
  children: JSX.Element;
}) {
  const t = words();
  const location = useLocation();
  const [asking, setAsking] = createSignal(false);
  useKeys([{ keys: "mod+k", label: t.short, run: () => setAsking(true) }]);
  const link = (item: NavItem) => (
    <A
      href={item.href}
      ref={(element: HTMLElement) => {
        // On a phone the bar may be wider than the screen.
        createEffect(
          () => isIn(item, location.pathname) && element.scrollIntoView({ block: "nearest", inline: "nearest" }),
        );
      }}
      classList={{ "y-rail-on": isIn(item, location.pathname) }}
      aria-current={isIn(item, location.pathname) ? "page" : undefined}
    >
      <Icon name={item.icon} size={20} />
      <span>{item.label}</span>
      <Show when={item.count}>
        {(count) => (
          <i class="y-rail-count">
            {count() > 99 ? "99+" : count()}
            <span class="y-hidden"> {t.waiting(count())}</span>
          </i>
        )}
      </Show>
    </A>
  );
  return (
    <div class="y-operator">
      <SkipLink />
      <nav class="y-rail" aria-label={t.nav}>
        <A class="y-rail-logo" href={props.home}>
          <Logo />
        </A>
        <For each={props.nav}>{link}</For>
        <span class="y-rail-space" />
        <For each={props.footNav ?? []}>{link}</For>
      </nav>
      <header class="y-topbar">
        <SpaceMenu space={props.space} />
        <button type="button" class="y-omni" onClick={() => setAsking(true)}>
          <Icon name="search" />
          <span class="min-w-0 flex-1 truncate text-left">{t.ask}</span>
          <Kbd keys={["⌘", "K"]} />
        </button>
        <span class="flex items-center gap-1">
          <Show when={props.onNews}>
            {(open) => <IconButton icon="bell" label={t.news} pip={(props.news ?? 0) > 0} onClick={() => open()()} />}
          </Show>
          <ThemeSwitch />
          <LanguageSwitch />
        </span>
        <PersonMenu person={props.person} />
      </header>
      <Show when={props.ruler}>
        <div class="y-operator-ruler">{props.ruler}</div>
      </Show>
      <Main>
        {props.bars}
        {props.children}
      </Main>
      <CommandPalette open={asking()} onClose={() => setAsking(false)} providers={props.providers} />
      <KeyList />
      <Toasts />
    </div>
  );
}
