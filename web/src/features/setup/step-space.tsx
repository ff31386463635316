import { useNavigate } from "@solidjs/router";
import { isZone } from "@yihao/kernel/days";
import { Show } from "solid-js";
import { lang } from "../../i18n.ts";
import { SelectField } from "../../ui/choice-field.tsx";
import { FormFrame } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { changeSpace, createSpace } from "./data.ts";
import type { Built } from "./progress.ts";
import { StepFrame } from "./step-frame.tsx";
import { createStep } from "./use-step.ts";
import { setupWords } from "./words.ts";

const cityKey = (space: string) => `yihao.setup.city.${space}`;

/** The city that was named with the space, until the site keeps it. */
export function namedCity(space: string): string {
  try {
    return localStorage.getItem(cityKey(space)) ?? "";
  } catch {
    return "";
  }
}

function keepCity(space: string, city: string): void {
  try {
    localStorage.setItem(cityKey(space), city);
  } catch {
    // A closed store: the site's step asks for the city again.
  }
}

/** The space: name, city, zone, currency, language. Creates it the first time, changes it later. */
export function SpaceStep(props: { space: string | undefined; built: Built | undefined }) {
  const t = setupWords();
  const navigate = useNavigate();
  const before = props.built?.space;
  const { form, acts } = createStep({
    name: "space",
    space: props.space,
    initial: {
      name: before?.name ?? "",
      city: "",
      zone: before?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      currency: before?.currency ?? "CNY",
      language: before?.language ?? lang(),
    },
    check: (values) => ({
      name: values.name.trim() === "" ? t.needed : undefined,
      zone: isZone(values.zone) ? undefined : t.badZone,
    }),
    save: async ({ name, city, zone, currency, language }, intent) => {
      if (props.built) return changeSpace(props.built, { name, zone, language });
      const space = await createSpace({ name, zone, currency, language }, intent);
      keepCity(space, city.trim());
      navigate(`/setup/${space}/site`, { replace: true });
    },
  });
  return (
    <StepFrame step="space" space={props.space} built={props.built} acts={acts}>
      <FormFrame form={form} label={t.names.space}>
        <TextField size="lg" label={t.name} required maxLength={80} autofocus bind={form.field("name")} />
        <Show when={!props.built}>
          <TextField size="lg" label={t.city} maxLength={40} autocomplete="address-level2" bind={form.field("city")} />
        </Show>
        <div class="y-pair">
          <TextField size="lg" label={t.zone} mono maxLength={60} bind={form.field("zone")} />
          <SelectField
            size="lg"
            label={t.currency}
            hint={t.currencyHint}
            disabled={props.built !== undefined}
            options={["CNY", "HKD", "USD", "EUR", "GBP"].map((value) => ({ value, label: value }))}
            bind={form.field("currency")}
          />
        </div>
        <SelectField
          size="lg"
          label={t.language}
          options={[
            { value: "zh-CN" as const, label: t.languages.zh },
            { value: "en" as const, label: t.languages.en },
          ]}
          bind={form.field("language")}
        />
      </FormFrame>
    </StepFrame>
  );
}
