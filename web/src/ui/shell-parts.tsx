import { type JSX, Show } from "solid-js";
import { dictionary, lang, setLang } from "../i18n.ts";
import { theme, toggleTheme } from "../theme.ts";
import { IconButton } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Menu, type MenuItem } from "./menu.tsx";

const words = dictionary({
  zh: {
    theme: "换明暗",
    skip: "跳到正文",
    person: (name: string) => `${name} 的菜单`,
    space: "切换空间",
    language: "语言",
  },
  en: {
    theme: "Switch theme",
    skip: "Skip to content",
    person: (name: string) => `${name}, menu`,
    space: "Switch space",
    language: "Language",
  },
});

/** A place to go in a shell. Names of the rail are two characters in Chinese and at most eight letters in English. */
export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  /** What waits there; red when someone must act. */
  readonly count?: number;
  /** Also current for addresses that begin with this; `href` unless told. */
  readonly under?: string;
  /** Current at its own address only. */
  readonly exact?: boolean;
}

export interface ShellPerson {
  readonly name: string;
  readonly role: string;
  readonly items: readonly MenuItem[];
}
export interface ShellSpace {
  readonly name: string;
  readonly city?: string;
  /** Other spaces this person belongs to. */
  readonly items: readonly MenuItem[];
}

/** Whether an address lies in a place. */
export const isIn = (item: NavItem, path: string): boolean => {
  const root = item.under ?? item.href;
  return path === root || (!item.exact && path.startsWith(`${root}/`));
};

/** The first thing a keyboard reaches. */
export function SkipLink() {
  return (
    <a class="y-skip" href="#main">
      {words().skip}
    </a>
  );
}

/** 中 / EN. */
export function LanguageSwitch() {
  const t = words();
  return (
    <fieldset class="y-seg y-seg-sm" aria-label={t.language}>
      <button
        type="button"
        lang="zh-CN"
        aria-pressed={lang() === "zh-CN"}
        classList={{ "y-seg-on": lang() === "zh-CN" }}
        onClick={() => setLang("zh-CN")}
      >
        中
      </button>
      <button
        type="button"
        lang="en"
        aria-pressed={lang() === "en"}
        classList={{ "y-seg-on": lang() === "en" }}
        onClick={() => setLang("en")}
      >
        EN
      </button>
    </fieldset>
  );
}

/** Sun or moon. */
export function ThemeSwitch() {
  const t = words();
  return <IconButton icon={theme() === "dark" ? "sun" : "moon"} label={t.theme} onClick={toggleTheme} />;
}

/** Name and role of the person, opening their menu. */
export function PersonMenu(props: { person: ShellPerson; tone?: "company"; brief?: boolean }) {
  const t = words();
  return (
    <Menu
      label={t.person(props.person.name)}
      class="y-person"
      items={props.person.items}
      head={<span class="text-xs text-fg-2">{`${props.person.name} · ${props.person.role}`}</span>}
      trigger={
        <>
          <span class="y-hidden">{t.person(props.person.name)}</span>
          <span aria-hidden="true" class="y-avatar" classList={{ "y-avatar-company": props.tone === "company" }}>
            {props.person.name.slice(0, 1)}
          </span>
          <Show when={!props.brief}>
            <span class="y-person-name">
              {props.person.name} <span class="text-xs text-fg-3">{props.person.role}</span>
            </span>
          </Show>
        </>
      }
    />
  );
}

/** Name of the space, opening the list of others. */
export function SpaceMenu(props: { space: ShellSpace }) {
  const t = words();
  return (
    <Menu
      label={`${props.space.name}, ${t.space}`}
      class="y-space"
      items={props.space.items}
      trigger={
        <>
          <b class="truncate">{props.space.name}</b>
          <span class="y-hidden">{t.space}</span>
          <span class="y-space-city text-xs text-fg-3">{props.space.city}</span>
          <Icon name="updown" size={14} />
        </>
      }
    />
  );
}

/** The inside of a main area: the target of the skip link. */
export function Main(props: { children: JSX.Element; class?: string }) {
  return (
    <main id="main" tabindex={-1} class={`y-main ${props.class ?? ""}`}>
      {props.children}
    </main>
  );
}
