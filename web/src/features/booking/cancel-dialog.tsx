import { decideCancellation, penaltyCause, type Return, returnOf } from "@yihao/booking/cancellation";
import { type BookingRowView, bookedBy, type Cancel } from "@yihao/booking/model";
import { type PaidParts, paidBy } from "@yihao/booking/price";
import { monthOf } from "@yihao/kernel/days";
import { createMemo, createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clockRange, dayProse, hours, money } from "../../format.ts";
import { penaltiesDue, penaltiesText, usePenalties } from "../../penalties.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ErrorState } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { cancelBooking, useNow } from "./data.ts";
import { packUnits } from "./price-text.ts";
import { requestWords } from "./request-words.ts";
import { endSeries } from "./series-data.ts";
import { type Scope, ScopeChoice, SeriesLine, useSeriesOf } from "./series-part.tsx";
import { seriesWords } from "./series-words.ts";
import { bookingWords, cancelTerms } from "./words.ts";

type Bears = NonNullable<Cancel["fee"]>;

/** When a row is: its local day and time, or the whole day of a desk. */
export function whenOf(
  row: Pick<BookingRowView, "day" | "kind" | "from" | "until" | "zone">,
  wholeDay: string,
): string {
  return `${dayProse(row.day)} ${bookedBy(row) === "day" ? wholeDay : clockRange(row.from, row.until, row.zone)}`;
}

/** Asks before a booking is cancelled, and names what comes back. */
export function CancelDialog(props: {
  space: string;
  row: BookingRowView | undefined;
  /** Staff cancel for a company, so they say who bears what that costs. */
  staff?: boolean;
  onClose: () => void;
}) {
  const t = bookingWords();
  const s = seriesWords();
  const r = requestWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [scope, setScope] = createSignal<Scope>("this");
  const now = useNow();
  const series = useSeriesOf(
    () => props.space,
    () => props.row,
    now,
  );
  const some = () => props.row?.series !== undefined && scope() !== "this";
  const waits = () => props.row?.state === "tentative";
  const [bears, setBears] = createSignal<Bears | undefined>();
  const [reason, setReason] = createSignal("");
  /** What would be cancelled, each with its price and terms. */
  const going = createMemo(() => {
    const { row } = props;
    if (!row) return [];
    if (some()) return series.bookings(scope());
    const { totalMinor, ...paid } = row;
    return [{ ...row, price: { totalMinor, ...paid } }];
  });
  /** What each would give back and keep now, and what it would be a penalty's cause for: the rules by which it is charged. */
  const ends = createMemo(() =>
    going().flatMap((one) => {
      const decided = decideCancellation(one, now());
      if (!decided.ok) return [];
      const on = one.state === "tentative" ? undefined : penaltyCause(one, decided.value, now());
      return [{ back: decided.value, price: one.price, cause: on && { on, month: monthOf(one.day), quantity: 1 } }];
    }),
  );
  const causes = () => ends().flatMap(({ cause }) => cause ?? []);
  const penalties = usePenalties(
    () => props.space,
    () => (causes().length > 0 ? props.row?.company : undefined),
    () => [...new Set(causes().map(({ month }) => month))],
  );
  const penalised = () => penaltiesDue(penalties.data, causes());
  const keeps = () => ends().some(({ back, price }) => keptOf(price, back).any);
  const costs = () => props.staff === true && !waits() && (keeps() || penalised().length > 0);
  /** Nobody agrees to a price that is not on the screen yet. */
  const unread = () => causes().length > 0 && penalties.isPending;
  const decided = () =>
    !unread() && (!costs() || bears() === "company" || (bears() === "space" && reason().trim() !== ""));
  const fee = () => {
    const who = costs() ? bears() : undefined;
    return who ? { fee: who, ...(who === "space" ? { reason: reason().trim() } : {}) } : {};
  };
  const waived = () => costs() && bears() === "space";
  const close = () => {
    setBears(undefined);
    setReason("");
    setProblem(undefined);
    setScope("this");
    props.onClose();
  };
  const cancel = async (row: BookingRowView) => {
    setBusy(true);
    setProblem(undefined);
    try {
      if (row.series && some()) {
        const ended = await endSeries(
          props.space,
          row.series,
          { ...(scope() === "all" ? {} : { from: row.from }), ...fee() },
          newIntent(),
        );
        toast({ text: s.cancelled(ended.cancelled) });
      } else {
        await cancelBooking(props.space, row, fee(), newIntent());
        toast({ text: row.state === "tentative" ? r.withdrawn(row.code) : t.cancelled(row.code) });
      }
      close();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.row !== undefined}
      onClose={close}
      title={waits() ? r.withdrawTitle(props.row?.code ?? "") : t.cancelTitle(props.row?.code ?? "")}
      foot={
        <>
          <Button kind="danger" busy={busy()} disabled={!decided()} onClick={() => props.row && void cancel(props.row)}>
            {some() ? s.cancelCount(series.touched(scope())) : waits() ? r.withdraw : t.cancel}
          </Button>
          <Button onClick={close}>{t.keep}</Button>
        </>
      }
    >
      <Show when={props.row}>
        {(row) => (
          <div class="flex flex-col gap-3">
            <Show when={row().series}>
              <SeriesLine of={series} />
              <ScopeChoice scope={scope()} scopes={["this", "following", "all"]} onScope={setScope} />
            </Show>
            <Show
              when={!some()}
              fallback={
                <>
                  <SomeOf terms={row().cancellation} scope={scope()} count={series.touched(scope())} />
                  <Show when={!waived() && sumOf(ends().map(({ back }) => back.feeMinor)) > 0}>
                    <Parts
                      title={t.keeps}
                      parts={[t.keptMoney(money(sumOf(ends().map(({ back }) => back.feeMinor))))]}
                    />
                  </Show>
                </>
              }
            >
              <Show when={!waits()} fallback={<p>{r.withdrawSay(whenOf(row(), t.wholeDay))}</p>}>
                <p>{t.cancelSay(whenOf(row(), t.wholeDay))}</p>
                <WhatComesBack row={row()} now={now()} waived={waived()} />
              </Show>
            </Show>
            <Show when={!waived()}>
              <Parts title={t.penalties} parts={penalised().map((one) => penaltiesText([one]))} />
            </Show>
            <Show when={penalties.isError}>
              <ErrorState
                title={t.penaltiesNotRead}
                problem={penalties.error}
                onRetry={() => void penalties.refetch()}
              />
            </Show>
            <Show when={costs()}>
              <Segmented<Bears | "">
                label={t.bears}
                options={[
                  { value: "company", label: t.bearsCompany },
                  { value: "space", label: t.bearsSpace },
                ]}
                {...(bears() ? {} : { hint: t.bearsFirst })}
                bind={bound<Bears | "">(
                  () => bears() ?? "",
                  (who) => who !== "" && setBears(who),
                )}
              />
              <Show when={bears() === "space"}>
                <TextField
                  label={t.waiveReason}
                  required
                  maxLength={120}
                  hint={t.needReason}
                  bind={bound(reason, setReason)}
                />
              </Show>
            </Show>
            <Show when={problem() !== undefined}>
              <ErrorState title={t.cancelTitle(row().code)} problem={problem()} />
            </Show>
          </div>
        )}
      </Show>
    </Dialog>
  );
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

/** What is kept of plan and packs when so much of a price comes back, and whether anything is kept at all. */
function keptOf(price: PaidParts, back: Return): PaidParts & { readonly any: boolean } {
  const part = (name: keyof PaidParts) => (price[name] ?? 0) - (back[name] ?? 0);
  const kept = {
    allowanceMinutes: part("allowanceMinutes"),
    allowanceDays: part("allowanceDays"),
    creditMinutes: part("creditMinutes"),
    creditDays: part("creditDays"),
  };
  return { ...kept, any: back.feeMinor + sumOf(Object.values(kept)) > 0 };
}

/** What cancelling several at once does. */
function SomeOf(props: { scope: Scope; count: number; terms: BookingRowView["cancellation"] }) {
  const t = bookingWords();
  const s = seriesWords();
  return (
    <>
      <p>{props.scope === "all" ? s.cancelAll(props.count) : s.cancelFollowing(props.count)}</p>
      <p class="text-xs text-fg-2">{cancelTerms(props.terms, t)}</p>
    </>
  );
}

/** What cancelling now gives back and what it keeps, by the same rule as the server's. */
function WhatComesBack(props: { row: BookingRowView; now: string; waived: boolean }) {
  const t = bookingWords();
  const back = (): Return => {
    const { state, from, cancellation } = props.row;
    if (props.waived) return returnOf(props.row, 0);
    const terms = cancellation ? { cancellation } : {};
    const decided = decideCancellation({ state, from, price: props.row, ...terms }, props.now);
    return decided.ok ? decided.value : { refundMinor: 0, feeMinor: 0, allowanceMinutes: 0 };
  };
  const less = () => keptOf(props.row, back());
  return (
    <Show
      when={props.row.totalMinor > 0 || paidBy(props.row).plan + paidBy(props.row).packs > 0}
      fallback={<p>{t.backNothing}</p>}
    >
      <Parts
        title={t.cancelBack}
        parts={[
          back().refundMinor > 0 && t.backMoney(money(back().refundMinor)),
          back().allowanceMinutes > 0 && t.backMinutes(hours(back().allowanceMinutes)),
          (back().allowanceDays ?? 0) > 0 && t.backDays(back().allowanceDays ?? 0),
          paidBy(back()).packs > 0 && t.backPack(packUnits(back(), t)),
        ]}
      />
      <Parts
        title={t.keeps}
        parts={[
          back().feeMinor > 0 && t.keptMoney(money(back().feeMinor)),
          less().allowanceMinutes > 0 && t.keptMinutes(hours(less().allowanceMinutes)),
          (less().allowanceDays ?? 0) > 0 && t.keptDays(less().allowanceDays ?? 0),
          paidBy(less()).packs > 0 && t.keptPack(packUnits(less(), t)),
        ]}
      />
    </Show>
  );
}

/** What comes back, or what is kept, one line a part; nothing where there is none. */
function Parts(props: { title: string; parts: readonly (string | false)[] }) {
  const said = () => props.parts.filter((part) => part !== false);
  return (
    <Show when={said().length > 0}>
      <p>{props.title}</p>
      <ul class="list-disc pl-5">
        <For each={said()}>{(part) => <li>{part}</li>}</For>
      </ul>
    </Show>
  );
}
