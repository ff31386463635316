import { plusDays } from "@yihao/kernel/days";
import { type AgreementFacts, rentFreeMost, rentStepsMost } from "@yihao/members/agreement-model";
import { For, type JSX, Show } from "solid-js";
import { type Binding, bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { FaultLine } from "../../ui/field.tsx";
import { DateField, MoneyField } from "../../ui/text-field.tsx";
import { lastDayOf } from "./agreement-view.ts";
import { agreementWords } from "./agreement-words.ts";

/** Days without rent as a form holds them: first and last day. */
export type FreeValues = { from: string; last: string };
/** A step of the rent as a form holds it. */
export type StepValues = { from: string; rent: number | undefined };

export const freeValues = (free: AgreementFacts["rentFree"] = []): FreeValues[] =>
  free.map(({ from, until }) => ({ from, last: lastDayOf(until) }));
export const stepValues = (steps: AgreementFacts["steps"] = []): StepValues[] =>
  steps.map(({ from, rentMinor }) => ({ from, rent: rentMinor }));

const byDay = (a: { from: string }, b: { from: string }) => (a.from < b.from ? -1 : 1);

/** What an agreement says of days without rent and steps; both in order, nothing where there are none. */
export function rentFacts(free: readonly FreeValues[], steps: readonly StepValues[]) {
  const rentFree = free.map(({ from, last }) => ({ from, until: plusDays(last, 1) })).toSorted(byDay);
  const kept = steps.map(({ from, rent }) => ({ from, rentMinor: rent ?? 0 })).toSorted(byDay);
  return { ...(rentFree.length > 0 ? { rentFree } : {}), ...(kept.length > 0 ? { steps: kept } : {}) };
}

/** Days without rent, one row each. */
export function FreeDays(props: { today: string; bind: Binding<FreeValues[]> }) {
  const t = agreementWords();
  return (
    <Rows
      label={t.rentFree}
      add={t.addFree}
      drop={t.drop1}
      most={rentFreeMost}
      blank={{ from: "", last: "" }}
      bind={props.bind}
      row={(field) => (
        <>
          <DateField label={t.freeFrom} today={props.today} bind={field("from")} />
          <DateField label={t.freeLast} today={props.today} bind={field("last")} />
        </>
      )}
    />
  );
}

/** Steps of the rent, one row each. */
export function RentSteps(props: { today: string; bind: Binding<StepValues[]> }) {
  const t = agreementWords();
  return (
    <Rows
      label={t.steps}
      add={t.addStep}
      drop={t.drop1}
      most={rentStepsMost}
      blank={{ from: "", rent: undefined }}
      bind={props.bind}
      row={(field) => (
        <>
          <DateField label={t.stepFrom} today={props.today} bind={field("from")} />
          <MoneyField label={t.rent} bind={field("rent")} />
        </>
      )}
    />
  );
}

type FieldOf<Row> = <K extends keyof Row>(name: K) => Binding<Row[K]>;

function Rows<Row extends { from: string }>(props: {
  label: string;
  add: string;
  drop: (from: string) => string;
  most: number;
  blank: Row;
  bind: Binding<Row[]>;
  row: (field: FieldOf<Row>) => JSX.Element;
}) {
  const list = () => props.bind.value();
  const fieldOf =
    (at: number): FieldOf<Row> =>
    (name) =>
      bound(
        () => (list()[at] ?? props.blank)[name],
        (value) => props.bind.set(list().map((one, index) => (index === at ? { ...one, [name]: value } : one))),
        `${props.bind.id}-${at}-${String(name)}`,
      );
  const add = () => {
    const at = list().length;
    props.bind.set([...list(), { ...props.blank }]);
    queueMicrotask(() => document.getElementById(`${props.bind.id}-${at}-from`)?.focus());
  };
  return (
    <fieldset class="flex flex-col gap-2" id={props.bind.id} tabindex="-1">
      <legend class="y-label mb-1">{props.label}</legend>
      <For each={list().map((_, at) => at)}>
        {(at) => (
          <div class="flex items-end gap-2">
            <div class="y-pair min-w-0 flex-1">{props.row(fieldOf(at))}</div>
            <IconButton
              icon="close"
              label={props.drop(list()[at]?.from ?? "")}
              onClick={() => props.bind.set(list().filter((_, index) => index !== at))}
            />
          </div>
        )}
      </For>
      <FaultLine id={props.bind.id} fault={props.bind.fault?.()} />
      <Show when={list().length < props.most}>
        <span>
          <Button size="sm" icon="plus" onClick={add}>
            {props.add}
          </Button>
        </span>
      </Show>
    </fieldset>
  );
}
