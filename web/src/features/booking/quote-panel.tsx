import { decideBooking } from "@yihao/booking/decide";
import type { Alternatives, Booking, BookingQuote, ResourceId, ResourceView, Wish } from "@yihao/booking/model";
import { instantOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { createMemo, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockOfMinute, clockRange, dayProse, hours, money } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { type Alternative, ConflictState, EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { MoneyTotal, PriceLines } from "../../ui/money-total.tsx";
import { Status } from "../../ui/status.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import { toast } from "../../ui/toast.tsx";
import { book, keepQuote, useNow, useQuote } from "./data.ts";
import { asResource, type SiteView } from "./view.ts";
import { bookingWords } from "./words.ts";

/** What is chosen on the screen: a place, a day and, for rooms, local minutes of it. */
export type Choice = {
  readonly resource: ResourceView | undefined;
  readonly day: string;
  readonly minutes: { readonly from: number; readonly until: number } | undefined;
};

type Taken = { by?: { company: string }; alternatives: Alternatives };

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
  onTime: (minutes: { from: number; until: number }) => void;
  onPlace: (resource: ResourceId) => void;
  onBooked: (booking: Booking) => void;
}) {
  const t = bookingWords();
  const now = useNow();
  const wish = createMemo((): Wish | undefined => {
    const { resource, day, minutes } = props.choice;
    const site = props.site;
    if (!resource || !site || (props.staff && !props.company)) return undefined;
    const target = { resource: resource.id, ...(props.company ? { company: props.company.id } : {}) };
    if (resource.kind === "desk") return { ...target, day };
    if (!minutes) return undefined;
    const at = (minute: number) => instantOf(day, clockOfMinute(minute), site.zone);
    return { ...target, from: at(minutes.from), until: at(minutes.until) };
  });
  const decided = createMemo(() => {
    const asked = wish();
    const { resource } = props.choice;
    if (!asked || !resource || !props.site) return undefined;
    return decideBooking({ resource: asResource(props.site, resource), company: { state: "active" } }, asked, now());
  });
  const allowed = () => (decided()?.ok ? wish() : undefined);
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
    return problem?.code === "booking.taken" ? (problem.params as unknown as Taken) : undefined;
  };
  const when = (from: string, until: string) =>
    props.choice.resource?.kind === "desk"
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
      toast({ text: t.booked(made.code, when(made.from, made.until)) });
      props.onBooked(made);
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
  const ready = () => allowed() !== undefined && quote.data !== undefined && !quote.isPlaceholderData && !taken();
  return { wish, decided, quote, refusal, taken, busy, confirm, take, ready, when };
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
    return decided && !decided.ok ? decided.refusal : undefined;
  };
  return (
    <Switch fallback={<Loading rows={3} slow={t.quoting} />}>
      <Match when={!props.desk.wish()}>
        <EmptyState art={false} title={t.pickPlaceTitle}>
          {props.staff && props.choice.resource ? t.pickCompany : t.pickPlace}
        </EmptyState>
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
            <Priced
              quote={quote()}
              code={props.choice.resource?.name ?? ""}
              staff={props.staff}
              companyName={props.companyName}
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

function TakenState(props: {
  desk: BookingDesk;
  choice: Choice;
  taken: { by?: { company: string }; alternatives: Alternatives };
  zone: string;
}) {
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
    <ConflictState
      title={t.takenTitle(time(), props.taken.by?.company ?? "")}
      {...(options().length > 0 ? { order: t.order } : {})}
      options={options()}
      onChoose={(key) => props.desk.take(key)}
    >
      {options().length > 0 ? t.takenSay : t.noOther}
    </ConflictState>
  );
}

function Priced(props: { quote: BookingQuote; code: string; staff: boolean; companyName?: string | undefined }) {
  const t = bookingWords();
  const price = () => props.quote.quote;
  const lines = () => [
    ...price().lines.map((line) => ({
      label: `${props.code || t.quoteLine[line.service]}`,
      how:
        line.per === "hour"
          ? t.hoursTimes(hours(line.quantity), money(line.unitMinor))
          : t.daysTimes(line.quantity, money(line.unitMinor)),
      minor: line.amountMinor,
    })),
    ...(price().allowanceMinutes > 0
      ? [{ label: t.byAllowance, how: t.byAllowanceHow(hours(price().allowanceMinutes)), minor: 0 }]
      : []),
  ];
  const allowance = () => props.quote.allowance;
  const halves = (minutes: number) => Math.round(minutes / 30);
  const used = () => Math.max(0, allowance().grantedMinutes - allowance().leftMinutes);
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
        {props.staff ? t.later(props.companyName ?? "") : t.laterOwn} {t.cancelRule}
      </p>
    </div>
  );
}

/** The one filled button that books, named for what it does. */
export function ConfirmButton(props: { desk: BookingDesk; label: JSX.Element; big?: boolean; keys?: boolean }) {
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
      {props.label}
    </Button>
  );
}

/** Whether what is chosen is free, said beside the time. */
export function FreeMark(props: { desk: BookingDesk; bufferMinutes: number }) {
  const t = bookingWords();
  return (
    <Show when={props.desk.ready()}>
      <Status is="enough" text={props.bufferMinutes > 0 ? t.availableBuffer(props.bufferMinutes) : t.available} />
    </Show>
  );
}
