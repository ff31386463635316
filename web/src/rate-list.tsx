import { bookableKinds, ratesMost } from "@yihao/pricing/model";
import { For, Show } from "solid-js";
import { weekday } from "./format.ts";
import { kindNameWords } from "./kinds.ts";
import { rateListWords } from "./rate-list-words.ts";
import { newRate, type RateValue } from "./rate-values.ts";
import { type Binding, bound } from "./ui/binding.ts";
import { Button, IconButton } from "./ui/button.tsx";
import { Checkbox, Segmented, SelectField } from "./ui/choice-field.tsx";
import { FaultLine } from "./ui/field.tsx";
import { MoneyField, NumberField, TextField } from "./ui/text-field.tsx";

/** The rates of a card while they are typed (分时与会员价): from the top, the first that fits holds. */
export function RateList(props: { bind: Binding<RateValue[]> }) {
  const t = rateListWords();
  const all = () => props.bind.value();
  const change = (index: number, next: Partial<RateValue>) =>
    props.bind.set(all().map((one, at) => (at === index ? { ...one, ...next } : one)));
  const up = (index: number) => {
    const next = [...all()];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index - 1, 0, moved);
    props.bind.set(next);
  };
  return (
    <div class="y-field" id={props.bind.id} tabIndex={-1}>
      <Show when={all().length === 0}>
        <p class="text-fg-3">{t.noRates}</p>
      </Show>
      <ol class="flex flex-col gap-4">
        {/* By place, not by value: a field keeps its focus while its rate changes. */}
        <For each={all().map((_, index) => index)}>
          {(index) => (
            <li class="border-l-2 border-line-control pl-3">
              <RateFields
                number={index + 1}
                rate={all()[index] ?? newRate}
                onChange={(next) => change(index, next)}
                onUp={() => up(index)}
                onRemove={() => props.bind.set(all().filter((_, at) => at !== index))}
              />
            </li>
          )}
        </For>
      </ol>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
      <Show when={all().length < ratesMost} fallback={<p class="text-xs text-fg-3">{t.most(ratesMost)}</p>}>
        <span class="mt-2">
          <Button size="sm" icon="plus" onClick={() => props.bind.set([...all(), { ...newRate }])}>
            {t.add}
          </Button>
        </span>
      </Show>
    </div>
  );
}

const monday = (at: number) => `2024-01-0${at}`;

function RateFields(props: {
  number: number;
  rate: RateValue;
  onChange: (next: Partial<RateValue>) => void;
  onUp: () => void;
  onRemove: () => void;
}) {
  const t = rateListWords();
  const kinds = kindNameWords();
  const toggled = <One,>(all: readonly One[], one: One, on: boolean) =>
    on ? [...all, one] : all.filter((other) => other !== one);
  const of = <Name extends keyof RateValue>(name: Name) =>
    bound<RateValue[Name]>(
      () => props.rate[name],
      (value) => props.onChange({ [name]: value } as Partial<RateValue>),
    );
  return (
    <fieldset class="flex flex-col gap-2" aria-label={t.rate(props.number)}>
      <div class="flex items-end gap-2">
        <span class="min-w-0 flex-1">
          <TextField label={t.name} placeholder={t.nameHint} maxLength={30} bind={of("name")} />
        </span>
        <Show when={props.number > 1}>
          <IconButton icon="up" framed label={t.upOf(props.number)} onClick={() => props.onUp()} />
        </Show>
        <Button kind="text" aria-label={t.removeOf(props.number)} onClick={() => props.onRemove()}>
          {t.remove}
        </Button>
      </div>
      <fieldset class="flex flex-wrap items-center gap-x-4 gap-y-1" aria-label={t.kinds}>
        <span class="text-xs text-fg-2">{t.kinds}</span>
        <For each={bookableKinds}>
          {(kind) => (
            <Checkbox
              label={kinds[kind]}
              bind={bound(
                () => props.rate.kinds.includes(kind),
                (on) => props.onChange({ kinds: toggled(props.rate.kinds, kind, on) }),
              )}
            />
          )}
        </For>
        <span class="text-xs text-fg-3">{t.allKinds}</span>
      </fieldset>
      <fieldset class="flex flex-wrap items-center gap-x-4 gap-y-1" aria-label={t.weekdays}>
        <span class="text-xs text-fg-2">{t.weekdays}</span>
        <For each={[1, 2, 3, 4, 5, 6, 7]}>
          {(day) => (
            <Checkbox
              label={weekday(monday(day))}
              bind={bound(
                () => props.rate.weekdays.includes(day),
                (on) => props.onChange({ weekdays: toggled(props.rate.weekdays, day, on) }),
              )}
            />
          )}
        </For>
        <span class="text-xs text-fg-3">{t.allDays}</span>
      </fieldset>
      <div class="y-pair">
        <TextField label={t.from} mono placeholder="00:00" maxLength={5} bind={of("from")} />
        <TextField label={t.until} mono placeholder="24:00" maxLength={5} bind={of("until")} />
      </div>
      <div class="y-pair">
        <NumberField label={t.least} hint={t.leastHint} unit={t.minutes} min={5} step={30} bind={of("leastMinutes")} />
        <SelectField
          label={t.who}
          options={(["all", "member", "other"] as const).map((value) => ({ value, label: t.whoOf[value] }))}
          bind={of("who")}
        />
      </div>
      <div class="y-pair">
        <Segmented
          label={t.ask}
          options={(["percent", "hour", "day"] as const).map((value) => ({ value, label: t.askOf[value] }))}
          bind={of("ask")}
        />
        <Show
          when={props.rate.ask === "percent"}
          fallback={<MoneyField label={t.askOf[props.rate.ask]} bind={of("minor")} />}
        >
          <NumberField label={t.percent} unit="%" min={0} max={500} step={5} bind={of("percent")} />
        </Show>
      </div>
    </fieldset>
  );
}
