import { createSignal, onCleanup } from "solid-js";

export interface KeyAct {
  /** `n`, `t`, `?`, `[`, `escape`, `g b` (one after the other), `mod+k` (⌘ or Ctrl). */
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
}

const storageKey = "yihao.letter-keys";
const [lettersOn, setLetters] = createSignal(
  typeof localStorage === "undefined" || localStorage.getItem(storageKey) !== "off",
);

/** Whether single letters act; some people must turn them off. */
export { lettersOn };

/** Turns single letters on or off in this browser. */
export function setLettersOn(on: boolean): void {
  setLetters(on);
  localStorage.setItem(storageKey, on ? "on" : "off");
}

const [acts, setActs] = createSignal<readonly KeyAct[]>([]);

/** Every key that acts now, newest first, for the `?` list. */
export { acts as keyActs };

let pending: string | undefined;
let pendingTimer: ReturnType<typeof setTimeout> | undefined;
let listening = false;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || event.altKey) return;
  const key = event.key.toLowerCase();
  const mod = event.metaKey || event.ctrlKey;
  const act = (keys: string) => acts().find((one) => one.keys === keys);
  if (mod) {
    const found = act(`mod+${key}`);
    if (found) {
      event.preventDefault();
      found.run();
    }
    return;
  }
  const box =
    event.target instanceof HTMLInputElement && (event.target.type === "checkbox" || event.target.type === "radio");
  if (
    (typing(event.target) && !box) ||
    document.querySelector('[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"]')
  )
    return;
  if (key.length === 1 && !lettersOn()) return;
  const sequence = pending ? act(`${pending} ${key}`) : undefined;
  clearTimeout(pendingTimer);
  pending = undefined;
  const found = sequence ?? act(key);
  if (found) {
    event.preventDefault();
    found.run();
    return;
  }
  if (acts().some((one) => one.keys.startsWith(`${key} `))) {
    pending = key;
    pendingTimer = setTimeout(() => {
      pending = undefined;
    }, 1200);
  }
}

/** Adds keys while the component lives; the newest wins. Off in inputs, during composition and under dialogs. */
export function useKeys(added: readonly KeyAct[]): void {
  if (!listening) {
    listening = true;
    document.addEventListener("keydown", onKeyDown);
  }
  setActs((now) => [...added, ...now]);
  onCleanup(() => setActs((now) => now.filter((one) => !added.includes(one))));
}
