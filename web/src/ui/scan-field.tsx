import { createSignal, onCleanup, onMount, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";
import { ScanCamera } from "./scan-camera.tsx";

const words = dictionary({
  zh: {
    scan: "扫码或输入",
    camera: "用摄像头扫",
    cameraOff: "关掉摄像头",
    enter: "确认输入",
  },
  en: {
    scan: "Scan or type",
    camera: "Scan by camera",
    cameraOff: "Camera off",
    enter: "Enter",
  },
});

/**
 * Reads codes: from a keyboard-wedge scanner, which types and ends with Enter wherever the focus was; by hand; and by the
 * camera. Every code is handed on once, in order, however fast they come.
 */
export function ScanField(props: { label: string; onCode: (code: string) => void }) {
  const t = words();
  const [looking, setLooking] = createSignal(false);
  let input: HTMLInputElement | undefined;

  /** Scanners that type send the separator of GS1 codes, for which there is no key, as Ctrl+] or F8. */
  const separates = (event: KeyboardEvent) => event.key === "F8" || (event.ctrlKey && event.key === "]");
  const hand = () => {
    const code = input?.value.trim() ?? "";
    if (input) input.value = "";
    if (code !== "") props.onCode(code);
  };
  const typing = () => document.activeElement?.matches("input, textarea, select, [role=dialog] *") ?? false;
  const gather = (event: KeyboardEvent) => {
    if (typing() || event.isComposing || event.metaKey || event.ctrlKey || event.altKey || !input) return;
    if (event.key === "Enter" && input.value !== "") {
      event.preventDefault();
      hand();
    } else if (event.key.length === 1) input.focus();
  };
  onMount(() => {
    input?.focus({ preventScroll: true });
    document.addEventListener("keydown", gather);
  });
  onCleanup(() => document.removeEventListener("keydown", gather));

  return (
    <div class="border-b border-line">
      <Show when={looking()}>
        <ScanCamera onCode={props.onCode} />
      </Show>
      <div class="flex items-end gap-2 px-4 py-3">
        <label class="flex min-w-0 flex-1 flex-col gap-2">
          <span class="text-xs text-fg-2">{props.label}</span>
          <input
            ref={(element) => {
              input = element;
            }}
            class="y-input h-14 w-full font-mono text-md"
            type="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="done"
            placeholder={t.scan}
            onKeyDown={(event) => {
              if (separates(event)) {
                event.preventDefault();
                event.currentTarget.setRangeText(
                  "\u001d",
                  event.currentTarget.value.length,
                  event.currentTarget.value.length,
                  "end",
                );
                return;
              }
              if (event.key !== "Enter" || event.isComposing) return;
              event.preventDefault();
              event.stopPropagation();
              hand();
            }}
          />
        </label>
        <IconButton
          icon={looking() ? "close" : "scan"}
          size="xl"
          label={looking() ? t.cameraOff : t.camera}
          onClick={() => setLooking((now) => !now)}
        />
        <IconButton icon="check" size="xl" label={t.enter} onClick={hand} />
      </div>
    </div>
  );
}
