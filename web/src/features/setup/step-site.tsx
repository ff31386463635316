import type { Hours } from "@yihao/booking/model";
import { FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { hoursText, readHours } from "../booking/places-text.ts";
import { saveSite } from "./data.ts";
import type { Built } from "./progress.ts";
import { StepFrame } from "./step-frame.tsx";
import { namedCity } from "./step-space.tsx";
import { createStep } from "./use-step.ts";
import { setupWords } from "./words.ts";

const weekdays = [1, 2, 3, 4, 5] as const;

/** The site and its opening hours. Weekdays that were given hours of their own elsewhere keep them. */
export function SiteStep(props: { space: string; built: Built }) {
  const t = setupWords();
  const before = props.built.sites[0];
  const { form, acts } = createStep({
    name: "site",
    space: props.space,
    initial: {
      name: before?.name ?? props.built.space.name.slice(0, 40),
      city: before?.city ?? namedCity(props.space),
      week: before ? hoursText(before.hours[1]) : "09:00-21:00",
      saturday: before ? hoursText(before.hours[6]) : "09:00-18:00",
      sunday: before ? hoursText(before.hours[7]) : "09:00-18:00",
    },
    check: (values) => ({
      name: values.name.trim() === "" ? t.needed : undefined,
      week: readHours(values.week) ? undefined : t.badHours,
      saturday: readHours(values.saturday) ? undefined : t.badHours,
      sunday: readHours(values.sunday) ? undefined : t.badHours,
    }),
    save: ({ name, city, week, saturday, sunday }, intent) => {
      const open = readHours(week) ?? [];
      const usual = before && hoursText(before.hours[1]);
      const day = (one: (typeof weekdays)[number]) =>
        before && hoursText(before.hours[one]) !== usual ? before.hours[one] : open;
      const hours: Hours = {
        1: day(1),
        2: day(2),
        3: day(3),
        4: day(4),
        5: day(5),
        6: readHours(saturday) ?? [],
        7: readHours(sunday) ?? [],
      };
      const facts = { name, city, zone: props.built.space.zone, hours, closures: before?.closures ?? [] };
      return saveSite(props.space, facts, before, intent);
    },
  });
  return (
    <StepFrame step="site" space={props.space} built={props.built} acts={acts}>
      <FormFrame form={form} label={t.names.site}>
        <div class="y-pair">
          <TextField size="lg" label={t.siteName} required maxLength={40} bind={form.field("name")} />
          <TextField size="lg" label={t.city} maxLength={40} bind={form.field("city")} />
        </div>
        <TextField size="lg" label={t.weekdays} hint={t.hoursHint} bind={form.field("week")} />
        <div class="y-pair">
          <TextField size="lg" label={t.saturday} bind={form.field("saturday")} />
          <TextField size="lg" label={t.sunday} bind={form.field("sunday")} />
        </div>
      </FormFrame>
    </StepFrame>
  );
}
