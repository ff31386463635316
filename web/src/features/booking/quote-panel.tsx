import { decideBooking } from "@yihao/booking/decide";
import {
  type Alternatives,
  type BookingQuote,
  bookedBy,
  type Quota,
  type ResourceId,
  type ResourceView,
  type Wish,
} from "@yihao/booking/model";
import { creditKindOf } from "@yihao/booking/price";
import type { Training } from "@yihao/booking/training";
import { instantOf, monthOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import { actingCompany, newIntent } from "../../api.ts";
import { clock, clockOfMinute, clockRange, dayProse, hours, money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { type Cause, penaltiesDue, penaltiesText, usePenalties } from "../../penalties.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { type Alternative, ConflictState, EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { MoneyTotal, PriceLines } from "../../ui/money-total.tsx";
import { Status } from "../../ui/status.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import { toast } from "../../ui/toast.tsx";
import { book, keepQuote, useNow, useQuote } from "./data.ts";
import { creditParts } from "./price-text.ts";
import { ApprovalNote } from "./request-state.tsx";
import { requestWords } from "./request-words.ts";
import { createSeriesDesk, SeriesBody } from "./series-panel.tsx";
import { seriesWords } from "./series-words.ts";
import { asResource, type SiteView } from "./view.ts";
import { WaitOffer } from "./wait-panel.tsx";
import { bookingWords, cancelTerms, quotaText } from "./words.ts";

/** What is chosen on the screen: a place, a day and, for rooms, local minutes of it. */
export type Choice = {
  readonly resource: ResourceView | undefined;
  readonly day: string;
  readonly minutes: { readonly from: number; readonly until: number } | undefined;
};

type Taken = { by?: { company: string }; alternatives: Alternatives; let: boolean };

/**
 * From a choice to a booking: the rule is tried at once here, the server prices it, and the booking carries that price. A refusal keeps all that
 * was chosen; what was taken offers other times and places, each of which is priced again.
 */
export function createBookingDesk(props: {
  space: string;
  site: SiteView | undefined;
  choice: Choice;
  /** Staff name the company; nothing in the portal, where it is one's own. */
  company?: { id: CompanyId; name: string } | undefined;
  staff: boolean;
  /** The person's own training records; left out for staff, and until they are read. */
  trainings?: readonly Pick<Training, "resource" | "until">[] | undefined;
  onTime: (minutes: { from: number; until: number }) => void;
  onPlace: (resource: ResourceId) => void;
  onBooked: () => void;
}) {
  const t = bookingWords();
  const r = requestWords();
  const now = useNow();
  const series = createSeriesDesk(props);
  const wish = createMemo((): Wish | undefined => {
    const { resource, day, minutes } = props.choice;
    const site = props.site;
    if (!resource || !site || (props.staff && !props.company)) return undefined;
    const target = { resource: resource.id, ...(props.company ? { company: props.company.id } : {}) };
    if (bookedBy(resource) === "day") return { ...target, day };
    if (!minutes) return undefined;
    const at = (minute: number) => instantOf(day, clockOfMinute(minute), site.zone);
    return { ...target, from: at(minutes.from), until: at(minutes.until) };
  });
  const decided = createMemo(() => {
    const asked = wish();
    const { resource } = props.choice;
    if (!asked || !resource || !props.site) return undefined;
    // Who may book hangs on the company, which the server knows; what hangs on the person is decided here once it is read.
    const { who: _who, area: { who: _area, ...area } = {}, ...ruled } = asResource(props.site, resource);
    const trainings = props.trainings;
    const booker = props.staff ? { staff: true, trainings: [] } : trainings && { staff: false, trainings };
    const facts = {
      resource: { ...ruled, area },
      company: { state: "active" as const },
      ...(booker ? { booker } : {}),
    };
    return decideBooking(facts, asked, now());
  });
  /** What is let is asked of the server too: it knows what else there is. */
  const allowed = () => {
    const now = decided();
    return !series.on() && now && (now.ok || now.refusal.code === "booking.let") ? wish() : undefined;
  };
  const quote = useQuote(() => props.space, allowed);
  const key = () => JSON.stringify(wish());
  const [refused, setRefused] = createSignal<{ key: string; problem: Problem } | undefined>();
  const [busy, setBusy] = createSignal(false);
  const intent = createMemo(
    () => [key(), quote.data?.quote.totalMinor, quote.data?.quote.allowanceMinutes, newIntent()] as const,
  );
  const refusal = (): Problem | undefined => {
    const mine = refused();
    if (mine && mine.key === key()) return mine.problem;
    return allowed() && quote.error instanceof Problem ? quote.error : undefined;
  };
  const taken = (): Taken | undefined => {
    const problem = refusal();
    const lost = problem?.code === "booking.taken" || problem?.code === "booking.let";
    return lost ? ({ ...problem.params, let: problem.code === "booking.let" } as unknown as Taken) : undefined;
  };
  const when = (from: string, until: string) =>
    props.choice.resource && bookedBy(props.choice.resource) === "day"
      ? `${dayProse(props.choice.day)} ${t.wholeDay}`
      : clockRange(from, until, props.site?.zone ?? "UTC");
  const confirm = async () => {
    const asked = allowed();
    const priced = quote.data;
    if (!asked || !priced || busy() || taken()) return;
    setBusy(true);
    setRefused(undefined);
    try {
      const made = await book(props.space, asked, priced, intent()[3]);
      const at = when(made.from, made.until);
      toast({ text: made.state === "tentative" ? r.asked(made.code, at) : t.booked(made.code, at) });
      props.onBooked();
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({ code: "client.fault", status: 0 });
      const fresh = problem.params.quote as BookingQuote | undefined;
      if (problem.code === "price-changed" && fresh) keepQuote(props.space, asked, fresh);
      setRefused({ key: key(), problem });
    } finally {
      setBusy(false);
    }
  };
  const take = (option: string) => {
    const found = taken();
    const [kind, id] = option.split(" ") as [string, string];
    setRefused(undefined);
    if (kind === "place") return props.onPlace(id as ResourceId);
    const time = found?.alternatives.times.find(({ from }) => from === id);
    const zone = props.site?.zone ?? "UTC";
    const minute = (text: string) => {
      const [hour = 0, rest = 0] = clock(text, zone).split(":").map(Number);
      return hour * 60 + rest;
    };
    if (time) props.onTime({ from: minute(time.from), until: minute(time.until) || 1440 });
  };
  const readyOnce = () => allowed() !== undefined && quote.data !== undefined && !quote.isPlaceholderData && !taken();
  /** Of a series the whole is priced, checked and booked instead. */
  const ready = () => (series.on() ? series.ready() : readyOnce());
  const confirmWhole = () => (series.on() ? series.confirm() : confirm());
  const working = () => busy() || series.busy();
  /** Until when staff would answer what is chosen, where they approve first. */
  const approval = () => {
    if (series.on()) return series.ready() ? series.quote.data?.approval?.until : undefined;
    return readyOnce() ? quote.data?.approval?.until : undefined;
  };
  const space = () => props.space;
  return {
    space,
    approval,
    wish,
    decided,
    quote,
    refusal,
    taken,
    busy: working,
    confirm: confirmWhole,
    take,
    ready,
    when,
    series,
  };
}

export type BookingDesk = ReturnType<typeof createBookingDesk>;

/** The price of what is chosen with every line, or why it cannot be had and what else can. */
export function QuoteBody(props: {
  desk: BookingDesk;
  choice: Choice;
  site: SiteView | undefined;
  staff: boolean;
  companyName?: string | undefined;
}) {
  const t = bookingWords();
  const zone = () => props.site?.zone ?? "UTC";
  const unfit = () => {
    const decided = props.desk.decided();
    return decided && !decided.ok && decided.refusal.code !== "booking.let" ? decided.refusal : undefined;
  };
  return (
    <Switch fallback={<Loading rows={3} slow={t.quoting} />}>
      <Match when={!props.desk.wish()}>
        <EmptyState art={false} title={t.pickPlaceTitle}>
          {props.staff && props.choice.resource ? t.pickCompany : t.pickPlace}
        </EmptyState>
      </Match>
      <Match when={props.desk.series.on()}>
        <SeriesBody
          desk={props.desk.series}
          resource={props.choice.resource}
          site={props.site}
          staff={props.staff}
          companyName={props.companyName}
        />
      </Match>
      <Match when={unfit()}>
        {(why) => (
          <Note tone="warn">{explain(new Problem({ code: why().code, params: why().params, status: 409 }))}</Note>
        )}
      </Match>
      <Match when={props.desk.taken()}>{(taken) => <TakenState {...props} taken={taken()} zone={zone()} />}</Match>
      <Match when={props.desk.quote.data}>
        {(quote) => (
          <>
            <Show when={props.desk.refusal()}>
              {(problem) => (
                <Note
                  tone={problem().code === "price-changed" ? "warn" : "bad"}
                  alert
                  {...(problem().code === "price-changed" ? { title: t.changedTitle } : {})}
                >
                  {problem().code === "price-changed" ? t.changed : explain(problem())}
                </Note>
              )}
            </Show>
            <ApprovalNote until={quote().approval?.until} zone={zone()} />
            <Priced
              quote={quote()}
              resource={props.choice.resource}
              staff={props.staff}
              companyName={props.companyName}
              space={props.desk.space()}
              company={props.desk.wish()?.company ?? actingCompany()}
            />
          </>
        )}
      </Match>
      <Match when={props.desk.refusal()}>
        {(problem) => (
          <ErrorState
            title={t.notQuoted}
            still={t.notQuotedStill}
            problem={problem()}
            onRetry={() => void props.desk.quote.refetch()}
          />
        )}
      </Match>
    </Switch>
  );
}

function TakenState(props: { desk: BookingDesk; choice: Choice; taken: Taken; zone: string }) {
  const t = bookingWords();
  const options = (): Alternative[] => {
    const { resource } = props.choice;
    const { times, resources } = props.taken.alternatives;
    return [
      ...times.map(({ from, until }) => ({
        key: `time ${from}`,
        place: resource?.code ?? "",
        title: clockRange(from, until, props.zone),
        note: t.sameRoom,
      })),
      ...resources.map((one) => ({
        key: `place ${one.resource}`,
        place: one.code,
        title: one.name,
        note: t.sameTime,
      })),
    ];
  };
  const time = () => {
    const wish = props.desk.wish();
    return wish && "from" in wish ? clockRange(wish.from, wish.until, props.zone) : t.takenDesk;
  };
  return (
    <div class="flex flex-col gap-4">
      <ConflictState
        title={
          props.taken.let
            ? t.letTitle(props.choice.resource?.code ?? "", props.taken.by?.company ?? "")
            : t.takenTitle(time(), props.taken.by?.company ?? "")
        }
        {...(options().length > 0 ? { order: t.order } : {})}
        options={options()}
        onChoose={(key) => props.desk.take(key)}
      >
        {options().length === 0 ? t.noOther : props.taken.let ? t.letSay : t.takenSay}
      </ConflictState>
      <Show when={!props.taken.let}>
        <WaitOffer
          space={props.desk.space()}
          wish={props.desk.wish()}
          code={props.choice.resource?.code ?? ""}
          when={time()}
        />
      </Show>
    </div>
  );
}

function Priced(props: {
  quote: BookingQuote;
  resource: ResourceView | undefined;
  staff: boolean;
  companyName?: string | undefined;
  space: string;
  company: string | undefined;
}) {
  const t = bookingWords();
  const price = () => props.quote.quote;
  const code = () => props.resource?.name ?? "";
  const lines = () => [
    ...price().lines.map((line) => ({
      label: line.text ? `${code() || t.quoteLine[line.service]} · ${line.text}` : code() || t.quoteLine[line.service],
      how:
        line.per === "hour"
          ? t.hoursTimes(hours(line.quantity), money(line.unitMinor))
          : t.daysTimes(line.quantity, money(line.unitMinor)),
      minor: line.amountMinor,
    })),
    ...creditParts({ ...price(), packs: props.quote.packs?.filter(({ units }) => units > 0) }, t).map((part) => ({
      ...part,
      minor: 0,
    })),
  ];
  const days = () => props.resource !== undefined && creditKindOf(props.resource) === "desk-days";
  const packSay = ({ left, until }: { left: number; until: string }) =>
    t.packLeft(
      days() ? t.byDays(left) : t.hoursLong(hours(left)),
      dayProse(plusDays(until, -1), { weekday: false, year: until.slice(0, 4) !== props.quote.day.slice(0, 4) }),
    );
  const otherPrices = (day: string) => {
    const minor = props.quote.otherUnitMinor;
    const by = price().lines.some(({ per }) => per === "day") ? "day" : "hour";
    return minor === undefined ? t.otherPrices(dayProse(day)) : t.otherUnit(dayProse(day), money(minor), by);
  };
  const allowance = () => props.quote.allowance;
  const halves = (minutes: number) => Math.round(minutes / 30);
  const used = () => Math.max(0, allowance().grantedMinutes - allowance().leftMinutes);
  const quotaUse = ({ used, ...quota }: Quota & { used: number }) => {
    const already = quota.count === "minutes" ? t.hoursLong(hours(used)) : String(used);
    return t.quotaUsed(quotaText[lang() === "en" ? "en" : "zh"](quota, quota.most), already);
  };
  const say = () =>
    t.allowanceSay(hours(allowance().leftMinutes), hours(allowance().grantedMinutes), hours(price().allowanceMinutes));
  return (
    <div class="flex flex-col gap-3">
      <Show when={allowance().grantedMinutes > 0}>
        <div class="flex flex-col gap-1.5 border-b border-line pb-3">
          <p class="flex justify-between gap-3 text-xs text-fg-2">
            <span>{t.allowance}</span>
            <span class="tabular-nums">{say()}</span>
          </p>
          <Bricks
            total={Math.min(48, halves(allowance().grantedMinutes))}
            done={Math.min(48, halves(used()))}
            using={halves(price().allowanceMinutes)}
            label={say()}
          />
        </div>
      </Show>
      <Show when={allowance().grantedDays}>
        {(granted) => (
          <p class="flex justify-between gap-3 border-b border-line pb-3 text-xs text-fg-2">
            <span>{t.allowanceDays}</span>
            <span class="tabular-nums">
              {t.allowanceDaysSay(allowance().leftDays ?? 0, granted(), price().allowanceDays ?? 0)}
            </span>
          </p>
        )}
      </Show>
      <Show when={props.quote.packs}>
        {(packs) => (
          <ul class="flex flex-col gap-1 border-b border-line pb-3 text-xs text-fg-2" aria-label={t.packs}>
            <For each={packs()}>
              {(pack) => (
                <li class="flex justify-between gap-3">
                  <span class="min-w-0 truncate">{pack.name}</span>
                  <span class="tabular-nums">{packSay(pack)}</span>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
      <Show when={props.quote.quotas}>
        {(quotas) => (
          <ul class="flex flex-col gap-1 border-b border-line pb-3 text-xs text-fg-2" aria-label={t.quotas}>
            <For each={quotas()}>{(quota) => <li>{quotaUse(quota)}</li>}</For>
          </ul>
        )}
      </Show>
      <h3 class="text-xs font-regular text-fg-3">{t.quote}</h3>
      <PriceLines lines={lines()} />
      <MoneyTotal
        minor={price().totalMinor}
        label={t.total}
        note={t.tax(money(price().taxMinor))}
        words={false}
        size="2xl"
      />
      <p class="text-xs text-fg-3">
        <Show when={price().totalMinor > 0}>{props.staff ? t.later(props.companyName ?? "") : t.laterOwn} </Show>
        {termsOf(props.resource, t)}
        <Show when={props.quote.otherFrom}>{(day) => <> {otherPrices(day())}</>}</Show>
        <PenaltyTerms space={props.space} company={props.company} day={props.quote.day} resource={props.resource} />
      </p>
    </div>
  );
}

/** What cancelling and not coming cost, as a sentence or two. */
export function termsOf(resource: ResourceView | undefined, t: ReturnType<typeof bookingWords>): string {
  const minutes = resource?.noShowMinutes ?? resource?.area?.noShowMinutes ?? 0;
  const terms = cancelTerms(resource?.cancellation, t);
  if (minutes === 0) return terms;
  return `${terms} ${t.noShowTerms(minutes, resource?.cancellation?.percent ?? 100)}`;
}

/** What the company's tariff has besides for cancelling late and for not coming, where the place has terms for either. */
export function PenaltyTerms(props: {
  space: string;
  company: string | undefined;
  day: string;
  resource: ResourceView | undefined;
}) {
  const t = bookingWords();
  const minutes = () => props.resource?.noShowMinutes ?? props.resource?.area?.noShowMinutes ?? 0;
  const month = () => monthOf(props.day);
  const causes = (): Cause[] => [
    ...(props.resource?.cancellation ? [{ on: "late-cancel", month: month(), quantity: 1 } as const] : []),
    ...(minutes() > 0 ? [{ on: "no-show", month: month(), quantity: 1 } as const] : []),
  ];
  const penalties = usePenalties(
    () => props.space,
    () => (causes().length > 0 ? props.company : undefined),
    () => [month()],
  );
  const due = () => penaltiesDue(penalties.data, causes());
  return <Show when={due().length > 0}> {t.penaltyTerms(penaltiesText(due()))}</Show>;
}

/** The one filled button that books, named for what it does. */
export function ConfirmButton(props: { desk: BookingDesk; label: JSX.Element; big?: boolean; keys?: boolean }) {
  const t = seriesWords();
  const r = requestWords();
  const count = () => props.desk.series.quote.data?.occurrences.length ?? 0;
  const label = () => {
    if (props.desk.approval()) return props.desk.series.on() ? r.askTimes(count()) : r.ask;
    return props.desk.series.on() ? t.confirm(count()) : props.label;
  };
  return (
    <Button
      kind="primary"
      size={props.big ? "xl" : "lg"}
      block
      busy={props.desk.busy()}
      disabled={!props.desk.ready()}
      {...(props.keys ? { keys: ["⌘", "↵"] } : {})}
      onClick={() => void props.desk.confirm()}
    >
      {label()}
    </Button>
  );
}

/** Whether what is chosen is free, said beside the time. */
export function FreeMark(props: { desk: BookingDesk; bufferMinutes: number }) {
  const t = bookingWords();
  return (
    <Show when={props.desk.ready() && !props.desk.series.on()}>
      <Status is="enough" text={props.bufferMinutes > 0 ? t.availableBuffer(props.bufferMinutes) : t.available} />
    </Show>
  );
}
