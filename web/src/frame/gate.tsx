import { useNavigate } from "@solidjs/router";
import type { Me, Place } from "@yihao/identity/model";
import { createEffect, type JSX, Match, Switch } from "solid-js";
import { remember, useMe } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/feedback.tsx";
import { PlainShell } from "../ui/shell-plain.tsx";
import { frameWords } from "./words.ts";

/** Lets in whoever has a place in the space: to sign-in when nobody is signed in, to their own spaces otherwise. */
export function Gate(props: { space: string; children: (me: Me, place: Place) => JSX.Element }) {
  const t = frameWords();
  const navigate = useNavigate();
  const me = useMe();
  const place = () => me.data?.spaces.find((one) => one.space === props.space);
  createEffect(() => {
    if (me.data === null) navigate(`/sign-in?next=${encodeURIComponent(location.pathname)}`, { replace: true });
    const here = place();
    if (here) remember(here);
  });
  const both = () => {
    const here = place();
    return me.data && here ? ([me.data, here] as const) : undefined;
  };
  return (
    <Switch
      fallback={
        <PlainShell title="">
          <Loading rows={4} />
        </PlainShell>
      }
    >
      <Match when={both()}>{(found) => props.children(found()[0], found()[1])}</Match>
      <Match when={me.isError}>
        <PlainShell title={t.closedTitle}>
          <ErrorState title={t.notRead} problem={me.error} onRetry={() => me.refetch()} />
        </PlainShell>
      </Match>
      <Match when={me.data}>
        <PlainShell title={t.closedTitle}>
          <EmptyState title={t.closed} actions={<Button onClick={() => navigate("/")}>{t.back}</Button>} />
        </PlainShell>
      </Match>
    </Switch>
  );
}
