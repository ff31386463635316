import { createSignal, For } from "solid-js";
import { dictionary } from "../i18n.ts";
import { bound } from "./binding.ts";
import { Kbd } from "./button.tsx";
import { Switch } from "./choice-field.tsx";
import { keyActs, lettersOn, setLettersOn, useKeys } from "./keys.ts";
import { Drawer } from "./overlay.tsx";

const words = dictionary({
  zh: { title: "快捷键", letters: "单个字母也起作用", hint: "输入时不会触发" },
  en: { title: "Keys", letters: "Single letters act", hint: "Never while you type" },
});

const caps = (keys: string): string[] =>
  keys
    .split(/[ +]/)
    .map((key) => (key === "mod" ? "⌘" : key === "escape" ? "Esc" : key === "enter" ? "↵" : key.toUpperCase()));

/** The list of keys, opened by `?`; the shells hold one. */
export function KeyList() {
  const t = words();
  const [open, setOpen] = createSignal(false);
  useKeys([{ keys: "?", label: t.title, run: () => setOpen(true) }]);
  return (
    <Drawer open={open()} onClose={() => setOpen(false)} title={t.title}>
      <ul class="mb-4">
        <For each={keyActs()}>
          {(act) => (
            <li class="flex h-8 items-center justify-between border-b border-line">
              {act.label}
              <Kbd keys={caps(act.keys)} />
            </li>
          )}
        </For>
      </ul>
      <Switch label={t.letters} hint={t.hint} bind={bound(lettersOn, setLettersOn)} />
    </Drawer>
  );
}
