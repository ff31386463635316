import { createSignal, onCleanup, onMount, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";
import { Note } from "./feedback.tsx";

const words = dictionary({
  zh: {
    scan: "扫码或输入",
    camera: "用摄像头扫",
    cameraOff: "关掉摄像头",
    noCamera: "摄像头打不开，用扫码枪或手动输入",
    enter: "确认输入",
  },
  en: {
    scan: "Scan or type",
    camera: "Scan by camera",
    cameraOff: "Camera off",
    noCamera: "The camera did not open. Use a scanner or type",
    enter: "Enter",
  },
});

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
type DetectorMaker = new () => Detector;
const detectorMaker = (): DetectorMaker | undefined =>
  (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;

/**
 * Reads codes: from a keyboard-wedge scanner, which types and ends with Enter wherever the focus was; by hand; and by the
 * camera where the browser can read barcodes. Every code is handed on once, in order, however fast they come.
 */
export function ScanField(props: { label: string; onCode: (code: string) => void }) {
  const t = words();
  const [looking, setLooking] = createSignal(false);
  const [failed, setFailed] = createSignal(false);
  let input: HTMLInputElement | undefined;
  let video: HTMLVideoElement | undefined;
  let stream: MediaStream | undefined;
  let frame = 0;

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
  const stop = () => {
    cancelAnimationFrame(frame);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    setLooking(false);
  };
  onCleanup(() => {
    document.removeEventListener("keydown", gather);
    stop();
  });
  const look = async () => {
    const Maker = detectorMaker();
    if (!Maker) return;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      setFailed(false);
      setLooking(true);
      if (!video) return;
      video.srcObject = stream;
      await video.play();
      const detector = new Maker();
      const read = async () => {
        if (!stream || !video) return;
        const [found] = await detector.detect(video).catch(() => []);
        if (found?.rawValue) {
          stop();
          props.onCode(found.rawValue);
        } else frame = requestAnimationFrame(() => void read());
      };
      void read();
    } catch {
      stop();
      setFailed(true);
    }
  };

  return (
    <div class="border-b border-line">
      <Show when={looking()}>
        <video
          ref={(element) => {
            video = element;
          }}
          class="h-48 w-full bg-black object-cover"
          muted
          playsinline
        />
      </Show>
      <div class="flex items-center gap-2 px-4 py-2">
        <label class="min-w-0 flex-1">
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
        <Show when={detectorMaker()}>
          <IconButton
            icon={looking() ? "close" : "scan"}
            size="xl"
            label={looking() ? t.cameraOff : t.camera}
            onClick={() => (looking() ? stop() : void look())}
          />
        </Show>
        <IconButton icon="check" size="xl" label={t.enter} onClick={hand} />
      </div>
      <Show when={failed()}>
        <Note tone="warn">{t.noCamera}</Note>
      </Show>
    </div>
  );
}
