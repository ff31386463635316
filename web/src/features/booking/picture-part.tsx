import type { ResourceView } from "@yihao/booking/model";
import { createSignal, createUniqueId, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";
import { removePicture, uploadPicture } from "./data.ts";
import { rulesWords } from "./rules-words.ts";

/** What a place looks like to whoever books it, the public too: one picture, which holds at once. */
export function PicturePart(props: { space: string; resource: ResourceView; onRev: (rev: number) => void }) {
  const r = rulesWords();
  const input = createUniqueId();
  let file: HTMLInputElement | undefined;
  const [picture, setPicture] = createSignal(props.resource.picture);
  const [busy, setBusy] = createSignal(false);
  const run = async (what: () => Promise<ResourceView>) => {
    setBusy(true);
    try {
      const now = await what();
      setPicture(now.picture);
      props.onRev(now.rev);
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="y-field">
      <label class="y-label" for={input}>
        {r.picture}
      </label>
      <input
        ref={file}
        id={input}
        class="y-hidden"
        type="file"
        accept="image/png,image/jpeg,image/webp"
        onChange={(event) => {
          const given = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (given) void run(() => uploadPicture(props.space, props.resource.id, given, newIntent()));
        }}
      />
      <div class="flex flex-wrap items-end gap-3">
        <Show when={picture()}>
          {(id) => (
            <img
              class="h-24 w-40 border border-line object-cover"
              src={`/api/v1/files/spaces/${props.space}/resources/${props.resource.id}/picture?${id()}`}
              alt={r.pictureOf(props.resource.code)}
            />
          )}
        </Show>
        <Button icon="upload" busy={busy()} onClick={() => file?.click()}>
          {picture() ? r.pictureOther : r.pictureAdd}
        </Button>
        <Show when={picture()}>
          <Button busy={busy()} onClick={() => void run(() => removePicture(props.space, props.resource.id))}>
            {r.pictureOff}
          </Button>
        </Show>
      </div>
      <span class="y-hint">{r.pictureHint}</span>
    </div>
  );
}
