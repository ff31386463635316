import { createSignal, onCleanup } from "solid-js";

/** What is typed into a search box, and what is asked for: the same once nobody has typed for a moment, and at once when it is cleared. */
export function createAsked() {
  const [typed, setTyped] = createSignal("");
  const [asked, setAsked] = createSignal("");
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer);
    timer = setTimeout(() => setAsked(text.trim()), text === "" ? 0 : 150);
  };
  return { typed, asked, type };
}
