import { readTag } from "@yihao/warehouse/epc";
import { createSignal, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Status } from "../../ui/status.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSerial, writeTag } from "./tag-data.ts";
import { tagWords } from "./tag-words.ts";

/** The radio tag of one piece (RFID 标签): what it bears, what its GTIN and serial number make, and a field into which a reader types. */
export function SerialTag(props: {
  space: string;
  product: string;
  serial: string;
  /** Whether whoever looks may write it down. */
  writes: boolean;
}) {
  const t = tagWords();
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <Button size="sm" icon="scan" onClick={() => setOpen(true)}>
        {t.tag}
        <span class="y-hidden">{props.serial}</span>
      </Button>
      <Drawer open={open()} onClose={() => setOpen(false)} title={t.of(props.serial)}>
        <Show when={open()}>
          <Tag {...props} />
        </Show>
      </Drawer>
    </>
  );
}

function Tag(props: { space: string; product: string; serial: string; writes: boolean }) {
  const t = tagWords();
  const piece = useSerial(
    () => props.space,
    () => props.product,
    () => props.serial,
  );
  const [problem, setProblem] = createSignal<unknown>();
  const put = async (epc: string | null) => {
    const now = piece.data;
    if (!now) return;
    setProblem(undefined);
    try {
      await writeTag(props.space, now, epc);
      toast({ text: epc === null ? t.removed : t.written });
      form.reset({ epc: "" });
    } catch (error) {
      setProblem(() => error);
      void piece.refetch();
    }
  };
  const form = createForm({
    name: "serial-tag",
    initial: { epc: "" },
    check: ({ epc }) => ({ epc: readTag(epc) === undefined ? t.notSgtin : undefined }),
    submit: ({ epc }) => put(readTag(epc) ?? epc.trim()),
  });
  return (
    <Show
      when={piece.data}
      fallback={
        <Show when={piece.isError} fallback={<Loading rows={4} />}>
          <ErrorState title={t.notRead} problem={piece.error} onRetry={() => void piece.refetch()} />
        </Show>
      }
    >
      {(one) => (
        <div class="flex flex-col gap-4">
          <dl class="flex flex-col gap-3">
            <div>
              <dt class="text-xs text-fg-2">{t.bears}</dt>
              <dd classList={{ "font-mono break-all": one().epc !== undefined }}>
                <Show when={one().epc} fallback={<Status is="draft" text={t.none} />}>
                  {(epc) => epc()}
                </Show>
              </dd>
            </div>
            <div>
              <dt class="text-xs text-fg-2">{t.made}</dt>
              <dd class={one().sgtin ? "font-mono break-all" : "text-fg-2"}>{one().sgtin ?? t.noPrefix}</dd>
            </div>
          </dl>
          <Show when={problem() !== undefined}>
            <Note tone="bad" alert>
              {explain(problem())}
            </Note>
          </Show>
          <Show when={props.writes} fallback={<p class="text-xs text-fg-2">{t.onlyWarehouse}</p>}>
            <FormFrame form={form} label={t.tag}>
              <TextField label={t.read} hint={t.readHint} mono maxLength={120} bind={form.field("epc")} />
              <div class="flex flex-wrap gap-2">
                <Button kind="primary" type="submit" busy={form.busy()}>
                  {t.write}
                </Button>
                <Show when={one().sgtin !== undefined && one().sgtin !== one().epc}>
                  <Button onClick={() => form.set("epc", one().sgtin ?? "")}>{t.useMade}</Button>
                </Show>
                <Show when={one().epc !== undefined}>
                  <Button kind="text" busy={form.busy()} onClick={() => void put(null)}>
                    {t.remove}
                  </Button>
                </Show>
              </div>
            </FormFrame>
          </Show>
        </div>
      )}
    </Show>
  );
}
