import { createSignal } from "solid-js";
import { type Intent, newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { toast } from "../../ui/toast.tsx";
import type { LabelFormat } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";

const formats = ["pdf", "zpl"] as const;

/** Prints labels as PDF or for a label printer; says so when they could not be had. Where labels may be charged to the owner of the goods, whoever prints chooses: they are written down, or are a reprint that costs nothing. */
export function LabelMenu(props: {
  save: (format: LabelFormat) => Promise<void>;
  /** Writes the labels down to be charged (贴标费), where whoever prints may. */
  charge?: ((intent: Intent) => Promise<unknown>) | undefined;
  /** Of what, for those who do not see what it stands beside. */
  about: string;
  label?: string;
  large?: boolean;
}) {
  const t = flowWords();
  const [busy, setBusy] = createSignal(false);
  let intent = newIntent();
  const run = async (format: LabelFormat, charged: boolean) => {
    if (busy()) return;
    setBusy(true);
    try {
      // Printed once more since the file did not come, it is the same work.
      if (charged) await props.charge?.(intent);
      try {
        await props.save(format);
      } catch {
        toast({ text: t.labelFailed, tone: "bad" });
        return;
      }
      intent = newIntent();
      if (charged) toast({ text: t.labelCharged, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const items = () =>
    props.charge === undefined
      ? formats.map((format) => ({ key: format as string, label: t[format], run: () => void run(format, false) }))
      : [true, false].flatMap((charged) =>
          formats.map((format) => ({
            key: `${format} ${charged}`,
            label: charged ? t.labelToCharge(t[format]) : t.labelAgain(t[format]),
            run: () => void run(format, charged),
          })),
        );
  return (
    <Menu
      label={`${props.label ?? t.label} ${props.about}`}
      class={props.large ? "y-btn y-btn-outline y-btn-xl" : "y-btn y-btn-outline y-btn-sm"}
      trigger={
        <>
          <Icon name="print" size={props.large ? 22 : 14} /> {props.label ?? t.label}
          <span class="y-hidden">{props.about}</span>
        </>
      }
      items={items()}
    />
  );
}
