import { bookedBy, type Wish } from "@yihao/booking/model";
import type { WaitView } from "@yihao/booking/wait-model";
import { createMemo, createSignal, For, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { clockRange, dayProse } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { priceText } from "./price-text.ts";
import { instantProse } from "./request-state.tsx";
import { joinWait, leaveWait, useWaitQuote, useWaits } from "./wait-data.ts";
import { waitWords } from "./wait-words.ts";
import { bookingWords } from "./words.ts";

/** Offers to wait for what is taken: how many wait already, what it may cost, and whether it is to be booked or told of. */
export function WaitOffer(props: { space: string; wish: Wish | undefined; code: string; when: string }) {
  const t = waitWords();
  const b = bookingWords();
  const [open, setOpen] = createSignal<string>();
  const [how, setHow] = createSignal<"book" | "tell">("book");
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const key = () => JSON.stringify(props.wish);
  const asked = () => (open() === key() ? props.wish : undefined);
  const quote = useWaitQuote(() => props.space, asked);
  const intent = createMemo(() => [key(), how(), quote.data?.quote.totalMinor, newIntent()] as const);
  const join = async (wish: Wish) => {
    const shown = quote.data;
    if (!shown || busy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await joinWait(props.space, wish, shown, how() === "book", intent()[3]);
      toast({ text: t.joined(props.code, props.when) });
      setOpen(undefined);
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show
      when={asked()}
      fallback={
        <div class="flex flex-col items-start gap-1">
          <Button icon="clock" onClick={() => setOpen(key())}>
            {t.offer}
          </Button>
          <p class="text-xs text-fg-3">{t.offerSay}</p>
        </div>
      }
    >
      {(wish) => (
        <div class="flex flex-col gap-3 border-t border-line pt-3">
          <Switch fallback={<Loading rows={2} slow={t.quoting} />}>
            <Match when={quote.data}>
              {(shown) => (
                <>
                  <p class="flex justify-between gap-3">
                    <Status is="queued" text={t.ahead(shown().ahead)} />
                    <span>
                      <span class="text-xs text-fg-3">{t.most} </span>
                      <b class="tabular-nums">{priceText(shown().quote, b)}</b>
                    </span>
                  </p>
                  <Segmented
                    label={t.how}
                    hint={how() === "book" ? t.bookSay : t.tellSay}
                    options={[
                      { value: "book", label: t.book },
                      { value: "tell", label: t.tell },
                    ]}
                    bind={bound<"book" | "tell">(how, setHow)}
                  />
                  <Show when={problem() !== undefined}>
                    <Note tone="bad" alert>
                      {explain(problem())}
                    </Note>
                  </Show>
                  <Button kind="primary" size="lg" block busy={busy()} onClick={() => void join(wish())}>
                    {t.confirm}
                  </Button>
                </>
              )}
            </Match>
            <Match when={quote.isError}>
              <ErrorState title={t.notQuoted} problem={quote.error} onRetry={() => void quote.refetch()} />
            </Match>
          </Switch>
        </div>
      )}
    </Show>
  );
}

const whenOf = (wait: WaitView, wholeDay: string) =>
  `${dayProse(wait.day)} ${bookedBy(wait) === "day" ? wholeDay : clockRange(wait.from, wait.until, wait.zone)}`;

/** What is waited for, each to be given up: one's company's, or to staff everybody's. Nothing at all when nobody waits. */
export function WaitsPane(props: { space: string; staff: boolean }) {
  const t = waitWords();
  const b = bookingWords();
  const waits = useWaits(() => props.space);
  const [leaving, setLeaving] = createSignal<string>();
  const leave = async (wait: WaitView) => {
    setLeaving(wait.id);
    try {
      await leaveWait(props.space, wait, newIntent());
      toast({ text: t.left(wait.code) });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setLeaving(undefined);
    }
  };
  return (
    <Show when={waits.isError || (waits.data?.length ?? 0) > 0}>
      <Pane title={t.title} note={t.waiting(waits.data?.length ?? 0)}>
        <Show when={waits.isError}>
          <ErrorState title={t.notRead} problem={waits.error} onRetry={() => void waits.refetch()} />
        </Show>
        <ul aria-label={t.title}>
          <For each={waits.data}>
            {(wait) => (
              <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
                <Plate han>{wait.code}</Plate>
                <span class="min-w-0 flex-1 basis-48">
                  {whenOf(wait, b.wholeDay)}
                  <span class="block text-xs text-fg-3">
                    {[
                      ...(props.staff ? [wait.companyName] : []),
                      wait.personName,
                      t.since(instantProse(wait.at, wait.zone)),
                      ...(wait.toldAt ? [t.told(instantProse(wait.toldAt, wait.zone))] : []),
                    ].join(" · ")}
                  </span>
                </span>
                <Status is="queued" text={wait.book ? t.book : t.tell} />
                <span class="text-xs tabular-nums text-fg-2">{priceText(wait, b)}</span>
                <Button
                  size="sm"
                  kind="text"
                  busy={leaving() === wait.id}
                  aria-label={t.leaveOf(wait.code)}
                  onClick={() => void leave(wait)}
                >
                  {t.leave}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Pane>
    </Show>
  );
}
