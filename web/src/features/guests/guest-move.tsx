import type { GuestBooking, GuestWish, PublicResource } from "@yihao/booking/guest-model";
import { dayOf } from "@yihao/kernel/days";
import { minutesOf } from "@yihao/kernel/span";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockRange, dayProse, hours, money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { DateField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { moveAsGuest, useMoveQuote, usePublicDay, usePublicPage } from "./data.ts";
import { busyWithout, freeStarts, lengthsFrom } from "./free.ts";
import { guestWords } from "./words.ts";

type Props = { token: string; booking: GuestBooking; open: boolean; onClose: () => void };

/** Another time of a guest's own booking (散客改期): a day, a free start, what it costs now and what goes back, then one press. */
export function GuestMoveDrawer(props: Props) {
  const t = guestWords();
  return (
    <Drawer open={props.open} onClose={props.onClose} title={t.moveTitle(props.booking.code)}>
      <Show when={props.open}>
        <Choosing {...props} />
      </Show>
    </Drawer>
  );
}

function Choosing(props: Props) {
  const t = guestWords();
  const one = () => props.booking;
  const page = usePublicPage(() => one().spaceId);
  const place = () => page.data?.resources.find(({ id }) => id === one().resource);
  return (
    <Switch fallback={<Loading rows={4} />}>
      <Match when={page.isError}>
        <ErrorState title={t.notRead} problem={page.error} onRetry={() => void page.refetch()} />
      </Match>
      <Match when={place()}>{(found) => <Times {...props} place={found()} />}</Match>
      <Match when={page.data}>
        <p class="text-fg-2">{t.closed}</p>
      </Match>
    </Switch>
  );
}

function Times(props: Props & { place: PublicResource }) {
  const t = guestWords();
  const intent = newIntent();
  const now = new Date().toISOString();
  const one = () => props.booking;
  const byDay = () => one().by === "day";
  const [day, setDay] = createSignal(one().day);
  const [from, setFrom] = createSignal<string | undefined>();
  const [minutes, setMinutes] = createSignal(minutesOf(one()));
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const seen = usePublicDay(
    () => one().spaceId,
    () => one().siteId,
    day,
  );
  const taken = () => {
    const all = seen.data?.resources[one().resource] ?? { busy: [] };
    return byDay() ? all : busyWithout(props.place, day(), all, one());
  };
  const starts = () => freeStarts(props.place, day(), taken(), minutes(), now);
  const lengths = () => {
    const start = from();
    return start ? lengthsFrom(props.place, day(), taken(), start, now) : [];
  };
  const wish = (): GuestWish | undefined => {
    if (byDay()) return day() === one().day ? undefined : { resource: one().resource, day: day() };
    const start = from();
    if (!start) return undefined;
    const until = new Date(Date.parse(start) + minutes() * 60_000).toISOString();
    return start === one().from && until === one().until ? undefined : { resource: one().resource, from: start, until };
  };
  const quote = useMoveQuote(() => props.token, wish);
  const when = (span: { from: string; until: string; day: string }) =>
    `${dayProse(span.day)} ${byDay() ? t.wholeDay : clockRange(span.from, span.until, one().zone)}`;
  const run = async () => {
    const [what, priced] = [wish(), quote.data];
    if (!what || !priced) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await moveAsGuest(props.token, { ...what, rev: one().rev, expectMinor: priced.totalMinor }, intent);
      toast({ text: t.moved(when(priced)), tone: "good" });
      props.onClose();
    } catch (error) {
      setProblem(() => error);
      void quote.refetch();
      void seen.refetch();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="flex flex-col gap-4">
      <div class="w-44">
        <DateField
          label={t.moveDay}
          size="lg"
          min={dayOf(now, one().zone)}
          bind={bound(day, (next) => {
            setDay(next);
            setFrom(undefined);
          })}
        />
      </div>
      <Show when={!byDay()}>
        <Switch fallback={<Loading rows={2} />}>
          <Match when={seen.isError}>
            <ErrorState title={t.dayNotRead} problem={seen.error} onRetry={() => void seen.refetch()} />
          </Match>
          <Match when={seen.data && starts().length === 0}>
            <p class="text-fg-2">{t.moveFull}</p>
          </Match>
          <Match when={seen.data}>
            <fieldset class="flex flex-wrap gap-2" aria-label={t.startAt(one().code)}>
              <For each={starts()}>
                {(start) => (
                  <Button
                    size="lg"
                    kind={start.from === from() ? "primary" : "outline"}
                    aria-pressed={start.from === from()}
                    onClick={() => setFrom(start.from)}
                  >
                    {clock(start.from, one().zone)}
                  </Button>
                )}
              </For>
            </fieldset>
          </Match>
        </Switch>
        <Show when={lengths().length > 1}>
          <Segmented
            label={t.howLong}
            size="lg"
            options={lengths().map((long) => ({ value: String(long), label: t.hoursLong(hours(long)) }))}
            bind={bound(
              () => String(minutes()),
              (long) => setMinutes(Number(long)),
            )}
          />
        </Show>
      </Show>
      <Show when={wish()}>
        <Switch fallback={<Loading rows={2} slow={t.quoting} />}>
          <Match when={quote.isError}>
            <Note tone="bad" alert>
              {explain(quote.error)}
            </Note>
          </Match>
          <Match when={quote.data}>
            {(priced) => (
              <div class="flex flex-col gap-2 border-y border-line py-3">
                <b>{t.moveChosen(when(priced()))}</b>
                <p class="text-fg-2">{priced().backMinor > 0 ? t.moveBack(money(priced().backMinor)) : t.moveSame}</p>
                <p class="text-xs text-fg-3">{t.moveTerms}</p>
                <Button kind="primary" size="lg" block busy={busy()} onClick={() => void run()}>
                  {t.moveConfirm}
                </Button>
              </div>
            )}
          </Match>
        </Switch>
      </Show>
      <Show when={problem() !== undefined}>
        <Note tone="bad" alert>
          {explain(problem())}
        </Note>
      </Show>
    </div>
  );
}
