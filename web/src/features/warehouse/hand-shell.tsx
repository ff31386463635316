import { A, useLocation, useParams } from "@solidjs/router";
import { createEffect, type JSX, Match, on, Show, Switch } from "solid-js";
import { offlineSince } from "../../api.ts";
import { clock } from "../../format.ts";
import { queue, trouble } from "../../offline/outbox.ts";
import { conflict, pending } from "../../offline/queue.ts";
import { readAt } from "../../offline/reading.ts";
import { WarehousePhoneShell } from "../../ui/shell-plain.tsx";
import { signal } from "../../ui/signals.ts";
import { StatusMark, type StatusShape, type Tone } from "../../ui/status.tsx";
import { stepWords } from "./hand-step-words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When something was read or done, by the phone's clock. */
export const phoneClock = (at: number | string): string => clock(new Date(at), zone);

function Strip(props: {
  tone: "info" | "warn" | "bad";
  shape: StatusShape;
  say: string;
  href?: string | undefined;
  link?: string;
}) {
  return (
    <p class={`y-hand-strip y-bar-${props.tone}`}>
      <StatusMark shape={props.shape} tone={props.tone as Tone} size={18} />
      <span class="min-w-0 flex-1">{props.say}</span>
      <Show when={props.href}>
        {(href) => (
          <A href={href()} class="y-link inline-flex min-h-12 items-center font-strong">
            {props.link}
          </A>
        )}
      </Show>
    </p>
  );
}

/** What the phone has that the server has not, and why: nothing while all is well. */
function SyncStrip(props: { onQueue: boolean }) {
  const t = stepWords();
  const params = useParams<{ space: string }>();
  const here = useLocation();
  const waiting = () => pending(queue()).length;
  // A step that comes back refused is heard and felt like a wrong scan, wherever the person is by now.
  createEffect(
    on(
      () => conflict(queue())?.id,
      (refused) => {
        if (refused !== undefined) signal(false);
      },
      { defer: true },
    ),
  );
  const href = () => (props.onQueue ? undefined : `/s/${params.space}/wh/queue`);
  const data = () => {
    const at = readAt();
    return at === undefined ? "" : ` · ${t.dataOf(phoneClock(at))}`;
  };
  return (
    <div role="status">
      <Switch>
        <Match when={trouble() === "disk"}>
          <Strip tone="bad" shape="octagon" say={t.disk} />
        </Match>
        <Match when={conflict(queue())}>
          <Strip tone="bad" shape="squares" say={t.halted(waiting())} href={href()} link={t.handle} />
        </Match>
        <Match when={trouble() === "sign-in" && waiting() > 0}>
          <Strip
            tone="warn"
            shape="triangle"
            say={t.signIn(waiting())}
            href={`/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`}
            link={t.toSignIn}
          />
        </Match>
        <Match when={offlineSince() !== undefined}>
          <Strip
            tone="warn"
            shape="cloud"
            say={`${t.offline(waiting())}${data()}`}
            href={waiting() > 0 ? href() : undefined}
            link={t.look}
          />
        </Match>
        <Match when={waiting() > 0}>
          <Strip tone="info" shape="clock" say={t.sending(waiting())} href={href()} link={t.look} />
        </Match>
      </Switch>
    </div>
  );
}

/** The phone's screen with what is not synced under its head; every page of the warehouse phone stands in it. */
export function HandShell(props: {
  title: string;
  onBack?: () => void;
  side?: JSX.Element;
  foot?: JSX.Element;
  /** The page is the queue itself. */
  queue?: boolean;
  children: JSX.Element;
}) {
  return (
    <WarehousePhoneShell
      title={props.title}
      {...(props.onBack === undefined ? {} : { onBack: props.onBack })}
      {...(props.side === undefined ? {} : { side: props.side })}
      {...(props.foot === undefined ? {} : { foot: props.foot })}
    >
      <SyncStrip onQueue={props.queue === true} />
      {props.children}
    </WarehousePhoneShell>
  );
}
