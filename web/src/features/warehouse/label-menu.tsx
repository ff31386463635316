import { createSignal } from "solid-js";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { toast } from "../../ui/toast.tsx";
import type { LabelFormat } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";

/** Prints labels as PDF or for a label printer; says so when they could not be had. */
export function LabelMenu(props: {
  save: (format: LabelFormat) => Promise<void>;
  /** Of what, for those who do not see what it stands beside. */
  about: string;
  label?: string;
  large?: boolean;
}) {
  const t = flowWords();
  const [busy, setBusy] = createSignal(false);
  const run = async (format: LabelFormat) => {
    if (busy()) return;
    setBusy(true);
    try {
      await props.save(format);
    } catch {
      toast({ text: t.labelFailed, tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu
      label={`${props.label ?? t.label} ${props.about}`}
      class={props.large ? "y-btn y-btn-outline y-btn-xxl" : "y-btn y-btn-outline y-btn-sm"}
      trigger={
        <>
          <Icon name="print" size={props.large ? 22 : 14} /> {props.label ?? t.label}
          <span class="y-hidden">{props.about}</span>
        </>
      }
      items={(["pdf", "zpl"] as const).map((format) => ({
        key: format,
        label: t[format],
        run: () => void run(format),
      }))}
    />
  );
}
