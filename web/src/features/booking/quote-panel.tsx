import { type JSX, Match, Show, Switch } from "solid-js";
import { actingCompany } from "../../api.ts";
import { clockRange } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { type Alternative, ConflictState, EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Status } from "../../ui/status.tsx";
import type { BookingDesk, Choice, Taken } from "./booking-desk.ts";
import { Priced } from "./quote-price.tsx";
import { ApprovalNote } from "./request-state.tsx";
import { requestWords } from "./request-words.ts";
import { SeriesBody } from "./series-panel.tsx";
import { seriesWords } from "./series-words.ts";
import type { SiteView } from "./view.ts";
import { WaitOffer } from "./wait-panel.tsx";
import { bookingWords } from "./words.ts";

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
