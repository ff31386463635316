import { createSignal } from "solid-js";
import { explain } from "../../refusals.ts";
import { IconButton } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";
import { accountWords } from "./accounts-words.ts";

/** Fetches a printed bill or credit note; says so when it could not be had. */
export function PaperButton(props: { number: string; save: () => Promise<void>; framed?: boolean }) {
  const t = accountWords();
  const [busy, setBusy] = createSignal(false);
  const run = async () => {
    setBusy(true);
    try {
      await props.save();
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <IconButton
      icon="download"
      framed={props.framed === true}
      label={t.pdf(props.number)}
      disabled={busy()}
      onClick={() => void run()}
    />
  );
}
