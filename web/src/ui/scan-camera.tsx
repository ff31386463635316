import { createSignal, onCleanup, onMount, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { Button } from "./button.tsx";
import { Note } from "./feedback.tsx";
import { ownReader } from "./own-reader.ts";

const words = dictionary({
  zh: {
    picture: "摄像头画面",
    opening: "正在打开摄像头",
    aim: "把条码放进画面",
    torch: "手电筒",
    on: "开",
    off: "关",
    retry: "再试一次",
    denied: "没有摄像头权限",
    deniedSay: "在浏览器地址栏的网站设置里允许摄像头，再试一次。扫码枪和手动输入照常能用。",
    none: "这台设备没有摄像头，用扫码枪或手动输入。",
    taken: "摄像头被别的应用占用，关掉它再试一次。",
    failed: "摄像头打不开，用扫码枪或手动输入。",
  },
  en: {
    picture: "Camera picture",
    opening: "Opening the camera",
    aim: "Hold the barcode in the picture",
    torch: "Torch",
    on: "on",
    off: "off",
    retry: "Try again",
    denied: "The camera is not allowed",
    deniedSay: "Allow it in the site settings beside the address, then try again. Scanners and typing work as before.",
    none: "This device has no camera. Use a scanner or type.",
    taken: "Another app uses the camera. Close it and try again.",
    failed: "The camera did not open. Use a scanner or type.",
  },
});

type Fault = "denied" | "none" | "taken" | "failed";
const faults: Readonly<Record<string, Fault>> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "taken",
};

const everyMs = 120;
/** A code that stays in the picture is one scan; it is another once it was away for so long. */
const awayMs = 1_500;

/** The torch is in no browser's types yet. */
type Lit = MediaTrackCapabilities & { torch?: boolean };

/** The camera as a scanner: hands on each code that comes into the picture, until it is closed. */
export function ScanCamera(props: { onCode: (code: string) => void }) {
  const t = words();
  const [state, setState] = createSignal<"opening" | "looking" | Fault>("opening");
  const [torch, setTorch] = createSignal<boolean>();
  let video: HTMLVideoElement | undefined;
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const seen = new Map<string, number>();

  const stop = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
  };
  const open = async () => {
    stop();
    setState("opening");
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "NotFoundError");
      const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      const [now, own] = await Promise.all([navigator.mediaDevices.getUserMedia({ video: wish }), ownReader()]);
      stream = now;
      const reader = own ?? (await import("./barcode-reader.ts")).carriedReader();
      if (closed || !video) return stop();
      video.srcObject = stream;
      await video.play();
      const [track] = stream.getVideoTracks();
      if ((track?.getCapabilities?.() as Lit | undefined)?.torch) setTorch(false);
      setState("looking");
      const read = async () => {
        if (closed || !video) return;
        for (const { rawValue } of await reader.detect(video).catch(() => [])) {
          const before = seen.get(rawValue) ?? 0;
          seen.set(rawValue, Date.now());
          if (!closed && rawValue !== "" && Date.now() - before > awayMs) props.onCode(rawValue);
        }
        if (!closed) timer = setTimeout(() => void read(), everyMs);
      };
      void read();
    } catch (error) {
      stop();
      setState(faults[error instanceof DOMException ? error.name : ""] ?? "failed");
    }
  };
  const light = () => {
    const on = torch() !== true;
    const [track] = stream?.getVideoTracks() ?? [];
    const wish = { advanced: [{ torch: on }] } as unknown as MediaTrackConstraints;
    track?.applyConstraints(wish).then(
      () => setTorch(on),
      () => setTorch(undefined),
    );
  };
  onMount(() => void open());
  onCleanup(() => {
    closed = true;
    stop();
  });
  const fault = () => {
    const now = state();
    return now === "opening" || now === "looking" ? undefined : now;
  };
  return (
    <>
      <Show
        when={fault()}
        fallback={
          <div class="relative bg-black">
            <video
              ref={(element) => {
                video = element;
              }}
              class="h-56 w-full object-cover"
              aria-label={t.picture}
              muted
              playsinline
            />
            <p class="absolute inset-x-0 bottom-0 bg-black px-4 py-1 text-base text-white" role="status">
              {state() === "opening" ? t.opening : t.aim}
            </p>
          </div>
        }
      >
        {(one) => (
          <div class="px-4 pt-4">
            <Note
              tone="warn"
              alert
              {...(one() === "denied" ? { title: t.denied } : {})}
              actions={
                <Button size="xl" icon="refresh" onClick={() => void open()}>
                  {t.retry}
                </Button>
              }
            >
              {one() === "denied" ? t.deniedSay : t[one() as "none" | "taken" | "failed"]}
            </Note>
          </div>
        )}
      </Show>
      <Show when={torch() !== undefined && fault() === undefined}>
        <div class="px-4 pt-2">
          <Button size="xl" aria-pressed={torch() === true} onClick={light}>
            {t.torch} {torch() ? t.on : t.off}
          </Button>
        </div>
      </Show>
    </>
  );
}
