import { createEffect, createSignal, on } from "solid-js";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { type LabelFormat, saveBinLabels } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";

/** Labels of bins from one to another along the walk (货位标签). */
export function BinLabels(props: {
  open: boolean;
  onClose: () => void;
  space: string;
  warehouse: string;
  codes: readonly string[];
}) {
  const t = flowWords();
  const [from, setFrom] = createSignal("");
  const [to, setTo] = createSignal("");
  const [busy, setBusy] = createSignal(false);
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return;
        setFrom(props.codes[0] ?? "");
        setTo(props.codes.at(-1) ?? "");
      },
    ),
  );
  const save = async (format: LabelFormat) => {
    setBusy(true);
    try {
      await saveBinLabels(props.space, props.warehouse, from().trim(), to().trim(), format);
      props.onClose();
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t.allLabels}
      foot={
        <>
          <Button kind="primary" icon="print" busy={busy()} onClick={() => void save("pdf")}>
            {t.pdf}
          </Button>
          <Button busy={busy()} onClick={() => void save("zpl")}>
            {t.zpl}
          </Button>
          <Button kind="text" onClick={props.onClose}>
            {t.cancel}
          </Button>
        </>
      }
    >
      <div class="y-pair">
        <TextField label={t.from} mono bind={bound(from, setFrom)} />
        <TextField label={t.to} mono bind={bound(to, setTo)} />
      </div>
    </Dialog>
  );
}
