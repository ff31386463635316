import { A, useParams, useSearchParams } from "@solidjs/router";
import type { GuestBooking } from "@yihao/booking/guest-model";
import { createEffect, createSignal, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { useDressed } from "../../brand.ts";
import { clock, clockRange, dayOf, dayProse, money } from "../../format.ts";
import { setLang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { Facts } from "../../ui/panes.tsx";
import { PublicHead } from "../../ui/public-head.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { Main } from "../../ui/shell-parts.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { cancelAsGuest, payPage, receiptPath, useGuestBooking } from "./data.ts";
import { GuestMoveDrawer } from "./guest-move.tsx";
import { guestWords } from "./words.ts";

const marks: Record<GuestBooking["state"], Parameters<typeof StatusMark>[0]> = {
  held: { shape: "clock", tone: "warn" },
  asked: { shape: "clock", tone: "neutral" },
  booked: { shape: "disc", tone: "good" },
  over: { shape: "tick", tone: "muted" },
  cancelled: { shape: "slashed", tone: "muted" },
  declined: { shape: "slashed", tone: "muted" },
  unpaid: { shape: "slashed", tone: "muted" },
};

/** A guest's booking under its secret address: how it stands, paying it, the code for reception, cancelling it. */
export default function GuestPage() {
  const t = guestWords();
  const params = useParams<{ token: string }>();
  const [search] = useSearchParams<{ paid?: string }>();
  const booking = useGuestBooking(() => params.token);
  const gone = () => booking.error instanceof Problem && booking.error.status === 404;
  createEffect(() => {
    const language = booking.data?.language;
    if (language && !localStorage.getItem("yihao.lang")) setLang(language);
    document.title = booking.data ? `${booking.data.code} · ${booking.data.space}` : t.title;
  });
  const logo = useDressed(() => booking.data?.spaceId);
  return (
    <div class="relative flex min-h-dvh flex-col overflow-x-clip bg-surface">
      <PublicHead name={booking.data?.space} logo={logo()} />
      <Main class="mx-auto w-full max-w-[440px] px-4 py-6">
        <Switch fallback={<Loading rows={6} />}>
          <Match when={gone()}>
            <EmptyState title={t.gone}>{t.goneSay}</EmptyState>
          </Match>
          <Match when={booking.data}>
            {(one) => <Shown token={params.token} booking={one()} paid={search.paid !== undefined} />}
          </Match>
          <Match when={booking.isError}>
            <ErrorState title={t.notRead} problem={booking.error} onRetry={() => void booking.refetch()} />
          </Match>
        </Switch>
      </Main>
    </div>
  );
}

function Shown(props: { token: string; booking: GuestBooking; paid: boolean }) {
  const t = guestWords();
  const [asking, setAsking] = createSignal(false);
  const [moving, setMoving] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<unknown>();
  const one = () => props.booking;
  const at = (instant: string) => {
    const { zone } = one();
    return `${dayProse(dayOf(instant, zone), { weekday: false })} ${clock(instant, zone)}`;
  };
  const when = () => {
    const { by, day, from, until, zone } = one();
    return `${dayProse(day)} ${by === "day" ? t.wholeDay : clockRange(from, until, zone)}`;
  };
  const run = async (what: () => Promise<void>) => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await what();
    } catch (error) {
      setTrouble(() => error);
    } finally {
      setBusy(false);
    }
  };
  const pay = () => run(async () => location.assign((await payPage(props.token)).url));
  const cancel = () =>
    run(async () => {
      await cancelAsGuest(props.token, one().rev, newIntent());
      setAsking(false);
    });
  const costs = () => {
    const { cancel: now, paid } = one();
    if (!now || !paid || now.feeMinor === 0) return t.cancelFree;
    return t.cancelFee(money(now.feeMinor), money(now.refundMinor));
  };
  return (
    <div class="flex flex-col gap-4">
      <h1 class="flex items-center gap-3 text-xl">
        <StatusMark {...marks[one().state]} size={22} />
        {t.states[one().state]}
      </h1>
      <Switch>
        <Match when={one().state === "held"}>
          <Show
            when={!props.paid}
            fallback={
              <p class="text-fg-2" role="status">
                {t.checking}
              </p>
            }
          >
            <p class="text-fg-2">{t.heldSay(at(one().holdUntil ?? ""))}</p>
            <Button kind="primary" size="lg" block busy={busy()} onClick={() => void pay()}>
              {t.pay(money(one().totalMinor))}
            </Button>
          </Show>
        </Match>
        <Match when={one().state === "asked"}>
          <p class="text-fg-2">{t.askedSay(at(one().askedUntil ?? ""))}</p>
        </Match>
        <Match when={one().state === "booked"}>
          <div class="flex flex-col items-center gap-2 border border-line py-4">
            <QrCode text={location.origin + location.pathname} label={t.qr} size={220} />
            <b class="font-mono text-2xl">{one().visit}</b>
            <span class="px-4 text-center text-fg-2">{t.show}</span>
          </div>
        </Match>
        <Match when={one().state === "unpaid"}>
          <p class="text-fg-2">{t.unpaidSay}</p>
        </Match>
        <Match when={one().state === "cancelled" || one().state === "declined"}>
          <p class="text-fg-2">
            {one().paid && one().refundMinor ? t.refunded(money(one().refundMinor ?? 0)) : t.cancelledSay}
          </p>
          <Show when={one().reason}>{(why) => <p class="text-fg-2">{t.reason(why())}</p>}</Show>
        </Match>
      </Switch>
      <Show when={trouble() !== undefined}>
        <Note tone="bad" alert>
          {explain(trouble())}
        </Note>
      </Show>
      <Facts
        items={[
          { label: t.when, value: when() },
          {
            label: t.place,
            value: one().code === one().resourceName ? one().code : `${one().code} ${one().resourceName}`,
          },
          {
            label: t.address,
            value: [...new Set([one().city, one().site, one().address])].filter(Boolean).join(" · "),
          },
          { label: t.who, value: one().name },
          {
            label: one().paid ? t.paid : t.price,
            value: t.includes(money(one().totalMinor), money(one().taxMinor)),
          },
        ]}
      />
      <Show when={one().checkedInAt}>{(when) => <p class="text-fg-2">{t.checkedIn(at(when()))}</p>}</Show>
      <div class="flex flex-wrap gap-2">
        <Show when={one().movable}>
          <Button size="lg" onClick={() => setMoving(true)}>
            {t.move}
          </Button>
        </Show>
        <Show when={one().cancel}>
          <Button kind="danger-outline" size="lg" onClick={() => setAsking(true)}>
            {t.cancel}
          </Button>
        </Show>
        <Show when={one().paid}>
          <a class="y-btn y-btn-outline y-btn-lg" href={receiptPath(props.token)} download="">
            {t.receipt}
          </a>
        </Show>
        <A class="y-btn y-btn-outline y-btn-lg" href={`/book/${one().spaceId}`}>
          {t.again}
        </A>
      </div>
      <Show when={one().cancel?.freeUntil}>
        {(until) => (
          <Show when={until() > new Date().toISOString()}>
            <p class="text-xs text-fg-2">{t.cancelFreeUntil(at(until()))}</p>
          </Show>
        )}
      </Show>
      <GuestMoveDrawer token={props.token} booking={one()} open={moving()} onClose={() => setMoving(false)} />
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title={t.cancelAsk}
        foot={
          <>
            <Button size="lg" onClick={() => setAsking(false)}>
              {t.keep}
            </Button>
            <Button kind="danger" size="lg" busy={busy()} onClick={() => void cancel()}>
              {t.cancel}
            </Button>
          </>
        }
      >
        <p>{when()}</p>
        <p class="mt-2">{costs()}</p>
      </Dialog>
    </div>
  );
}
