import { For } from "solid-js";
import { Problem } from "../../problem.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { type CollectSet, changeCollect } from "./collect-data.ts";
import { collectWords } from "./collect-words.ts";

const names = ["day1", "day2", "day3", "day4", "day5", "day6"] as const;
type Values = { on: "on" | "off" } & Record<(typeof names)[number], number | undefined>;

/** How the space collects: on or off, and the days of up to six tries. */
export function CollectDrawer(props: { space: string; settings: CollectSet; open: boolean; onClose: () => void }) {
  const t = collectWords();
  const daysIn = (values: Values) => names.map((name) => values[name]).filter((day) => day !== undefined);
  const [day1, day2, day3, day4, day5, day6] = props.settings.days;
  const form = createForm<Values>({
    name: "collect",
    initial: { on: props.settings.on ? "on" : "off", day1, day2, day3, day4, day5, day6 },
    check: (values) => {
      const days = daysIn(values);
      const whole = (day: number) => Number.isInteger(day) && day >= 0 && day <= 60;
      const rises = days.every((day, at) => whole(day) && (at === 0 || day > (days[at - 1] ?? 0)));
      return { day1: values.day1 !== undefined && rises ? undefined : t.badDays };
    },
    submit: async (values) => {
      try {
        await changeCollect(props.space, { on: values.on === "on", days: daysIn(values) }, props.settings.rev);
      } catch (error) {
        if (!(error instanceof Problem && error.status === 412)) throw error;
        toast({ text: t.theirs, tone: "bad" });
        return;
      }
      toast({ text: t.saved, tone: "good" });
      props.onClose();
    },
  });
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={t.setUp}
      foot={
        <Button kind="primary" keys={["⌘", "↵"]} busy={form.busy()} onClick={() => void form.submit()}>
          {t.save}
        </Button>
      }
    >
      <FormFrame form={form} label={t.setUp}>
        <Segmented
          label={t.on}
          options={[
            { value: "on" as const, label: t.onYes },
            { value: "off" as const, label: t.onNo },
          ]}
          bind={form.field("on")}
        />
        <p class="text-fg-2">{t.onSay}</p>
        <p class="text-fg-2">{t.daysSay}</p>
        <div class="grid grid-cols-2 gap-3">
          <For each={names}>
            {(name, at) => (
              <NumberField label={t.day(at() + 1)} unit={t.daysUnit} min={0} max={60} bind={form.field(name)} />
            )}
          </For>
        </div>
      </FormFrame>
    </Drawer>
  );
}
