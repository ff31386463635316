import { bookedBy, type ResourceView } from "@yihao/booking/model";
import type { Conflict, SeriesQuote, SeriesWish } from "@yihao/booking/series-model";
import type { CompanyId } from "@yihao/kernel/ids";
import { createMemo, createSignal, For, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { clockOfMinute, clockRange, dayProse, money } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { MoneyTotal, PriceLines } from "../../ui/money-total.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import type { Choice } from "./booking-desk.ts";
import { creditParts, priceText } from "./price-text.ts";
import { noRepeat, type RepeatValues, repeatOf, repeatText } from "./repeat-values.ts";
import { ApprovalNote } from "./request-state.tsx";
import { requestWords } from "./request-words.ts";
import { bookSeries, keepSeriesQuote, useSeriesQuote } from "./series-data.ts";
import { seriesWords } from "./series-words.ts";
import type { SiteView } from "./view.ts";
import { bookingWords, cancelTerms } from "./words.ts";

/** How many conflicts, and how many dates, are listed one by one. */
const conflictsMost = 6;
const datesMost = 12;

/** From a choice with a repetition to a series: the server checks and prices each time, and what is booked is what was shown. */
export function createSeriesDesk(props: {
  space: string;
  site: SiteView | undefined;
  choice: Choice;
  company?: { id: CompanyId } | undefined;
  staff: boolean;
  onBooked: () => void;
}) {
  const t = seriesWords();
  const [values, setValues] = createSignal<RepeatValues>(noRepeat);
  const on = () => values().every !== "none";
  const repeat = createMemo(() => repeatOf(values(), props.choice.day));
  const wish = createMemo((): SeriesWish | undefined => {
    const { resource, day, minutes } = props.choice;
    const rule = repeat();
    if (!resource || !props.site || !rule || (props.staff && !props.company)) return undefined;
    const target = { resource: resource.id, ...(props.company ? { company: props.company.id } : {}) };
    if (bookedBy(resource) === "day") return { ...target, day, repeat: rule };
    if (!minutes) return undefined;
    const until = clockOfMinute(minutes.until === 1440 ? 0 : minutes.until);
    return { ...target, day, repeat: rule, from: clockOfMinute(minutes.from), until };
  });
  const quote = useSeriesQuote(() => props.space, wish);
  const key = () => JSON.stringify(wish());
  const [skipping, setSkipping] = createSignal<string | undefined>();
  const skip = () => skipping() === key();
  const [refused, setRefused] = createSignal<{ key: string; problem: Problem } | undefined>();
  const refusal = () => {
    const mine = refused();
    return mine?.key === key() ? mine.problem : undefined;
  };
  const [busy, setBusy] = createSignal(false);
  const intent = createMemo(() => [key(), quote.data, skip(), newIntent()] as const);
  const ready = () => {
    const shown = quote.data;
    return on() && !!wish() && !!shown && shown.occurrences.length > 0 && (shown.conflicts.length === 0 || skip());
  };
  const confirm = async () => {
    const asked = wish();
    const shown = quote.data;
    if (!asked || !shown || busy() || !ready()) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const made = await bookSeries(props.space, asked, shown, skip() ? "skip" : "refuse", intent()[3]);
      toast({ text: made.asked ? requestWords().askedTimes(made.code, made.count) : t.booked(made.code, made.count) });
      setValues(noRepeat);
      props.onBooked();
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({ code: "client.fault", status: 0 });
      const fresh = problem.params.quote as SeriesQuote | undefined;
      if (fresh) keepSeriesQuote(props.space, asked, fresh);
      setRefused({ key: key(), problem });
    } finally {
      setBusy(false);
    }
  };
  const setSkip = (yes: boolean) => setSkipping(yes ? key() : undefined);
  return { on, values, setValues, repeat, wish, quote, skip, setSkip, refusal, busy, ready, confirm };
}
export type SeriesDesk = ReturnType<typeof createSeriesDesk>;

/** The dates that cannot be had, each with its reason; the first few by name. */
export function ConflictList(props: { conflicts: readonly Pick<Conflict, "day" | "code">[] }) {
  const t = seriesWords();
  return (
    <ul class="flex flex-col gap-0.5 tabular-nums">
      <For each={props.conflicts.slice(0, conflictsMost)}>
        {(one) => (
          <li class="flex justify-between gap-3">
            <span>{dayProse(one.day)}</span>
            <span>{t.reason[one.code] ?? t.otherReason}</span>
          </li>
        )}
      </For>
      <Show when={props.conflicts.length > conflictsMost}>
        <li>{t.more(props.conflicts.length - conflictsMost)}</li>
      </Show>
    </ul>
  );
}

/** The whole series: the rule in words, what cannot be had with the choice to skip it, each date with its price, and the total. */
export function SeriesBody(props: {
  desk: SeriesDesk;
  resource: ResourceView | undefined;
  site: SiteView | undefined;
  staff: boolean;
  companyName?: string | undefined;
}) {
  const t = seriesWords();
  const b = bookingWords();
  const shown = () => (props.desk.wish() ? props.desk.quote.data : undefined);
  return (
    <Switch fallback={<Loading rows={4} slow={t.pricing} />}>
      <Match when={!props.desk.repeat()}>
        <EmptyState art={false} title={t.series}>
          {t.unfinished}
        </EmptyState>
      </Match>
      <Match when={props.staff && !props.desk.wish()}>
        <EmptyState art={false} title={b.pickPlaceTitle}>
          {b.pickCompany}
        </EmptyState>
      </Match>
      <Match when={shown()}>{(quote) => <Whole {...props} quote={quote()} conflicts={quote().conflicts} />}</Match>
      <Match when={props.desk.quote.isError}>
        <ErrorState
          title={b.notQuoted}
          still={b.notQuotedStill}
          problem={props.desk.quote.error}
          onRetry={() => void props.desk.quote.refetch()}
        />
      </Match>
    </Switch>
  );
}

function Whole(props: {
  desk: SeriesDesk;
  resource: ResourceView | undefined;
  staff: boolean;
  companyName?: string | undefined;
  quote: SeriesQuote;
  conflicts: readonly Conflict[];
}) {
  const t = seriesWords();
  const b = bookingWords();
  const able = () => props.quote.occurrences.length;
  const all = () => able() + props.conflicts.length;
  const rule = () => {
    const repeat = props.desk.repeat();
    return repeat ? repeatText(repeat, t) : "";
  };
  const lines = () => {
    const groups = new Map<number, number>();
    for (const { totalMinor } of props.quote.occurrences) groups.set(totalMinor, (groups.get(totalMinor) ?? 0) + 1);
    const name = props.resource?.name ?? "";
    return [
      ...[...groups]
        .filter(([minor]) => minor > 0)
        .map(([minor, count]) => {
          return { label: name, how: t.timesPrice(count, money(minor)), minor: minor * count };
        }),
      ...creditParts(props.quote, b).map((part) => ({ ...part, minor: 0 })),
    ];
  };
  return (
    <div class="flex flex-col gap-3">
      <div class="flex flex-col gap-1">
        <p>{rule()}</p>
        <Status
          is={props.conflicts.length === 0 ? "enough" : "conflict"}
          text={props.conflicts.length === 0 ? t.whole(able()) : able() === 0 ? t.noneAble : t.some(able(), all())}
        />
      </div>
      <Show when={props.desk.refusal()}>
        {(problem) => (
          <Note tone={problem().params.quote ? "warn" : "bad"} alert>
            {problem().params.quote ? t.changed : explain(problem())}
          </Note>
        )}
      </Show>
      <Show when={props.conflicts.length > 0}>
        <Note tone="warn" title={t.conflictTitle(props.conflicts.length)}>
          <ConflictList conflicts={props.conflicts} />
        </Note>
        <Show when={able() > 0}>
          <Segmented
            label={t.choice}
            options={[
              { value: "refuse", label: t.refuse },
              { value: "skip", label: t.skip(props.conflicts.length) },
            ]}
            bind={bound<"refuse" | "skip">(
              () => (props.desk.skip() ? "skip" : "refuse"),
              (how) => props.desk.setSkip(how === "skip"),
            )}
          />
          <Show when={!props.desk.skip()}>
            <p class="text-xs text-fg-2">{t.chooseSkip}</p>
          </Show>
        </Show>
      </Show>
      <Show when={able() > 0}>
        <details class="text-xs text-fg-2">
          <summary class="cursor-pointer py-1">{t.dates}</summary>
          <ul class="flex flex-col gap-0.5 pt-1 tabular-nums">
            <For each={props.quote.occurrences.slice(0, datesMost)}>
              {(one) => (
                <li class="flex justify-between gap-3">
                  <span>
                    {dayProse(one.day)}{" "}
                    {props.resource && bookedBy(props.resource) === "day"
                      ? b.wholeDay
                      : clockRange(one.from, one.until, props.quote.zone)}
                  </span>
                  <span>{priceText(one, b)}</span>
                </li>
              )}
            </For>
            <Show when={able() > datesMost}>
              <li>{t.more(able() - datesMost)}</li>
            </Show>
          </ul>
        </details>
        <ApprovalNote until={props.quote.approval?.until} zone={props.quote.zone} />
        <h3 class="text-xs font-regular text-fg-3">{b.quote}</h3>
        <PriceLines lines={lines()} />
        <MoneyTotal
          minor={props.quote.totalMinor}
          label={b.total}
          note={b.tax(money(props.quote.taxMinor))}
          words={false}
          size="2xl"
        />
        <p class="text-xs text-fg-3">
          {props.staff ? b.later(props.companyName ?? "") : b.laterOwn} {cancelTerms(props.resource?.cancellation, b)}
        </p>
      </Show>
    </div>
  );
}
