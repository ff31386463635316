import { Navigate } from "@solidjs/router";
import { Match, Switch } from "solid-js";
import { landing, useMe } from "../../session.ts";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { EntryFrame } from "./entry-frame.tsx";
import { entryWords } from "./words.ts";

/** The front door: on to sign-in, to set-up when there is no space yet, or into the last space of this computer. */
export default function EnterPage() {
  const t = entryWords();
  const me = useMe();
  return (
    <Switch
      fallback={
        <EntryFrame title={t.opening}>
          <Loading rows={3} />
        </EntryFrame>
      }
    >
      <Match when={me.isError}>
        <EntryFrame title={t.opening}>
          <ErrorState title={t.notRead} problem={me.error} onRetry={() => void me.refetch()} />
        </EntryFrame>
      </Match>
      <Match when={me.data === null}>
        <Navigate href="/sign-in" />
      </Match>
      <Match when={me.data}>{(person) => <Navigate href={landing(person())} />}</Match>
    </Switch>
  );
}
