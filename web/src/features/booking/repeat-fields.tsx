import { occurrencesMost } from "@yihao/booking/recurrence";
import { createMemo, For, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Checkbox, Segmented, SelectField } from "../../ui/choice-field.tsx";
import { DateField, NumberField } from "../../ui/text-field.tsx";
import { monthlyOptions, type RepeatValues, turnedTo, weekdayName } from "./repeat-values.ts";
import { seriesWords } from "./series-words.ts";

const isoWeekdays = [1, 2, 3, 4, 5, 6, 7];

/** How a booking repeats, in plain words: every so many days, weeks or months, on which days, until when. */
export function RepeatFields(props: {
  values: RepeatValues;
  day: string;
  /** The last day that can be booked. */
  furthest: string | undefined;
  size?: "md" | "lg";
  onChange: (values: RepeatValues) => void;
}) {
  const t = seriesWords();
  const size = () => props.size ?? "md";
  const change = (part: Partial<RepeatValues>) => props.onChange({ ...props.values, ...part });
  const unit = createMemo(() => (props.values.every === "none" ? undefined : props.values.every));
  const toggle = (day: number, on: boolean) =>
    change({
      weekdays: isoWeekdays.filter((one) => (one === day ? on : props.values.weekdays.includes(one))),
    });
  return (
    <div class="flex flex-col gap-3">
      <div class="flex flex-wrap items-end gap-2">
        <span class="min-w-36 flex-1">
          <SelectField
            label={t.repeat}
            size={size()}
            options={(["none", "day", "week", "month"] as const).map((value) => ({ value, label: t[value] }))}
            bind={bound<RepeatValues["every"]>(
              () => props.values.every,
              (every) => props.onChange(turnedTo(every, props.values, props.day, props.furthest)),
            )}
          />
        </span>
        <Show when={unit()}>
          {(every) => (
            <span class="w-28">
              <NumberField
                label={t.interval[every()]}
                size={size()}
                unit={t.unit[every()]}
                min={1}
                max={99}
                bind={bound(
                  () => props.values.interval,
                  (interval) => change({ interval }),
                )}
              />
            </span>
          )}
        </Show>
      </div>
      <Show when={unit() === "week"}>
        <fieldset class="flex flex-wrap items-center gap-x-3 gap-y-1" aria-label={t.weekdays}>
          <For each={isoWeekdays}>
            {(day) => (
              <Checkbox
                label={weekdayName(day)}
                bind={bound(
                  () => props.values.weekdays.includes(day),
                  (on) => toggle(day, on),
                )}
              />
            )}
          </For>
        </fieldset>
      </Show>
      <Show when={unit() === "month"}>
        <SelectField
          label={t.monthly}
          size={size()}
          options={monthlyOptions(props.day, t)}
          bind={bound<RepeatValues["monthly"]>(
            () => props.values.monthly,
            (monthly) => change({ monthly }),
          )}
        />
      </Show>
      <Show when={unit()}>
        <div class="flex flex-wrap items-end gap-2">
          <Segmented
            label={t.ends}
            size={size()}
            options={[
              { value: "until", label: t.endsUntil },
              { value: "count", label: t.endsCount },
            ]}
            bind={bound<RepeatValues["ends"]>(
              () => props.values.ends,
              (ends) => change({ ends }),
            )}
          />
          <span class="min-w-36 flex-1">
            <Show
              when={props.values.ends === "until"}
              fallback={
                <NumberField
                  label={t.count}
                  size={size()}
                  unit={t.times}
                  min={1}
                  max={occurrencesMost}
                  bind={bound(
                    () => props.values.count,
                    (count) => change({ count }),
                  )}
                />
              }
            >
              <DateField
                label={t.until}
                size={size()}
                min={props.day}
                bind={bound(
                  () => props.values.until,
                  (until) => change({ until }),
                )}
              />
            </Show>
          </span>
        </div>
      </Show>
    </div>
  );
}
