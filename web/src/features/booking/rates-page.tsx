import { useParams } from "@solidjs/router";
import { bookedBy } from "@yihao/booking/rules-model";
import { instantOf, monthOf, plusMonths } from "@yihao/kernel/days";
import { type BookableKind, bookableKinds, periodsMost, type RateCard } from "@yihao/pricing/model";
import { nextPrices, settled } from "@yihao/pricing/periods";
import { priceDay, priceTime } from "@yihao/pricing/rates";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { clock, dayOf, dayProse, hours, money } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { RateList } from "../../rate-list.tsx";
import { rateListWords } from "../../rate-list-words.ts";
import { type RateValue, rateFault } from "../../rate-values.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Checkbox, Segmented, SelectField } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { createForm, type Form, FormFrame } from "../../ui/form.tsx";
import { MoneyTotal, PriceLines } from "../../ui/money-total.tsx";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { DateField, MoneyField, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useNow, usePlaces } from "./data.ts";
import { kindWords } from "./kind-words.ts";
import { kindOptions } from "./options.ts";
import { rereadRateCard, saveRateCard, usePastCards, useRateCard } from "./rate-data.ts";
import {
  type KindValues,
  type PeriodValues,
  periodValues,
  readCard,
  readPeriod,
  type Which,
  withoutPeriod,
} from "./rate-values.ts";
import { rateWords } from "./rate-words.ts";
import "./words.ts";

type Kept = { readonly card: RateCard; readonly rev: number };

/** The prices of what can be booked (预订价目): by kind, by time of day, weekday, length and plan, with a day's cap, tried out beside them. */
export default function RatesPage() {
  const t = rateWords();
  const params = useParams<{ space: string }>();
  const card = useRateCard(() => params.space);
  const kept = (): Kept | undefined => {
    const now = card.data;
    return now?.card ? { card: settled(now.card as RateCard, today()), rev: now.rev } : undefined;
  };
  const clockNow = useNow();
  const places = usePlaces(() => params.space);
  const today = () => dayOf(clockNow(), places.data?.sites[0]?.zone ?? "Asia/Shanghai");
  const [which, setWhich] = createSignal<Which>("own");
  const [first, setFirst] = createSignal<Kept | undefined>();
  // The form begins once, with the first card that is read; later readings must not take what is typed.
  const begun = () => first() ?? setFirst(kept());
  return (
    <>
      <PageHead title={t.title} say={t.say} />
      <Switch fallback={<Loading rows={8} />}>
        <Match when={card.isError && !first()}>
          <div class="p-4">
            <ErrorState title={t.notRead} problem={card.error} onRetry={() => void card.refetch()} />
          </div>
        </Match>
        <Match when={card.data && !card.data.card}>
          <EmptyState title={t.unset} actions={<LinkButton href={`/setup/${params.space}`}>{t.setUp}</LinkButton>}>
            {t.unsetSay}
          </EmptyState>
        </Match>
        <Match when={kept() && begun()}>
          {(now) => (
            // One form a period: another is begun when another is chosen.
            <For each={[which()]}>
              {(one) => (
                <Rates
                  space={params.space}
                  today={today()}
                  kept={now()}
                  which={one}
                  onWhich={setWhich}
                  onSaved={(saved, next) => {
                    setFirst(saved);
                    setWhich(next);
                  }}
                />
              )}
            </For>
          )}
        </Match>
      </Switch>
    </>
  );
}

function Rates(props: {
  space: string;
  today: string;
  kept: Kept;
  which: Which;
  onWhich: (which: Which) => void;
  onSaved: (kept: Kept, which: Which) => void;
}) {
  const t = rateWords();
  const kinds = kindWords();
  const wide = media("(min-width: 1120px)");
  const [card, setCard] = createSignal(props.kept.card);
  const [rev, setRev] = createSignal(props.kept.rev);
  const [theirs, setTheirs] = createSignal<Kept>();
  const dated = props.which !== "own";
  const from = props.which === "new" ? `${plusMonths(monthOf(props.today), 1)}-01` : props.which;
  const begun = dated && from <= props.today;
  const initial = () => {
    const values = periodValues(card(), props.which, from);
    // New prices hold until those that are known to follow.
    return props.which === "new" ? { ...values, until: nextPrices(card(), from) ?? "" } : values;
  };
  const periods = () => card().periods ?? [];
  const day = (at: string) => dayProse(at, { weekday: false, year: at.slice(0, 4) !== props.today.slice(0, 4) });
  const next = () => nextPrices(card(), props.which !== "own" && from > props.today ? from : props.today);
  const holds = () => {
    const own = periods().find(({ from, until }) => from <= props.today && (!until || props.today < until));
    return props.which === "own" ? own === undefined : own?.from === props.which;
  };
  const whole = (values: PeriodValues) => readPeriod(values, card(), props.which);
  const keep = async (wish: RateCard, after: Which, said: string) => {
    const saved = await saveRateCard(props.space, wish, rev());
    setRev(saved.rev);
    setCard(saved.card as RateCard);
    props.onSaved({ card: saved.card as RateCard, rev: saved.rev }, after);
    toast({ text: said, tone: "good" });
  };
  const [dropping, setDropping] = createSignal(false);
  const [dropProblem, setDropProblem] = createSignal<unknown>();
  const drop = async () => {
    setDropping(true);
    try {
      await keep(withoutPeriod(card(), props.which), "own", t.dropped);
    } catch (error) {
      setDropProblem(error);
    } finally {
      setDropping(false);
    }
  };
  const form = createForm<PeriodValues>({
    name: "rates",
    initial: initial(),
    check: ({ rates, from }) => {
      const at = rates.findIndex((rate) => rateFault(rate) !== undefined);
      const fault = at < 0 ? undefined : rateFault(rates[at] as RateValue);
      return {
        ...(dated && !from ? { from: t.needDay } : {}),
        ...(fault ? { rates: rateListWords().faults[fault](at + 1) } : {}),
      };
    },
    submit: async (values) => {
      try {
        await keep(whole(values), dated ? values.from : "own", t.saved);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        const now = await rereadRateCard(props.space);
        if (now.card) setTheirs({ card: settled(now.card as RateCard, props.today), rev: now.rev });
      }
    },
  });
  const settle = (take: boolean) => {
    const now = theirs();
    if (!now) return;
    setRev(now.rev);
    setCard(now.card);
    if (take) form.reset(initial());
    setTheirs(undefined);
  };
  return (
    <Panes
      work={
        <Pane label={t.title} flush={false}>
          <div class="max-w-3xl">
            <FormFrame form={form} label={t.title}>
              <Show when={theirs()}>
                <Note
                  tone="warn"
                  alert
                  title={t.conflict}
                  actions={
                    <>
                      <Button onClick={() => settle(false)}>{t.mine}</Button>
                      <Button onClick={() => settle(true)}>{t.theirs}</Button>
                    </>
                  }
                >
                  {t.conflictSay}
                </Note>
              </Show>
              <Segmented
                label={t.which}
                options={[
                  { value: "own", label: t.own },
                  ...periods().map(({ from }) => ({ value: from, label: t.fromDay(day(from)) })),
                  ...(periods().length < periodsMost ? [{ value: "new", label: t.fresh }] : []),
                ]}
                bind={bound<string>(() => props.which, props.onWhich)}
              />
              <p class="text-xs text-fg-2">
                {props.which === "new" ? "" : holds() ? t.holdsNow : t.holdsLater}{" "}
                <Show when={next()}>{(at) => t.otherFrom(day(at()))}</Show> {t.periodSay}
              </p>
              <Show when={dated}>
                <div class="y-pair">
                  <DateField label={t.freshFrom} today={props.today} disabled={begun} bind={form.field("from")} />
                  <DateField
                    label={t.freshUntil}
                    hint={t.freshUntilHint}
                    today={props.today}
                    bind={form.field("until")}
                  />
                </div>
                <Show when={begun}>
                  <Note>{t.begunSay}</Note>
                </Show>
              </Show>
              <h2 class="text-md">{t.base}</h2>
              <p class="text-xs text-fg-2">{t.baseSay}</p>
              <div class="hidden gap-2 text-xs text-fg-2 tablet:grid tablet:grid-cols-4" aria-hidden="true">
                <span>{t.kind}</span>
                <span>{t.hour}</span>
                <span>{t.day}</span>
                <span>{t.cap}</span>
              </div>
              <For each={bookableKinds}>
                {(kind) => (
                  <KindPrices
                    name={kinds.kind[kind]}
                    values={form.values.kinds[kind]}
                    onChange={(next) =>
                      form.set("kinds", { ...form.values.kinds, [kind]: { ...form.values.kinds[kind], ...next } })
                    }
                  />
                )}
              </For>
              <h2 class="mt-4 text-md">{t.rates}</h2>
              <p class="text-xs text-fg-2">{rateListWords().ratesSay}</p>
              <RateList bind={form.field("rates")} />
              <span>
                <Button type="submit" kind="primary" busy={form.busy()} disabled={theirs() !== undefined}>
                  {t.save}
                </Button>{" "}
                <Show when={dated && !begun && props.which !== "new"}>
                  <Button busy={dropping()} onClick={() => void drop()}>
                    {t.drop}
                  </Button>
                </Show>
              </span>
            </FormFrame>
            <Show when={dropProblem()}>
              {(problem) => (
                <Note tone="bad" alert>
                  {explain(problem())}
                </Note>
              )}
            </Show>
            <PastCards space={props.space} />
            <Show when={!wide()}>
              <div class="mt-6 border-t-2 border-fg-1 pt-3">
                <Example space={props.space} form={form} card={card()} />
              </div>
            </Show>
          </div>
        </Pane>
      }
      {...(wide()
        ? {
            detailWidth: 344,
            detail: (
              <Pane title={t.example} flush={false}>
                <Example space={props.space} form={form} card={card()} />
              </Pane>
            ),
          }
        : {})}
    />
  );
}

/** Cards that held before, each with until when: what was asked then can be read for good. */
function PastCards(props: { space: string }) {
  const t = rateWords();
  const past = usePastCards(() => props.space);
  const places = usePlaces(() => props.space);
  const zone = () => places.data?.sites[0]?.zone ?? "Asia/Shanghai";
  const say = (card: Pick<RateCard, "roomHourMinor" | "deskDayMinor" | "rates">) =>
    t.pastSay(money(card.roomHourMinor), money(card.deskDayMinor), card.rates?.length ?? 0);
  return (
    <section class="mt-6" aria-label={t.past}>
      <h2 class="text-md">{t.past}</h2>
      <ul class="mt-1 flex flex-col text-xs">
        <For each={past.data ?? []} fallback={<li class="text-fg-3">{t.noPast}</li>}>
          {({ card, until }) => (
            <li class="border-b border-line py-2">
              <b class="tabular-nums">{t.pastUntil(`${dayOf(until, zone())} ${clock(until, zone())}`)}</b>
              <p class="text-fg-2">{say(card as RateCard)}</p>
              <For each={card.periods ?? []}>
                {(one) => (
                  <p class="text-fg-2">
                    {t.pastPeriod(one.from, one.until ?? "")}: {say(one)}
                  </p>
                )}
              </For>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

function KindPrices(props: { name: string; values: KindValues; onChange: (next: Partial<KindValues>) => void }) {
  const t = rateWords();
  const tablet = media("(min-width: 768px)");
  const price = (what: "hour" | "day" | "cap") =>
    bound<number | undefined>(
      () => props.values[what],
      (minor) => props.onChange({ [what]: minor }),
    );
  return (
    <fieldset class="grid items-end gap-2 border-b border-line pb-2 tablet:grid-cols-4" aria-label={props.name}>
      <b class="self-center">{props.name}</b>
      <MoneyField bare={tablet()} label={t.hour} bind={price("hour")} />
      <MoneyField bare={tablet()} label={t.day} bind={price("day")} />
      <MoneyField bare={tablet()} label={t.cap} bind={price("cap")} />
    </fieldset>
  );
}

/** What something would cost by the prices as they are typed. */
function Example(props: { space: string; form: Form<PeriodValues>; card: RateCard }) {
  const t = rateWords();
  const now = useNow();
  const places = usePlaces(() => props.space);
  const zone = () => places.data?.sites[0]?.zone ?? "Asia/Shanghai";
  const [kind, setKind] = createSignal<BookableKind>("room");
  const [picked, setPicked] = createSignal<string | undefined>();
  const [from, setFrom] = createSignal("17:00");
  const [until, setUntil] = createSignal("19:30");
  const [member, setMember] = createSignal(false);
  const day = () => picked() ?? dayOf(now(), zone());
  const wall = /^(([01]\d|2[0-3]):[0-5][05]|24:00)$/;
  const byDay = () => bookedBy({ kind: kind() }) !== "time";
  const priced = () => {
    const [start, end] = byDay() ? ["09:00", "18:00"] : [from(), until()];
    if (!wall.test(start) || !wall.test(end) || start >= end) return undefined;
    const card = readCard(
      { ...props.form.values, rates: props.form.values.rates.filter((one) => !rateFault(one)) },
      props.card,
    );
    const what = {
      ...{ kind: kind(), resource: "", zone: zone(), member: member() },
      from: instantOf(day(), start, zone()),
      until: instantOf(day(), end, zone()),
    };
    return byDay() ? priceDay(card, what) : priceTime(card, what);
  };
  const lines = () =>
    (priced()?.lines ?? []).map((line) => ({
      label: line.text ?? (line.per === "day" && !byDay() ? t.capped : kindWords().kind[kind()]),
      how: line.per === "hour" ? t.perHour(hours(line.quantity), money(line.unitMinor)) : "",
      minor: line.amountMinor,
    }));
  return (
    <section class="flex flex-col gap-3" aria-label={t.example}>
      <p class="text-xs text-fg-2">{t.exampleSay}</p>
      <div class="y-pair">
        <SelectField label={t.kind} options={kindOptions()} bind={bound<BookableKind>(kind, setKind)} />
        <DateField label={t.exampleDay} bind={bound(day, setPicked)} />
      </div>
      <Show when={!byDay()}>
        <div class="y-pair">
          <TextField label={t.from} mono maxLength={5} bind={bound(from, setFrom)} />
          <TextField label={t.until} mono maxLength={5} bind={bound(until, setUntil)} />
        </div>
      </Show>
      <Checkbox label={t.member} bind={bound(member, setMember)} />
      <div aria-live="polite" class="flex flex-col gap-2">
        <Show when={lines().length > 0} fallback={<p class="text-fg-3">{t.none}</p>}>
          <PriceLines lines={lines()} />
          <MoneyTotal minor={priced()?.totalMinor ?? 0} label={t.total} words={false} size="2xl" />
        </Show>
      </div>
    </section>
  );
}
