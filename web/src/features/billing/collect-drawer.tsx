import { createForm } from "../../ui/form.tsx";
import { type CollectSet, changeCollect } from "./collect-data.ts";
import { collectWords } from "./collect-words.ts";
import { DaysDrawer, keepSettings, type OnOff } from "./days-drawer.tsx";

const names = ["day1", "day2", "day3", "day4", "day5", "day6"] as const;
type Values = { on: OnOff } & Record<(typeof names)[number], number | undefined>;

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
    submit: (values) =>
      keepSettings(changeCollect(props.space, { on: values.on === "on", days: daysIn(values) }, props.settings.rev), {
        ...{ saved: t.saved, theirs: t.theirs },
        onClose: () => props.onClose(),
      }),
  });
  const days = names.map((name) => form.field(name));
  return (
    <DaysDrawer
      open={props.open}
      onClose={props.onClose}
      title={t.setUp}
      save={t.save}
      form={form}
      on={{ label: t.on, yes: t.onYes, no: t.onNo, bind: form.field("on") }}
      says={[t.onSay, t.daysSay]}
      days={days}
      dayLabel={t.day}
      unit={t.daysUnit}
      min={0}
      max={60}
    />
  );
}
