import { plusDays } from "@yihao/kernel/days";
import type { CompanyView } from "@yihao/members/model";
import { phaseTaken } from "@yihao/members/subscription";
import type { Subscription } from "@yihao/members/subscription-model";
import type { PlanId } from "@yihao/pricing/model";
import { planPriceOn } from "@yihao/pricing/price";
import { Match, Show, Switch } from "solid-js";
import { money } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { DateField, MoneyField, NumberField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { usePlans } from "./data.ts";
import { changePlan, type PlanChange } from "./plan-data.ts";
import { earliestLastDay } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";

export type PlanStep = PlanChange["do"];
type Values = {
  plan: string;
  from: string;
  until: string;
  months: number | undefined;
  reason: string;
  agreedMinor: number | undefined;
  agreedUntil: string;
};

const needsFrom = new Set<PlanStep>(["start", "amend", "pause", "resume"]);

/** One step in the life of a company's plan: its days, its plan, and what follows from it. */
export function PlanDrawer(props: {
  space: string;
  company: CompanyView;
  subscription: Subscription | undefined;
  step: PlanStep;
  today: string;
  open: boolean;
  onClose: () => void;
}) {
  const t = planWords();
  const plans = usePlans(() => props.space);
  const offered = () => (plans.data ?? []).filter(({ state }) => state === "active");
  const { step } = props;
  const picks = step === "start" || step === "amend";
  // The first day that a new plan may have: after the present one ends.
  const first = () => {
    const until = props.subscription?.until;
    return step === "start" && until && until > props.today ? until : props.today;
  };
  /** The plan that runs, as it was taken: its agreed price is kept unless somebody changes it. */
  const runs = step === "amend" && props.subscription ? phaseTaken(props.subscription, props.today) : undefined;
  const standing = runs?.snapshot.agreed;
  const agreed = standing && (standing.until === undefined || standing.until > props.today) ? standing : undefined;
  const usual = () => offered().find(({ id }) => id === runs?.plan)?.id ?? offered()[0]?.id;
  const earliest = () => (props.subscription ? earliestLastDay(props.subscription, props.today) : props.today);
  const form = createForm<Values>({
    name: "plan",
    initial: {
      plan: "",
      from: first(),
      until: step === "end" ? props.today : "",
      months: props.subscription?.snapshot.termMonths || 12,
      reason: "",
      agreedMinor: agreed?.monthlyMinor,
      agreedUntil: agreed?.until ?? "",
    },
    check: ({ from, until, months, agreedUntil }) => ({
      agreedUntil: picks && agreedUntil !== "" && agreedUntil <= from ? t.badUntil : undefined,
      from: needsFrom.has(step) && from === "" ? t.needDay : undefined,
      until:
        step === "end" && until === ""
          ? t.needDay
          : step === "pause" && until !== "" && until < from
            ? t.badUntil
            : undefined,
      months: step === "renew" && !(months && months >= 1 && months <= 60) ? t.needMonths : undefined,
    }),
    submit: async (values, intent) => {
      const change = changeOf(values);
      if (!change) return;
      await changePlan(props.space, props.company.id, change, intent);
      toast({ text: t.done(props.company.name) });
      props.onClose();
    },
  });
  const changeOf = ({
    plan,
    from,
    until,
    months,
    reason,
    agreedMinor,
    agreedUntil,
  }: Values): PlanChange | undefined => {
    const chosen = (plan || (picks ? usual() : undefined)) as PlanId | undefined;
    const end = until ? { until: plusDays(until, 1) } : {};
    const why = reason.trim() ? { reason: reason.trim() } : {};
    const name = agreed?.name ?? t.agreed;
    const price =
      agreedMinor === undefined
        ? {}
        : { agreed: { name, monthlyMinor: agreedMinor, ...(agreedUntil ? { until: agreedUntil } : {}) } };
    if (picks) return chosen ? { do: step as "start", plan: chosen, from, ...price } : undefined;
    if (step === "pause") return { do: step, from, ...end };
    if (step === "resume") return { do: step, from };
    if (step === "renew") return { do: step, months: months ?? 1, ...(chosen ? { plan: chosen } : {}) };
    if (step === "notice") return { do: step, until: plusDays(until || earliest(), 1), ...why };
    if (step === "end") return { do: step, until: plusDays(until, 1), ...why };
    return { do: "withdraw" };
  };
  const titles = () => ({
    start: t.start,
    amend: t.amend,
    pause: t.pause,
    resume: t.resume,
    renew: t.renew,
    notice: t.notice,
    withdraw: t.withdraw,
    end: t.end,
  });
  const says = () => ({
    start: t.startSay,
    amend: t.amendSay,
    pause: t.pauseSay,
    resume: "",
    renew: t.renewSay,
    notice: t.noticeSay,
    withdraw: t.withdrawSay,
    end: t.endSay,
  });
  const title = () => titles()[step];
  const planOptions = () => [
    ...(step === "renew" ? [{ value: "", label: t.samePlan }] : []),
    ...offered().map((plan) => ({
      value: plan.id as string,
      label: t.offered(plan.name, money(planPriceOn(plan, form.values.from || props.today))),
    })),
  ];
  const danger = step === "end" || step === "notice";
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={title()}
      foot={
        <Button
          kind={danger ? "danger" : "primary"}
          keys={["⌘", "↵"]}
          busy={form.busy()}
          disabled={picks && offered().length === 0}
          onClick={() => void form.submit()}
        >
          {title()}
        </Button>
      }
    >
      <FormFrame form={form} label={title()}>
        <Show when={picks || step === "renew"}>
          <Show when={offered().length > 0 || plans.isPending} fallback={<p class="text-fg-2">{t.noPlans}</p>}>
            <SelectField
              label={t.which}
              options={planOptions()}
              bind={{
                ...form.field("plan"),
                value: () => form.values.plan || (step === "renew" ? "" : (usual() ?? "")),
              }}
            />
          </Show>
        </Show>
        <Switch>
          <Match when={picks}>
            <DateField label={t.from} today={props.today} bind={form.field("from")} />
            <div class="y-pair">
              <MoneyField label={t.agreedMonth} hint={t.agreedHint} bind={form.field("agreedMinor")} />
              <Show when={form.values.agreedMinor !== undefined}>
                <DateField
                  label={t.agreedUntil}
                  hint={t.untilOpenEnd}
                  today={props.today}
                  bind={form.field("agreedUntil")}
                />
              </Show>
            </div>
          </Match>
          <Match when={step === "pause"}>
            <div class="y-pair">
              <DateField label={t.firstDay} today={props.today} bind={form.field("from")} />
              <DateField label={t.until} hint={t.untilOpen} today={props.today} bind={form.field("until")} />
            </div>
          </Match>
          <Match when={step === "resume"}>
            <DateField label={t.resumeFrom} today={props.today} bind={form.field("from")} />
          </Match>
          <Match when={step === "renew"}>
            <NumberField label={t.months} min={1} max={60} unit={t.monthUnit} bind={form.field("months")} />
          </Match>
          <Match when={step === "notice"}>
            <DateField
              label={t.lastDay}
              hint={t.noticeHint(earliest())}
              min={earliest()}
              today={props.today}
              bind={form.field("until")}
            />
            <TextField label={t.reason} maxLength={200} bind={form.field("reason")} />
          </Match>
          <Match when={step === "end"}>
            <DateField label={t.lastDay} today={props.today} bind={form.field("until")} />
            <TextField label={t.reason} maxLength={200} bind={form.field("reason")} />
          </Match>
        </Switch>
        <Show when={says()[step]}>{(say) => <p class="text-pretty text-fg-2">{say()}</p>}</Show>
      </FormFrame>
    </Drawer>
  );
}
