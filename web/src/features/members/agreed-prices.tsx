import type { CompanyView } from "@yihao/members/model";
import { type AgreedPrice, agreedMost, type BookableKind, bookableKinds } from "@yihao/pricing/model";
import { createSignal, For, Show } from "solid-js";
import { money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { DateField, MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { agreedWords } from "./agreed-words.ts";
import { Section } from "./company-parts.tsx";
import { setPrices } from "./data.ts";

type Props = { space: string; company: CompanyView; today: string; mayChange: boolean };
const all = ({ company }: Props) => (company.prices ?? []) as AgreedPrice[];

/** A price of a company in words: a share of what others pay, or by the hour or day. */
export function agreedText({ price }: AgreedPrice): string {
  const t = agreedWords();
  if ("percent" in price) return t.share(price.percent);
  return "hourMinor" in price ? t.hour(money(price.hourMinor)) : t.day(money(price.dayMinor));
}

/** What a company pays for what it books where that is not what all pay (协议价): staff who set prices change it, the company itself reads it. */
export function AgreedPrices(props: Props) {
  const t = agreedWords();
  const [adding, setAdding] = createSignal(false);
  const [busy, setBusy] = createSignal<AgreedPrice>();
  const [problem, setProblem] = createSignal<unknown>();
  const stands = ({ from, until }: AgreedPrice) =>
    until !== undefined && until <= props.today ? ` · ${t.over}` : from > props.today ? ` · ${t.later}` : "";
  const remove = async (one: AgreedPrice) => {
    setBusy(one);
    setProblem(undefined);
    try {
      const left = all(props).filter((other) => other !== one);
      await setPrices(props.space, props.company.id, left, props.company.rev);
      toast({ text: t.saved, tone: "good" });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Show when={props.mayChange || all(props).length > 0}>
      <Section
        title={t.title}
        action={
          <Show when={props.mayChange && all(props).length < agreedMost && props.company.state === "active"}>
            <Button size="sm" onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          </Show>
        }
      >
        <p class="text-xs text-fg-2">{t.say}</p>
        <Show when={problem()}>
          {(why) => (
            <Note tone="bad" alert>
              {explain(why())}
            </Note>
          )}
        </Show>
        <ul>
          <For each={all(props)} fallback={<li class="mt-1 text-fg-2">{t.none}</li>}>
            {(one) => (
              <li class="flex flex-wrap items-center gap-x-3 border-b border-line py-2">
                <b>
                  {t.kinds[one.kind]} · {one.name}
                </b>
                <span class="tabular-nums">{agreedText(one)}</span>
                <span class="text-xs text-fg-2 tabular-nums">
                  {t.days(one.from, one.until ?? "")}
                  {stands(one)}
                </span>
                <Show when={props.mayChange}>
                  <span class="ml-auto">
                    <Button
                      size="sm"
                      kind="text"
                      aria-label={t.removeOf(one.name)}
                      busy={busy() === one}
                      onClick={() => void remove(one)}
                    >
                      {t.remove}
                    </Button>
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Section>
      <Show when={adding()}>
        <AgreeDrawer {...props} onClose={() => setAdding(false)} />
      </Show>
    </Show>
  );
}

function AgreeDrawer(props: Props & { onClose: () => void }) {
  const t = agreedWords();
  const form = createForm({
    name: "agreed",
    initial: {
      ...{ name: t.usual as string, kind: "room" as BookableKind, ask: "percent" as "percent" | "hour" | "day" },
      ...{ percent: 80 as number | undefined, minor: undefined as number | undefined },
      ...{ from: props.today, until: "" },
    },
    check: (values) => ({
      name: values.name.trim() ? undefined : t.needName,
      percent: values.ask === "percent" && values.percent === undefined ? t.needPrice : undefined,
      minor: values.ask !== "percent" && values.minor === undefined ? t.needPrice : undefined,
      from: values.from ? undefined : t.needDay,
    }),
    submit: async ({ name, kind, ask, percent = 100, minor = 0, from, until }) => {
      const price = ask === "percent" ? { percent } : ask === "hour" ? { hourMinor: minor } : { dayMinor: minor };
      const one: AgreedPrice = { name: name.trim(), kind, price, from, ...(until ? { until } : {}) };
      await setPrices(props.space, props.company.id, [...all(props), one], props.company.rev);
      toast({ text: t.saved, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer onClose={props.onClose} title={t.add} form={form} act={t.add}>
      <SelectField
        label={t.kind}
        options={bookableKinds.map((value) => ({ value, label: t.kinds[value] }))}
        bind={form.field("kind")}
      />
      <TextField label={t.name} hint={t.nameHint} maxLength={30} bind={form.field("name")} />
      <Segmented
        label={t.ask}
        options={(["percent", "hour", "day"] as const).map((value) => ({ value, label: t.askOf[value] }))}
        bind={form.field("ask")}
      />
      <Show
        when={form.values.ask === "percent"}
        fallback={<MoneyField label={t.askOf[form.values.ask]} bind={form.field("minor")} />}
      >
        <NumberField label={t.percent} unit="%" min={0} max={500} step={5} bind={form.field("percent")} />
      </Show>
      <div class="y-pair">
        <DateField label={t.from} today={props.today} bind={form.field("from")} />
        <DateField label={t.until} hint={t.untilHint} today={props.today} bind={form.field("until")} />
      </div>
    </FormDrawer>
  );
}
