import { A, useParams } from "@solidjs/router";
import type { GuestWait } from "@yihao/booking/guest-model";
import { createEffect, createSignal, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { useDressed } from "../../brand.ts";
import { clockRange, dayProse, hours, money } from "../../format.ts";
import { setLang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { Facts } from "../../ui/panes.tsx";
import { PublicHead } from "../../ui/public-head.tsx";
import { Main } from "../../ui/shell-parts.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { leaveAsGuest, useGuestWait } from "./data.ts";
import { guestWords } from "./words.ts";

/** A guest's wait (候补) under its secret address: what for, whose turn it is before theirs, and waiting no more. */
export default function WaitPage() {
  const t = guestWords();
  const params = useParams<{ token: string }>();
  const wait = useGuestWait(() => params.token);
  const [left, setLeft] = createSignal<string | undefined>();
  const gone = () => wait.error instanceof Problem && wait.error.status === 404;
  createEffect(() => {
    const language = wait.data?.language;
    if (language && !localStorage.getItem("yihao.lang")) setLang(language);
    document.title = wait.data ? `${wait.data.code} · ${wait.data.space}` : t.title;
  });
  const logo = useDressed(() => wait.data?.spaceId);
  return (
    <div class="relative flex min-h-dvh flex-col overflow-x-clip bg-surface">
      <PublicHead name={wait.data?.space} logo={logo()} />
      <Main class="mx-auto w-full max-w-[440px] px-4 py-6">
        <Switch fallback={<Loading rows={6} />}>
          <Match when={left()}>
            {(space) => (
              <EmptyState title={t.waitLeft}>
                <A href={`/book/${space()}`}>{t.again}</A>
              </EmptyState>
            )}
          </Match>
          <Match when={gone()}>
            <EmptyState title={t.waitGone}>{t.waitGoneSay}</EmptyState>
          </Match>
          <Match when={wait.data}>{(one) => <Waiting token={params.token} wait={one()} onLeft={setLeft} />}</Match>
          <Match when={wait.isError}>
            <ErrorState title={t.notRead} problem={wait.error} onRetry={() => void wait.refetch()} />
          </Match>
        </Switch>
      </Main>
    </div>
  );
}

function Waiting(props: { token: string; wait: GuestWait; onLeft: (space: string) => void }) {
  const t = guestWords();
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<unknown>();
  const intent = newIntent();
  const when = () => {
    const { by, day, from, until, zone } = props.wait;
    return `${dayProse(day)} ${by === "day" ? t.wholeDay : clockRange(from, until, zone)}`;
  };
  const leave = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      await leaveAsGuest(props.token, intent);
      props.onLeft(props.wait.spaceId);
    } catch (error) {
      setTrouble(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="flex flex-col gap-4">
      <h1 class="flex items-center gap-3 text-xl">
        <StatusMark shape="clock" tone="neutral" size={22} />
        {t.waiting}
      </h1>
      <p class="text-pretty text-fg-2">
        {t.waitAhead(props.wait.ahead)} {t.waitingSay(hours(props.wait.holdMinutes))}
      </p>
      <Facts
        items={[
          { label: t.when, value: when() },
          { label: t.place, value: `${props.wait.code} ${props.wait.resourceName}` },
          { label: t.waitCosts, value: props.wait.totalMinor > 0 ? money(props.wait.totalMinor) : t.free },
        ]}
      />
      <Show when={trouble()}>
        <Note tone="bad" alert>
          {explain(trouble())}
        </Note>
      </Show>
      <Button size="lg" block busy={busy()} onClick={() => void leave()}>
        {t.waitLeave}
      </Button>
    </div>
  );
}
