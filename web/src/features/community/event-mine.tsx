import type { AnnouncementId } from "@yihao/community/announcement-model";
import type { EventView } from "@yihao/community/event-model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { EventFacts } from "./event-facts.tsx";
import { leaveEvent, registerFor } from "./notice-data.ts";
import { noticeWords } from "./notice-words.ts";

/** An event as a company's person meets it: registering with a seat or waiting for one, and giving it up. */
export function MyEvent(props: { space: string; notice: AnnouncementId; event: EventView; zone: string }) {
  const t = noticeWords();
  const [busy, setBusy] = createSignal(false);
  const begun = () => props.event.from <= new Date().toISOString();
  const run = async (what: () => Promise<string>) => {
    setBusy(true);
    await what()
      .then((text) => toast({ text, tone: "good" }))
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
    setBusy(false);
  };
  const param = () => ({ space: props.space, announcement: props.notice });
  const join = () =>
    run(async () => ((await registerFor(param(), newIntent())).state === "coming" ? t.registered : t.waits));
  const leave = () =>
    run(async () => {
      await leaveEvent(param(), newIntent());
      return t.left;
    });
  return (
    <section class="border-t border-line p-4" aria-label={t.event}>
      <EventFacts event={props.event} zone={props.zone} />
      <div class="mt-4 flex flex-wrap items-center gap-3">
        <Show when={props.event.mine}>
          {(mine) => <Status is={mine() === "coming" ? "active" : "queued"} text={t[mine()]} />}
        </Show>
        <Switch>
          <Match when={begun()}>
            <span class="text-fg-2">{t.begun}</span>
          </Match>
          <Match when={props.event.mine}>
            {(mine) => (
              <Button size="lg" busy={busy()} onClick={() => void leave()}>
                {mine() === "coming" ? t.leave : t.leaveWait}
              </Button>
            )}
          </Match>
          <Match when={true}>
            <Button kind="primary" size="lg" busy={busy()} onClick={() => void join()}>
              {props.event.coming < props.event.seats ? t.register : t.registerWait}
            </Button>
          </Match>
        </Switch>
      </div>
    </section>
  );
}
