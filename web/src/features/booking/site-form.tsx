import type { Hours, SiteFacts } from "@yihao/booking/model";
import { isZone } from "@yihao/kernel/days";
import { For } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { saveSite } from "./data.ts";
import { hoursText, readDays, readHours } from "./places-text.ts";
import { placesWords } from "./places-words.ts";
import type { SiteView } from "./view.ts";

const days = [1, 2, 3, 4, 5, 6, 7] as const;
const usual = "09:00-21:00";

/** A site's name, zone, opening hours and closed days. Changing hours binds all its desks and rooms. */
export function SiteForm(props: { space: string; site: SiteView | undefined; onSaved: (id: string) => void }) {
  const t = placesWords();
  const before = props.site;
  const typed = (day: (typeof days)[number]) => (before ? hoursText(before.hours[day]) : usual);
  const form = createForm({
    name: `site-${before?.id ?? "new"}`,
    initial: {
      name: before?.name ?? "",
      city: before?.city ?? "",
      address: before?.address ?? "",
      zone: before?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      hours1: typed(1),
      hours2: typed(2),
      hours3: typed(3),
      hours4: typed(4),
      hours5: typed(5),
      hours6: typed(6),
      hours7: typed(7),
      closures: before?.closures.join("\n") ?? "",
    },
    check: (values) => {
      const faults: Partial<Record<keyof typeof values, string>> = {};
      if (values.name.trim() === "") faults.name = t.needed;
      if (!isZone(values.zone)) faults.zone = t.zoneBad;
      for (const day of days) if (!readHours(values[`hours${day}`])) faults[`hours${day}`] = t.hoursBad;
      if (!readDays(values.closures)) faults.closures = t.closureBad;
      return faults;
    },
    submit: async (values, intent) => {
      const hours = Object.fromEntries(days.map((day) => [day, readHours(values[`hours${day}`]) ?? []])) as Hours;
      const { name, city, zone } = values;
      const address = values.address.trim();
      const closures = readDays(values.closures) ?? [];
      const facts: SiteFacts = { name, city, zone, hours, closures, ...(address ? { address } : {}) };
      const saved = await saveSite(props.space, facts, before, intent);
      toast({ text: before ? t.saved : t.siteAdded });
      props.onSaved(saved.id);
    },
  });
  return (
    <FormFrame form={form} label={before?.name ?? t.siteNew}>
      <div class="y-pair">
        <TextField label={t.name} bind={form.field("name")} maxLength={40} required />
        <TextField label={t.city} bind={form.field("city")} maxLength={40} />
      </div>
      <TextField label={t.address} hint={t.addressHint} bind={form.field("address")} maxLength={120} />
      <TextField label={t.zone} bind={form.field("zone")} mono />
      <fieldset class="flex flex-col gap-2">
        <legend class="mb-1 text-xs text-fg-2">{t.hours}</legend>
        <p class="text-xs text-fg-3">{t.hoursHint}</p>
        <div class="grid gap-x-3 gap-y-2 tablet:grid-cols-2">
          <For each={days}>
            {(day) => (
              <TextField
                label={t.weekdays.split(" ")[day - 1] ?? ""}
                bind={form.field(`hours${day}`)}
                inputMode="text"
              />
            )}
          </For>
        </div>
      </fieldset>
      <TextArea label={t.closures} hint={t.closuresHint} bind={form.field("closures")} rows={3} />
      <span>
        <Button type="submit" kind="primary" busy={form.busy()}>
          {t.save}
        </Button>
      </span>
    </FormFrame>
  );
}
