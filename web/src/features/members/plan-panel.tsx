import type { CompanyView } from "@yihao/members/model";
import { phaseOn, phasesOf } from "@yihao/members/subscription";
import type { Subscription } from "@yihao/members/subscription-model";
import { createSignal, For, Show } from "solid-js";
import { dayOf, money } from "../../format.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/feedback.tsx";
import { Status } from "../../ui/status.tsx";
import { AgreedPrices } from "./agreed-prices.tsx";
import { AllowanceLegend, AllowanceTicks, Section } from "./company-parts.tsx";
import { CreditsPart } from "./credits-part.tsx";
import { useAllowances } from "./data.ts";
import { useZone } from "./lead-data.ts";
import { useSubscriptions } from "./plan-data.ts";
import { PlanDrawer, type PlanStep } from "./plan-forms.tsx";
import { PlanTimeline } from "./plan-timeline.tsx";
import { earliestLastDay, givenWords, lastDayOf, standing } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";
import { memberWords } from "./words.ts";

/** What somebody may do with a company's plan: all of it, give notice for the own company, or look. */
export type PlanRight = "manage" | "notice" | "look";
type OfCompany = { space: string; company: CompanyView };

/** The steps that a plan's life offers on a day, in the order in which they come up. */
export function stepsOf(company: CompanyView, today: string, right: PlanRight): PlanStep[] {
  const last = company.next ?? company.subscription;
  const over = last?.until !== undefined && last.until <= today;
  const notice: PlanStep[] = !last || over ? [] : last.notice ? ["withdraw"] : last.until ? [] : ["notice"];
  if (right === "look" || company.state === "left") return [];
  if (right === "notice") return notice;
  if (!last || over) return ["start"];
  const rests = (last.pauses ?? []).some(({ until }) => until === undefined || until > today);
  const follows: PlanStep[] = last.until !== undefined && company.next === undefined ? ["start"] : [];
  return ["amend", rests ? "resume" : "pause", "renew", ...notice, ...follows, "end"];
}

/** A company's plan in a few lines with what is left of its rooms; starting one, and the way to the whole of it. */
export function PlanSummary(props: OfCompany & { mayChange: boolean; more?: string | undefined }) {
  const t = planWords();
  const m = memberWords();
  const zone = useZone(() => props.space);
  const today = () => dayOf(new Date().toISOString(), zone());
  const [step, setStep] = createSignal<PlanStep>();
  const allowances = useAllowances(
    () => props.space,
    () => props.company.id,
  );
  const now = () => (allowances.data?.items ?? []).filter(({ month }) => month >= today().slice(0, 7));
  const may = () => props.mayChange && stepsOf(props.company, today(), "manage")[0] === "start";
  return (
    <Section
      title={t.plan}
      action={
        <Show
          when={may()}
          fallback={<Show when={props.more}>{(href) => <TextLink href={href()}>{t.open}</TextLink>}</Show>}
        >
          <Button size="sm" onClick={() => setStep("start")}>
            {t.start}
          </Button>
        </Show>
      }
    >
      <Show when={props.company.subscription} fallback={<p class="text-fg-2">{t.none}</p>}>
        {(one) => (
          <>
            <PlanLine subscription={one()} today={today()} />
            <For each={now()}>{(allowance) => <AllowanceTicks allowance={allowance} />}</For>
            <Show when={now().length > 0}>
              <AllowanceLegend />
            </Show>
          </>
        )}
      </Show>
      <Show when={may() && props.more}>
        {(href) => (
          <p class="mt-2 text-xs">
            <TextLink href={href()}>{m.openPlan}</TextLink>
          </p>
        )}
      </Show>
      <Show when={step()}>
        {(which) => (
          <PlanDrawer
            {...props}
            subscription={props.company.subscription}
            step={which()}
            today={today()}
            open
            onClose={() => setStep(undefined)}
          />
        )}
      </Show>
    </Section>
  );
}

/** A plan in one line: its name, price, what it gives, and how it stands. */
function PlanLine(props: { subscription: Subscription; today: string }) {
  const t = planWords();
  const plan = () => phaseOn(props.subscription, props.today).snapshot;
  const stands = () => standing(props.subscription, props.today);
  /** The next plan or price that is known of, as when an agreed one ends. */
  const then = () =>
    phasesOf(props.subscription).find(({ from }) => from > props.today && from > props.subscription.from);
  const status = () => {
    const { until, notice, from } = props.subscription;
    const last = until ? lastDayOf(until) : "";
    switch (stands()) {
      case "over":
        return <Status is="closed" text={`${t.over} ${last}`} />;
      case "waits":
        return <Status is="draft" text={`${t.waits} ${from}`} />;
      case "rests":
        return <Status is="off" text={t.rests} />;
      default:
        return until ? (
          <Status is="dueSoon" text={notice ? t.noticed(last) : t.ends(last)} />
        ) : (
          <Status is="active" text={t.runs} />
        );
    }
  };
  return (
    <>
      <p class="flex flex-wrap items-baseline gap-x-3">
        <b>{plan().name}</b>
        <span>
          {money(plan().monthlyMinor)} <span class="text-xs text-fg-2">{t.month}</span>
        </span>
        <span class="ml-auto">{status()}</span>
      </p>
      <Show when={then()}>
        {(next) => (
          <p class="text-xs text-fg-2 tabular-nums">
            {t.follows(next().from, next().snapshot.name, money(next().snapshot.monthlyMinor))}
          </p>
        )}
      </Show>
      <Show when={givenWords(plan())}>{(parts) => <p class="text-xs text-fg-2">{t.includes(parts())}</p>}</Show>
    </>
  );
}

/** The life of a company's plan: how it stands, its phases over time, its steps; then allowances and packs. */
export function PlanPanel(props: OfCompany & { right: PlanRight; maySpend: boolean; mayPrice?: boolean }) {
  const t = planWords();
  const zone = useZone(() => props.space);
  const today = () => dayOf(new Date().toISOString(), zone());
  const [step, setStep] = createSignal<PlanStep>();
  const asked = useSubscriptions(
    () => props.space,
    () => props.company.id,
  );
  const all = () =>
    asked.data ??
    [props.company.subscription, props.company.next].filter((one): one is Subscription => one !== undefined);
  const sorted = () => all().toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const last = () => props.company.next ?? props.company.subscription;
  const steps = () => stepsOf(props.company, today(), props.right);
  const names = () => ({
    start: last() ? t.follow : t.start,
    amend: t.amend,
    pause: t.pause,
    resume: t.resume,
    renew: t.renew,
    notice: t.notice,
    withdraw: t.withdraw,
    end: t.end,
  });
  const bound = () => {
    const one = last();
    if (!one || one.until !== undefined || standing(one, today()) === "over") return undefined;
    return t.earliest(earliestLastDay(one, today()));
  };
  return (
    <>
      <Section title={t.plan}>
        <Show when={asked.isError}>
          <ErrorState title={t.plansNotRead} problem={asked.error} onRetry={() => asked.refetch()} />
        </Show>
        <Show when={props.company.subscription} fallback={<p class="text-fg-2">{t.none}</p>}>
          {(one) => <PlanLine subscription={one()} today={today()} />}
        </Show>
        <Show when={props.company.next}>
          {(one) => (
            <div class="mt-2 border-l-2 border-line pl-3">
              <p class="text-xs text-fg-3">{t.coming}</p>
              <PlanLine subscription={one()} today={today()} />
            </div>
          )}
        </Show>
        <Show when={sorted().length > 0}>
          <PlanTimeline subscriptions={sorted()} today={today()} />
        </Show>
        <Show when={bound()}>{(said) => <p class="mt-1 text-xs text-fg-2">{said()}</p>}</Show>
        <Show when={steps().length > 0}>
          <div class="mt-3 flex flex-wrap gap-2">
            <For each={steps()}>
              {(one) => (
                <Button size="sm" kind={one === "end" ? "danger-outline" : "outline"} onClick={() => setStep(one)}>
                  {names()[one]}
                </Button>
              )}
            </For>
          </div>
        </Show>
      </Section>
      <AgreedPrices space={props.space} company={props.company} today={today()} mayChange={props.mayPrice === true} />
      <CreditsPart
        space={props.space}
        company={props.company.id}
        subscription={last()}
        today={today()}
        maySell={props.right === "manage" && props.company.state === "active"}
        maySpend={props.maySpend && props.company.state === "active"}
      />
      <Show when={step()}>
        {(which) => (
          <PlanDrawer
            {...props}
            subscription={last()}
            step={which()}
            today={today()}
            open
            onClose={() => setStep(undefined)}
          />
        )}
      </Show>
    </>
  );
}
