import { createSignal } from "solid-js";

export type Theme = "light" | "dark";

const storageKey = "yihao.theme";
const current = (): Theme =>
  typeof document !== "undefined" && document.documentElement.dataset.theme === "dark" ? "dark" : "light";

const [theme, setThemeSignal] = createSignal<Theme>(current());

/** The theme on screen now. */
export { theme };

/** Switches the theme and keeps the choice in this browser. */
export function setTheme(next: Theme): void {
  setThemeSignal(next);
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
}

/** Light becomes dark and back. */
export function toggleTheme(): void {
  setTheme(theme() === "dark" ? "light" : "dark");
}
