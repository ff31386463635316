import { A, useLocation } from "@solidjs/router";
import { createSignal, For, type JSX, Show } from "solid-js";
import { clockOfMinute } from "../format.ts";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";
import { Icon, Logo } from "./icon.tsx";
import { KeyList } from "./key-list.tsx";
import { useKeys } from "./keys.ts";
import { CommandPalette, type PaletteProvider } from "./palette.tsx";
import { PersonMenu, type ShellPerson } from "./shell-menus.tsx";
import { isIn, LanguageSwitch, Main, type NavItem, SkipLink, ThemeSwitch } from "./shell-parts.tsx";
import { Toasts } from "./toast.tsx";

const words = dictionary({
  zh: { nav: "主导航", tabs: "底部导航", search: "搜索" },
  en: { nav: "Main", tabs: "Tabs", search: "Search" },
});

/** The company's frame: the space is the host, so its name leads; five tabs at the foot on phones. */
export function PortalShell(props: {
  spaceName: string;
  companyName: string;
  /** The space's own logo in place of the product's. */
  logo?: string | undefined;
  home: string;
  nav: readonly NavItem[];
  /** At most five, for the phone; the first five of `nav` unless told. */
  tabs?: readonly NavItem[];
  person: ShellPerson;
  providers?: readonly PaletteProvider[];
  /** The 96 px lane of the company's own day. */
  lane?: JSX.Element;
  bars?: JSX.Element;
  children: JSX.Element;
}) {
  const t = words();
  const location = useLocation();
  const [asking, setAsking] = createSignal(false);
  useKeys([{ keys: "mod+k", label: t.search, run: () => props.providers && setAsking(true) }]);
  return (
    <div class="y-portal">
      <SkipLink />
      <header class="y-portal-head">
        <A href={props.home} class="flex min-w-0 items-center gap-2.5">
          <Show when={props.logo} fallback={<Logo size={28} />}>
            {(src) => <img src={src()} alt="" class="h-7 max-w-24 object-contain object-left" />}
          </Show>
          <span class="min-w-0">
            <b class="y-portal-space truncate">{props.spaceName}</b>
            <b class="y-portal-company truncate">{props.companyName}</b>
            <small class="y-portal-company truncate">{props.spaceName}</small>
          </span>
        </A>
        <nav class="y-portal-nav" aria-label={t.nav}>
          <For each={props.nav}>
            {(item) => (
              <A
                href={item.href}
                classList={{ "y-nav-on": isIn(item, location.pathname) }}
                aria-current={isIn(item, location.pathname) ? "page" : undefined}
              >
                {item.label}
                <Show when={item.count}>{(count) => <span class="y-count y-count-bad">{count()}</span>}</Show>
              </A>
            )}
          </For>
        </nav>
        <span class="ml-auto flex items-center gap-1">
          <Show when={props.providers}>
            <IconButton icon="search" label={t.search} onClick={() => setAsking(true)} />
          </Show>
          <ThemeSwitch />
          <LanguageSwitch />
          <PersonMenu person={{ ...props.person, name: props.companyName, role: props.person.name }} tone="company" />
        </span>
      </header>
      {props.lane}
      <Main>
        {props.bars}
        {props.children}
      </Main>
      <nav class="y-bottom-tabs" aria-label={t.tabs}>
        <For each={(props.tabs ?? props.nav).slice(0, 5)}>
          {(item) => (
            <A
              href={item.href}
              classList={{ "y-nav-on": isIn(item, location.pathname) }}
              aria-current={isIn(item, location.pathname) ? "page" : undefined}
            >
              <Icon name={item.icon} size={22} />
              {item.label}
            </A>
          )}
        </For>
      </nav>
      <Show when={props.providers}>
        {(providers) => <CommandPalette open={asking()} onClose={() => setAsking(false)} providers={providers()} />}
      </Show>
      <KeyList />
      <Toasts />
    </div>
  );
}

/** The company's own day: what it has booked, on one line with the needle of now. Minutes are local. */
export function DayLane(props: {
  title: string;
  say?: JSX.Element;
  /** Stands on the lane of a phone, where the title has no room, when there is nothing on it. */
  empty?: string;
  from?: number;
  until?: number;
  now?: number | undefined;
  items: readonly {
    key: string;
    from: number;
    until: number;
    title: string;
    /** The title where there is little room: what stands on its plate. */
    short?: string;
    note?: string;
    live?: boolean;
    href?: string;
  }[];
}) {
  const from = () => props.from ?? 8 * 60;
  const until = () => props.until ?? 22 * 60;
  const share = (minute: number) => `${((minute - from()) / (until() - from())) * 100}%`;
  const inside = (item: { title: string; short?: string; note?: string }) => (
    <>
      <b class="y-lane-long truncate">{item.title}</b>
      <b class="y-lane-short" aria-hidden="true">
        {item.short ?? item.title}
      </b>
      <span class="y-lane-note block truncate text-xs text-fg-2">{item.note}</span>
    </>
  );
  return (
    <section class="y-lane" aria-label={props.title}>
      <div class="y-lane-title">
        <h2 class="text-lg">{props.title}</h2>
        <p class="text-fg-2">{props.say}</p>
      </div>
      <div class="y-lane-track">
        <Show when={props.now !== undefined && props.now > from()}>
          <i class="y-past" style={{ width: share(Math.min(until(), props.now ?? 0)) }} />
        </Show>
        <For each={Array.from({ length: Math.floor((until() - from()) / 60) + 1 }, (_, index) => from() / 60 + index)}>
          {(hour) => (
            <span
              class="y-lane-hour"
              classList={{ "y-from-tablet": hour % 2 === 1 }}
              style={{ left: share(hour * 60) }}
              aria-hidden="true"
            >
              {String(hour).padStart(2, "0")}
            </span>
          )}
        </For>
        <Show when={props.items.length === 0 && props.empty}>
          <p class="y-lane-empty">{props.empty}</p>
        </Show>
        <ul>
          <For each={props.items}>
            {(item) => (
              <li
                class="y-lane-item"
                classList={{ "y-block-live": item.live === true }}
                style={{ left: share(item.from), width: `calc(${share(item.until)} - ${share(item.from)})` }}
                title={`${clockOfMinute(item.from)}–${clockOfMinute(item.until)} ${item.title}`}
              >
                <Show when={item.href} fallback={inside(item)}>
                  {(href) => <A href={href()}>{inside(item)}</A>}
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.now !== undefined && props.now >= from() && props.now <= until()}>
          <i class="y-now-line" style={{ left: share(props.now ?? 0) }} />
          <b class="y-needle" style={{ left: share(props.now ?? 0) }}>
            {clockOfMinute(Math.round(props.now ?? 0))}
          </b>
        </Show>
      </div>
    </section>
  );
}
