import { createSignal } from "solid-js";

export type Lang = "zh-CN" | "en";

const storageKey = "yihao.lang";

const stored = (): Lang => {
  try {
    return localStorage.getItem(storageKey) === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
};

const [lang, setLangSignal] = createSignal<Lang>(stored());

/** The language the screen speaks now; reading it inside JSX or an effect follows every change. */
export { lang };

/** Switches the language of the whole screen, keeps the choice in this browser and sets `<html lang>`. */
export function setLang(next: Lang): void {
  setLangSignal(next);
  if (typeof document !== "undefined") document.documentElement.lang = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
}

/** A number of things in English, the number plain or as it is shown: `1 order`, `2 orders`, `1,204 units`. */
export const plural = (n: number | string, noun: string): string => `${n} ${noun}${String(n) === "1" ? "" : "s"}`;

// Arguments of a message may be of any type; `never[]` accepts every function without naming them.
type Message = string | ((...args: never[]) => string);
/** A dictionary of one language: messages, or groups of messages. */
export interface Words {
  readonly [key: string]: Message | Words;
}

/** The same keys with the same parameters as `W`, as another language must give them. */
export type SameWords<W> = {
  readonly [K in keyof W]: W[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : W[K] extends string
      ? string
      : SameWords<W[K]>;
};

function reactive<W extends Words>(zh: W, en: SameWords<W>): SameWords<W> {
  const words: Record<string, unknown> = {};
  const english = en as Record<string, unknown>;
  for (const key of Object.keys(zh)) {
    const inZh = zh[key]!;
    if (typeof inZh === "object") {
      words[key] = reactive(inZh, english[key] as SameWords<typeof inZh>);
    } else {
      Object.defineProperty(words, key, {
        enumerable: true,
        get: () => (lang() === "en" ? english[key] : inZh),
      });
    }
  }
  return words as SameWords<W>;
}

/**
 * Makes a feature's dictionary: `en` must have exactly the keys and parameters of `zh`, or it does not compile.
 * The answer is a function; its properties read the current language, so `const t = words()` stays reactive.
 */
export function dictionary<const W extends Words>(languages: { zh: W; en: NoInfer<SameWords<W>> }): () => SameWords<W> {
  const words = reactive(languages.zh, languages.en);
  return () => words;
}
