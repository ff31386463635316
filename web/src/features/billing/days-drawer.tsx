import { For, type JSX } from "solid-js";
import { Problem } from "../../problem.ts";
import type { Binding } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { type Form, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";

/** A switch of two words. */
export type OnOff = "on" | "off";
type Whole = number | undefined;

/** Saves settings as they were read and closes; when somebody has changed them meanwhile it says so and what was entered stays. */
export async function keepSettings(
  save: Promise<unknown>,
  { saved, theirs, onClose }: { readonly saved: string; readonly theirs: string; readonly onClose: () => void },
): Promise<void> {
  try {
    await save;
  } catch (error) {
    if (!(error instanceof Problem && error.status === 412)) throw error;
    toast({ text: theirs, tone: "bad" });
    return;
  }
  toast({ text: saved, tone: "good" });
  onClose();
}

/** The drawer of what a space lets happen by itself on days counted from a bill's due day (催缴, 自动扣款): on or off, its days, and what else is asked below. */
export function DaysDrawer<Values extends Record<string, unknown>>(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  save: string;
  form: Form<Values>;
  on: { readonly label: string; readonly yes: string; readonly no: string; readonly bind: Binding<OnOff> };
  says: readonly string[];
  days: readonly Binding<Whole>[];
  dayLabel: (place: number) => string;
  unit: string;
  min: number;
  max: number;
  children?: JSX.Element;
}) {
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      foot={
        <Button kind="primary" keys={["⌘", "↵"]} busy={props.form.busy()} onClick={() => void props.form.submit()}>
          {props.save}
        </Button>
      }
    >
      <FormFrame form={props.form} label={props.title}>
        <Segmented
          label={props.on.label}
          options={[
            { value: "on" as const, label: props.on.yes },
            { value: "off" as const, label: props.on.no },
          ]}
          bind={props.on.bind}
        />
        <For each={props.says}>{(say) => <p class="text-fg-2">{say}</p>}</For>
        <div class="grid grid-cols-2 gap-3">
          <For each={props.days}>
            {(bind, at) => (
              <NumberField
                label={props.dayLabel(at() + 1)}
                unit={props.unit}
                min={props.min}
                max={props.max}
                bind={bind}
              />
            )}
          </For>
        </div>
        {props.children}
      </FormFrame>
    </Drawer>
  );
}
