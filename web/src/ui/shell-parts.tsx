import type { JSX } from "solid-js";
import { dictionary, lang, setLang } from "../i18n.ts";
import { theme, toggleTheme } from "../theme.ts";
import { IconButton } from "./button.tsx";
import type { IconName } from "./icon.tsx";

const words = dictionary({
  zh: {
    theme: "换明暗",
    skip: "跳到正文",
    language: "语言",
  },
  en: {
    theme: "Switch theme",
    skip: "Skip to content",
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

/** The inside of a main area: the target of the skip link. */
export function Main(props: { children: JSX.Element; class?: string }) {
  return (
    <main id="main" tabindex={-1} class={`y-main ${props.class ?? ""}`}>
      {props.children}
    </main>
  );
}
