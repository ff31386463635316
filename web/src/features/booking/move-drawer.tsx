import { type BookingRowView, type BookingView, bookedBy, type MoveWish, type ResourceId } from "@yihao/booking/model";
import type { MoveSeries } from "@yihao/booking/series-model";
import { instantOf, plusDays } from "@yihao/kernel/days";
import { createEffect, createMemo, createSignal, type JSX, Match, on, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { clockOfMinute, clockRange, dayOf, dayProse, minuteOfDay, money } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { type Alternative, ConflictState, Loading, Note } from "../../ui/feedback.tsx";
import { Drawer, Sheet } from "../../ui/overlay.tsx";
import { Facts, media } from "../../ui/panes.tsx";
import { toast } from "../../ui/toast.tsx";
import type { Choice } from "./booking-desk.ts";
import { whenOf } from "./cancel-dialog.tsx";
import { WhenFields } from "./choice-fields.tsx";
import { type Places, useNow } from "./data.ts";
import { moveBooking, moveSeries, useMoveQuote, useSeriesMoveQuote } from "./series-data.ts";
import { ConflictList } from "./series-panel.tsx";
import { type Scope, ScopeChoice, SeriesLine, useSeriesOf } from "./series-part.tsx";
import { seriesWords } from "./series-words.ts";
import { bookingWords } from "./words.ts";

type Offer = {
  alternatives?: {
    times: { from: string; until: string }[];
    resources: { resource: ResourceId; code: string; name: string }[];
  };
};

/** Another time or a like place for a booking, or for it and all following of its series: the new price beside the old, then one press. */
export function MoveDrawer(props: {
  space: string;
  row: BookingRowView | undefined;
  /** Where it was dragged to, on its own day. */
  to?: { readonly resource: ResourceId; readonly from: number; readonly until: number } | undefined;
  places: Places | undefined;
  onClose: () => void;
  onMoved?: (booking: BookingView | undefined) => void;
}) {
  const t = bookingWords();
  const s = seriesWords();
  const phone = media("(max-width: 767px)");
  const now = useNow();
  const [scope, setScope] = createSignal<Scope>("this");
  const [place, setPlace] = createSignal<ResourceId | undefined>();
  const [day, setDay] = createSignal("");
  const [minutes, setMinutes] = createSignal<{ from: number; until: number } | undefined>();
  const [busy, setBusy] = createSignal(false);
  const [failed, setFailed] = createSignal<{ key: string; problem: unknown } | undefined>();
  const series = useSeriesOf(
    () => props.space,
    () => props.row,
    now,
  );
  const following = () => scope() === "following" && props.row?.series !== undefined;
  const byTime = () => props.row !== undefined && bookedBy(props.row) === "time";
  /** A row as the fields show it. */
  const shownOf = (row: BookingRowView) => {
    const from = minuteOfDay(row.from, row.day, row.zone);
    return { from, until: from + Math.round((Date.parse(row.until) - Date.parse(row.from)) / 60_000) };
  };
  createEffect(
    on(
      () => props.row?.id,
      () => {
        const row = props.row;
        setScope("this");
        setPlace(props.to?.resource ?? row?.resource);
        setDay(row?.day ?? "");
        const at = props.to && { from: props.to.from, until: props.to.until };
        setMinutes(row && bookedBy(row) === "time" ? (at ?? shownOf(row)) : undefined);
        setFailed(undefined);
      },
    ),
  );
  const like = () => {
    const row = props.row;
    if (!row) return [];
    return (props.places?.resources ?? []).filter(
      (one) =>
        one.site === row.site && one.kind === row.kind && bookedBy(one) === bookedBy(row) && one.state === "active",
    );
  };
  const choice: Choice = {
    get resource() {
      return like().find(({ id }) => id === place());
    },
    get day() {
      return day();
    },
    get minutes() {
      return minutes();
    },
  };
  const at = (minute: number, zone: string) =>
    instantOf(minute >= 1440 ? plusDays(day(), 1) : day(), clockOfMinute(minute % 1440), zone);
  const changed = () => {
    const row = props.row;
    if (!row) return false;
    const was = byTime() ? shownOf(row) : undefined;
    const time = minutes()?.from !== was?.from || minutes()?.until !== was?.until;
    return place() !== row.resource || time || (!following() && day() !== row.day);
  };
  const wish = createMemo((): MoveWish | undefined => {
    const row = props.row;
    const resource = place();
    const time = minutes();
    if (!row || !resource || !changed() || following()) return undefined;
    if (!byTime()) return { resource, day: day() };
    return time && { resource, from: at(time.from, row.zone), until: at(time.until, row.zone) };
  });
  const many = createMemo((): MoveSeries | undefined => {
    const row = props.row;
    const time = minutes();
    if (!row || !changed() || !following()) return undefined;
    return {
      from: row.from,
      ...(place() && place() !== row.resource ? { resource: place() as ResourceId } : {}),
      ...(time ? { start: clockOfMinute(time.from), end: clockOfMinute(time.until % 1440) } : {}),
    };
  });
  const quote = useMoveQuote(
    () => props.space,
    () => props.row,
    wish,
  );
  const manyQuote = useSeriesMoveQuote(
    () => props.space,
    () => props.row?.series,
    many,
  );
  const key = () => JSON.stringify([props.row?.id, wish(), many()]);
  const problem = () => {
    const mine = failed();
    if (mine?.key === key()) return mine.problem;
    return (wish() && quote.error) || (many() && manyQuote.error) || undefined;
  };
  const ready = () =>
    problem() === undefined &&
    (following() ? many() !== undefined && (manyQuote.data?.moved ?? 0) > 0 : wish() !== undefined && !!quote.data);
  const intent = createMemo(() => [key(), quote.data, newIntent()] as const);
  const placeCode = () => like().find(({ id }) => id === place())?.code ?? props.row?.code ?? "";
  const target = () => {
    const asked = wish();
    if (!asked || !props.row) return "";
    return "day" in asked
      ? `${placeCode()} ${dayProse(asked.day)}`
      : `${placeCode()} ${dayProse(day(), { weekday: false })} ${clockRange(asked.from, asked.until, props.row.zone)}`;
  };
  const confirm = async () => {
    const row = props.row;
    if (!row || busy() || !ready()) return;
    setBusy(true);
    setFailed(undefined);
    try {
      const asked = wish();
      const asMany = many();
      if (asMany && row.series) {
        const done = await moveSeries(props.space, row.series, asMany, intent()[2]);
        toast({
          text: done.stayed.length > 0 ? s.movedSome(done.moved, done.stayed.length) : s.movedCount(done.moved),
        });
        props.onMoved?.(undefined);
      } else if (asked && quote.data) {
        const made = await moveBooking(props.space, row, asked, quote.data, intent()[2]);
        toast({ text: s.moved(made.code, whenOf(made, t.wholeDay)) });
        props.onMoved?.(made);
      }
      props.onClose();
    } catch (error) {
      setFailed({ key: key(), problem: error });
      void quote.refetch();
    } finally {
      setBusy(false);
    }
  };
  const offers = (): Alternative[] => {
    const why = problem();
    const row = props.row;
    const { alternatives } = (why instanceof Problem ? why.params : {}) as Offer;
    if (!row || !alternatives) return [];
    return [
      ...alternatives.times.map(({ from, until }) => {
        return { key: `time ${from}`, place: placeCode(), title: clockRange(from, until, row.zone), note: t.sameRoom };
      }),
      ...alternatives.resources.map((one) => {
        return { key: `place ${one.resource}`, place: one.code, title: one.name, note: t.sameTime };
      }),
    ];
  };
  const take = (option: string) => {
    const [kind, value = ""] = option.split(" ");
    const row = props.row;
    const time = minutes();
    if (kind === "place") setPlace(value as ResourceId);
    else if (row && time) {
      const from = minuteOfDay(value, dayOf(value, row.zone), row.zone);
      setMinutes({ from, until: from + time.until - time.from });
    }
  };
  const isLost = () => {
    const why = problem();
    return why instanceof Problem && (why.code === "booking.taken" || why.code === "booking.let") ? why : undefined;
  };
  const prices = (before: number, after: number) => (
    <Facts
      items={[
        { label: s.before, value: money(before) },
        { label: s.after, value: money(after) },
        { label: s.difference, value: money(after - before, { sign: true }) },
      ]}
    />
  );
  const body = (): JSX.Element => (
    <Show when={props.row}>
      {(row) => (
        <div class="flex flex-col gap-4">
          <Facts
            items={[
              { label: s.was, value: `${row().code} ${whenOf(row(), t.wholeDay)}` },
              ...(row().series ? [{ label: s.series, value: <SeriesLine of={series} /> }] : []),
            ]}
          />
          <Show when={row().series}>
            <ScopeChoice scope={scope()} scopes={["this", "following"]} onScope={setScope} />
          </Show>
          <Show when={following()}>
            <p class="text-xs text-fg-2">{s.daysStay}</p>
          </Show>
          <WhenFields
            choice={choice}
            today={dayOf(now(), row().zone)}
            size={phone() ? "lg" : "md"}
            {...(following() ? {} : { onDay: setDay })}
            onTime={setMinutes}
          />
          <Show when={like().length > 1}>
            <SelectField
              label={s.place}
              size={phone() ? "lg" : "md"}
              options={like().map(({ id, code, name }) => ({
                value: id as string,
                label: code === name ? code : `${code} ${name}`,
              }))}
              bind={bound<string>(
                () => place() ?? "",
                (id) => setPlace(id as ResourceId),
              )}
            />
          </Show>
          <Switch fallback={<p class="text-xs text-fg-2">{s.unchanged}</p>}>
            <Match when={isLost()}>
              {(lost) => (
                <ConflictState
                  title={explain(lost())}
                  {...(offers().length > 0 ? { order: t.order } : {})}
                  options={offers()}
                  onChoose={take}
                >
                  {offers().length > 0 ? s.moveSay : t.noOther}
                </ConflictState>
              )}
            </Match>
            <Match when={problem()}>
              {(why) => (
                <Note tone="warn" alert title={s.notMoved}>
                  {explain(why())}
                </Note>
              )}
            </Match>
            <Match when={wish() && quote.data}>
              {(found) => (
                <>
                  {prices(row().totalMinor, found().quote.totalMinor)}
                  <p class="text-xs text-fg-3">{s.moveSay}</p>
                </>
              )}
            </Match>
            <Match when={many() && manyQuote.data}>
              {(found) => (
                <>
                  <Show when={found().moved > 0} fallback={<Note tone="warn">{s.moveNone}</Note>}>
                    {prices(found().beforeMinor, found().afterMinor)}
                  </Show>
                  <Show when={found().stayed.length > 0}>
                    <Note tone="warn" title={s.stays(found().stayed.length)}>
                      <ConflictList conflicts={found().stayed} />
                    </Note>
                  </Show>
                  <p class="text-xs text-fg-3">{s.moveSay}</p>
                </>
              )}
            </Match>
            <Match when={wish() ?? many()}>
              <Loading rows={2} slow={s.pricingMove} />
            </Match>
          </Switch>
        </div>
      )}
    </Show>
  );
  const foot = (): JSX.Element => (
    <Button
      kind="primary"
      size={phone() ? "xl" : "lg"}
      block
      busy={busy()}
      disabled={!ready()}
      onClick={() => void confirm()}
    >
      {following() ? s.moveCount(manyQuote.data?.moved ?? 0) : wish() ? s.moveTo(target()) : s.move}
    </Button>
  );
  const title = () => s.moveTitle(props.row?.code ?? "");
  return (
    <Show
      when={phone()}
      fallback={
        <Drawer open={props.row !== undefined} onClose={props.onClose} title={title()} foot={foot()}>
          {body()}
        </Drawer>
      }
    >
      <Sheet open={props.row !== undefined} onClose={props.onClose} title={title()} foot={foot()}>
        {body()}
      </Sheet>
    </Show>
  );
}
