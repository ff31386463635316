import { createEffect, createSignal, createUniqueId, on, onCleanup, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { Problem } from "../problem.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

const words = dictionary({
  zh: { take: "拍照", retake: "重拍", remove: "去掉照片" },
  en: { take: "Take a picture", retake: "Take another", remove: "Remove the picture" },
});

/** One picture, taken with a phone's camera or chosen at a desk; it is shown before it goes anywhere. */
export function PhotoField(props: {
  label: string;
  value: File | undefined;
  onChange: (file: File | undefined) => void;
  size?: "md" | "xl";
}) {
  const t = words();
  const id = createUniqueId();
  let input: HTMLInputElement | undefined;
  const [url, setUrl] = createSignal<string>();
  const drop = () => {
    const old = url();
    if (old) URL.revokeObjectURL(old);
  };
  createEffect(
    on(
      () => props.value,
      (file) => {
        drop();
        setUrl(file ? URL.createObjectURL(file) : undefined);
      },
    ),
  );
  onCleanup(drop);
  return (
    <div class="y-field">
      <label class="y-label" for={id}>
        {props.label}
      </label>
      <input
        ref={input}
        id={id}
        class="y-hidden"
        type="file"
        accept="image/*"
        capture="environment"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) props.onChange(file);
        }}
      />
      <div class="flex flex-wrap items-center gap-3">
        <Show when={url()}>
          {(src) => <img src={src()} alt={props.label} class="h-20 max-w-40 border border-line object-contain" />}
        </Show>
        <Button size={props.size ?? "md"} icon="scan" onClick={() => input?.click()}>
          {props.value ? t.retake : t.take}
        </Button>
        <Show when={props.value}>
          <Button size={props.size ?? "md"} kind="text" aria-label={t.remove} onClick={() => props.onChange(undefined)}>
            <Icon name="close" />
          </Button>
        </Show>
      </div>
    </div>
  );
}

/** How long after a failure a picture is asked for again, in milliseconds; after the last it is given up. */
const againMs = [500, 1_500, 4_000] as const;

/** A picture that lies elsewhere, small, with the whole of it behind. `of` names which it is; `link` asks for where it lies when it is wanted, and again when it could not be had. */
export function Picture(props: { label: string; of: string; link: () => Promise<string> }) {
  const [src, setSrc] = createSignal<string>();
  const [lost, setLost] = createSignal(false);
  let wanted = {};
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = () => {
    const mine = wanted;
    props.link().then(
      (url) => {
        if (mine === wanted) setSrc(url);
      },
      (error: unknown) => {
        if (mine === wanted) failed(error);
      },
    );
  };
  const failed = (error?: unknown) => {
    setSrc(undefined);
    const refused = error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 429;
    const pause = refused ? undefined : againMs[failures];
    failures += 1;
    if (pause === undefined) setLost(true);
    else timer = setTimeout(read, pause);
  };
  const stop = () => {
    wanted = {};
    failures = 0;
    clearTimeout(timer);
  };
  createEffect(
    on(
      () => props.of,
      () => {
        stop();
        setSrc(undefined);
        setLost(false);
        read();
      },
    ),
  );
  onCleanup(stop);
  return (
    <Show when={!lost()} fallback={<span class="text-fg-3">—</span>}>
      <Show when={src()}>
        {(url) => (
          <a href={url()} target="_blank" rel="noopener noreferrer" class="inline-block">
            <img
              src={url()}
              alt={props.label}
              class="h-24 max-w-48 border border-line object-contain"
              onError={() => failed()}
            />
          </a>
        )}
      </Show>
    </Show>
  );
}
