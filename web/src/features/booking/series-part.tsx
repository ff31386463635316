import type { BookingRowView } from "@yihao/booking/model";
import { createMemo, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { rhythmText } from "./repeat-values.ts";
import { useSeries } from "./series-data.ts";
import { seriesWords } from "./series-words.ts";

/** Which bookings of a series something is done to. */
export type Scope = "this" | "following" | "all";

/** A booking's series as the screens need it: the rule in words, which of how many it is, and how many each scope would touch. */
export function useSeriesOf(space: () => string, row: () => BookingRowView | undefined, now: () => string) {
  const t = seriesWords();
  const series = useSeries(space, () => row()?.series);
  const toCome = (from: string) =>
    (series.data?.bookings ?? []).filter((one) => one.state !== "cancelled" && one.from >= from && one.from > now());
  const scoped = (scope: Scope) => toCome(scope === "following" ? (row()?.from ?? "") : "");
  const text = createMemo(() => (series.data ? rhythmText(series.data.repeat, t) : ""));
  const place = () => {
    const all = series.data?.bookings ?? [];
    const index = all.findIndex(({ id }) => id === row()?.id);
    return index === -1 ? "" : t.nthOf(index + 1, all.length);
  };
  return {
    text,
    place,
    left: () => toCome("").length,
    touched: (scope: Scope) => (scope === "this" ? 1 : scoped(scope).length),
    /** The bookings of a scope of several. */
    bookings: scoped,
    read: () => series.data !== undefined,
  };
}
export type SeriesOf = ReturnType<typeof useSeriesOf>;

/** What a booking belongs to: its rule, which of how many it is, and how many are still to come. */
export function SeriesLine(props: { of: SeriesOf }) {
  const t = seriesWords();
  return (
    <Show when={props.of.read()}>
      <span class="block">{props.of.text()}</span>
      <span class="block text-xs text-fg-2 tabular-nums">
        {props.of.place()} · {t.left(props.of.left())}
      </span>
    </Show>
  );
}

/** This one, this and following, or all that is to come. */
export function ScopeChoice(props: { scope: Scope; scopes: readonly Scope[]; onScope: (scope: Scope) => void }) {
  const t = seriesWords();
  return (
    <Segmented
      label={t.scope}
      options={props.scopes.map((value) => ({ value, label: t[value] }))}
      bind={bound<Scope>(
        () => props.scope,
        (scope) => props.onScope(scope),
      )}
    />
  );
}
