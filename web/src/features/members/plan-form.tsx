import type { NewPlan, PlanView } from "@yihao/pricing/model";
import { planPriceOn } from "@yihao/pricing/price";
import { Show } from "solid-js";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { DateField, MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { savePlan } from "./offers-data.ts";
import { offersWords } from "./offers-words.ts";

type Amount = number | undefined;
const hoursIn = (minutes: Amount): Amount => (minutes === undefined ? undefined : minutes / 60);
/** Only what is given, and more than nothing. */
const given = <Facts extends Record<string, Amount>>(facts: Facts) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value > 0)) as {
    [Name in keyof Facts]?: number;
  };

/** Adds a plan (会员套餐) or changes one as it was read: price, the price to come, what it gives each month and what goes over, term and notice, whether it is on offer. */
export function PlanForm(props: { space: string; today: string; plan?: PlanView | undefined; onDone: () => void }) {
  const t = offersWords();
  // As it was read when the form was opened: what others save meanwhile is a conflict, and what was typed stays.
  const kept = props.plan;
  const { allowances, next } = kept ?? {};
  const rolls = allowances?.rollover;
  const coming = next && next.from > props.today ? next : undefined;
  const form = createForm({
    name: "plan-offer",
    initial: {
      name: kept?.name ?? "",
      monthly: (kept ? planPriceOn(kept, props.today) : undefined) as Amount,
      nextPrice: coming?.monthlyMinor as Amount,
      nextFrom: coming?.from ?? "",
      roomHours: hoursIn(allowances?.roomMinutes),
      deskDays: allowances?.deskDays as Amount,
      guestPasses: allowances?.guestPasses as Amount,
      bins: allowances?.bins as Amount,
      rollHours: hoursIn(rolls?.roomMinutes),
      rollDesks: rolls?.deskDays as Amount,
      rollGuests: rolls?.guestPasses as Amount,
      termMonths: kept?.termMonths as Amount,
      noticeDays: kept?.noticeDays as Amount,
      renewal: kept?.renewal ?? ("monthly" as const),
      state: kept?.state ?? ("active" as const),
    },
    check: ({ name, monthly, nextPrice, nextFrom }) => ({
      name: name.trim() === "" ? t.needName : undefined,
      monthly: monthly === undefined ? t.needPrice : undefined,
      nextPrice: nextPrice === undefined && nextFrom !== "" ? t.needNext : undefined,
      nextFrom:
        nextFrom === ""
          ? nextPrice === undefined
            ? undefined
            : t.needNext
          : nextFrom > props.today
            ? undefined
            : t.needLater(props.today),
    }),
    submit: async (values, intent) => {
      const rollover = given({
        roomMinutes: values.rollHours === undefined ? undefined : Math.round(values.rollHours * 60),
        deskDays: values.rollDesks,
        guestPasses: values.rollGuests,
        binDays: rolls?.binDays,
      });
      const wish: NewPlan = {
        name: values.name.trim(),
        monthlyMinor: values.monthly ?? 0,
        ...(values.nextPrice === undefined ? {} : { next: { from: values.nextFrom, monthlyMinor: values.nextPrice } }),
        allowances: {
          roomMinutes: Math.round((values.roomHours ?? 0) * 60),
          ...given({ deskDays: values.deskDays, guestPasses: values.guestPasses, bins: values.bins }),
          ...(Object.keys(rollover).length > 0 ? { rollover } : {}),
        },
        ...given({ termMonths: values.termMonths, noticeDays: values.noticeDays }),
        renewal: values.renewal,
      };
      const saved = await savePlan(props.space, { ...wish, state: values.state }, kept, intent);
      toast({ text: t.saved(saved.name), tone: "good" });
      props.onDone();
    },
  });
  const title = () => (kept ? kept.name : t.add);
  return (
    <FormDrawer onClose={props.onDone} title={title()} form={form} act={kept ? t.save : t.make}>
      <Show when={kept}>
        <p class="text-fg-2">{t.keeps}</p>
      </Show>
      <TextField label={t.name} required maxLength={60} bind={form.field("name")} />
      <MoneyField label={t.monthly} bind={form.field("monthly")} />
      <h3 class="text-sm font-strong">{t.next}</h3>
      <p class="text-xs text-fg-2">{t.nextHint}</p>
      <div class="y-pair">
        <MoneyField label={t.nextPrice} bind={form.field("nextPrice")} />
        <DateField label={t.nextFrom} today={props.today} bind={form.field("nextFrom")} />
      </div>
      <h3 class="text-sm font-strong">{t.gives}</h3>
      <div class="y-pair">
        <NumberField label={t.roomHours} min={0} max={1000} bind={form.field("roomHours")} />
        <NumberField label={t.deskDays} min={0} max={5000} bind={form.field("deskDays")} />
      </div>
      <div class="y-pair">
        <NumberField label={t.guestPasses} min={0} max={5000} bind={form.field("guestPasses")} />
        <NumberField label={t.bins} min={0} max={5000} bind={form.field("bins")} />
      </div>
      <h3 class="text-sm font-strong">{t.rollover}</h3>
      <div class="y-pair">
        <NumberField label={t.roomHours} min={0} max={10_000} bind={form.field("rollHours")} />
        <NumberField label={t.deskDays} min={0} max={50_000} bind={form.field("rollDesks")} />
      </div>
      <NumberField label={t.guestPasses} min={0} max={50_000} bind={form.field("rollGuests")} />
      <h3 class="text-sm font-strong">{t.term}</h3>
      <div class="y-pair">
        <NumberField label={t.termMonths} min={0} max={60} bind={form.field("termMonths")} />
        <NumberField label={t.noticeDays} min={0} max={365} bind={form.field("noticeDays")} />
      </div>
      <SelectField
        label={t.renewal}
        bind={form.field("renewal")}
        options={(["monthly", "term", "ends"] as const).map((value) => ({ value, label: t.renewals[value] }))}
      />
      <Show when={kept}>
        <SelectField
          label={t.state}
          hint={t.stateHint}
          bind={form.field("state")}
          options={(["active", "retired"] as const).map((value) => ({ value, label: t.states[value] }))}
        />
      </Show>
    </FormDrawer>
  );
}
