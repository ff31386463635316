import type { AnnouncementId } from "@yihao/community/announcement-model";
import type { EventView } from "@yihao/community/event-model";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { EventFacts } from "./event-facts.tsx";
import { markCame, type Registered, useRegistrations } from "./notice-data.ts";
import { noticeWords } from "./notice-words.ts";

/** Who registered for an event, in that order, and who was seen there. */
export function EventPeople(props: {
  space: string;
  notice: AnnouncementId;
  event: EventView;
  zone: string;
  mayMark: boolean;
}) {
  const t = noticeWords();
  const people = useRegistrations(
    () => props.space,
    () => props.notice,
  );
  const [busy, setBusy] = createSignal<string>();
  const mark = async ({ person, cameAt }: Registered) => {
    setBusy(person);
    const param = { space: props.space, announcement: props.notice, person };
    await markCame(param, cameAt === undefined, newIntent()).catch((error: unknown) =>
      toast({ text: explain(error), tone: "bad" }),
    );
    setBusy(undefined);
  };
  return (
    <section class="border-t border-line p-4" aria-label={t.people}>
      <EventFacts event={props.event} zone={props.zone} />
      <h3 class="mt-4 font-strong">{t.people}</h3>
      <Switch fallback={<Loading rows={3} />}>
        <Match when={people.isError}>
          <ErrorState title={t.peopleNotRead} problem={people.error} onRetry={() => void people.refetch()} />
        </Match>
        <Match when={people.data?.length === 0}>
          <p class="mt-2 text-fg-2">{t.nobody}</p>
        </Match>
        <Match when={people.data}>
          {(all) => (
            <ul class="mt-2 border-t border-line">
              <For each={all()}>
                {(one) => (
                  <li class="flex min-h-11 items-center gap-3 border-b border-line py-1">
                    <span class="min-w-0 flex-1">
                      <b class="block truncate">{one.name}</b>
                      <span class="block truncate text-xs text-fg-2">{one.companyName}</span>
                    </span>
                    <Show when={one.state === "coming"} fallback={<Status is="queued" text={t.waiting} />}>
                      <Status is={one.cameAt ? "active" : "done"} text={one.cameAt ? t.cameAt : t.coming} />
                      <Show when={props.mayMark}>
                        <Button size="sm" busy={busy() === one.person} onClick={() => void mark(one)}>
                          {one.cameAt ? t.notCame : t.came}
                        </Button>
                      </Show>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
    </section>
  );
}
