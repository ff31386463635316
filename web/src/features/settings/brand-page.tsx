import { useParams } from "@solidjs/router";
import { type Brand, contrastLeast, contrastOf, logoMost } from "@yihao/identity/brand";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { setBrand, useOwnBrand } from "../../brand.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { brandWords } from "./brand-words.ts";

/** Colours on which white can be read, to begin with. */
const swatches = ["#007585", "#1d4ed8", "#4338ca", "#7a1f4b", "#b3261e", "#8a4b08", "#2f6b2f", "#37444a"] as const;
const logoHeight = 96;
const logoWidth = 360;

/** A picture as a data URL no larger than a head needs, PNG where it is small enough, else WebP. */
async function logoOf(file: File): Promise<string | undefined> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, logoHeight / picture.height, logoWidth / picture.width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = [canvas.toDataURL("image/png"), canvas.toDataURL("image/webp", 0.85)];
  return made.find((url) => url.length <= logoMost);
}

/** The space's own brand (自有品牌): its colour and logo, shown as they will look. */
export default function BrandPage() {
  const t = brandWords();
  const params = useParams<{ space: string }>();
  const brand = useOwnBrand(() => params.space);
  return (
    <>
      <PageHead title={t.title} say={t.say} />
      <Pane label={t.title} flush={false}>
        <Show
          when={brand.data}
          fallback={
            <Show when={brand.isError} fallback={<Loading rows={5} />}>
              <ErrorState title={t.notRead} problem={brand.error} onRetry={() => void brand.refetch()} />
            </Show>
          }
        >
          {(read) => <Editing space={params.space} now={read().value} tag={read().tag ?? '"0"'} />}
        </Show>
      </Pane>
    </>
  );
}

function Editing(props: { space: string; now: Brand; tag: string }) {
  const t = brandWords();
  const [colour, setColour] = createSignal(props.now.colour ?? "");
  const [logo, setLogo] = createSignal(props.now.logo);
  const [problem, setProblem] = createSignal<unknown>();
  const [bad, setBad] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  let input: HTMLInputElement | undefined;
  const plain = () => colour().trim().toLowerCase();
  const right = () => plain() === "" || /^#[0-9a-f]{6}$/.test(plain());
  const shown = () => (right() && plain() !== "" ? plain() : "#007585");
  const take = async (file: File) => {
    setBad(undefined);
    try {
      const made = await logoOf(file);
      if (made) setLogo(made);
      else setBad(t.bigLogo);
    } catch {
      setBad(t.badLogo);
    }
  };
  const save = async () => {
    if (!right()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await setBrand(props.space, { colour: plain() || null, logo: logo() ?? null }, props.tag, newIntent());
      toast({ text: t.saved, tone: "good" });
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="flex max-w-120 flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="flex flex-col gap-2">
        <TextField
          label={t.colour}
          hint={t.colourHint}
          maxLength={7}
          bind={{ ...bound(colour, setColour), fault: () => (right() ? undefined : t.badColour) }}
        />
        <div class="flex flex-wrap items-center gap-2">
          <For each={swatches}>
            {(one) => (
              <button
                type="button"
                class="h-9 w-9 border-2"
                classList={{ "border-fg": plain() === one, "border-line": plain() !== one }}
                style={{ background: one }}
                aria-label={one}
                aria-pressed={plain() === one}
                onClick={() => setColour(one)}
              />
            )}
          </For>
          <Button kind="text" onClick={() => setColour("")}>
            {t.usual}
          </Button>
        </div>
      </div>
      <div class="flex flex-col gap-2">
        <span class="y-label">{t.logo}</span>
        <input
          ref={input}
          class="y-hidden"
          type="file"
          tabindex="-1"
          aria-label={t.logo}
          accept="image/png,image/jpeg,image/webp"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) void take(file);
          }}
        />
        <div class="flex flex-wrap items-center gap-3">
          <Button icon="upload" onClick={() => input?.click()}>
            {logo() ? t.other : t.choose}
          </Button>
          <Show when={logo()}>
            <Button kind="text" onClick={() => setLogo(undefined)}>
              {t.remove}
            </Button>
          </Show>
        </div>
        <p class="text-xs text-fg-2">{t.logoHint}</p>
        <Show when={bad()}>
          {(text) => (
            <Note tone="bad" alert>
              {text()}
            </Note>
          )}
        </Show>
      </div>
      <section aria-label={t.preview} class="border border-line">
        <p class="flex min-h-14 items-center gap-2 border-b border-line px-4">
          <Show when={logo()}>
            {(src) => <img src={src()} alt="" class="h-8 max-w-32 object-contain object-left" />}
          </Show>
          <b class="min-w-0 flex-1 truncate text-md">{t.preview}</b>
        </p>
        <p class="p-4">
          <span
            class="inline-flex h-10 items-center rounded-sm px-5 font-strong"
            style={{ background: shown(), color: contrastOf(shown()) >= contrastLeast ? "#ffffff" : "#b4bfc3" }}
          >
            {t.sample}
          </span>
        </p>
      </section>
      <Show when={problem()}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
      <p>
        <Button kind="primary" type="submit" busy={busy()}>
          {t.save}
        </Button>
      </p>
    </form>
  );
}
