import type { FeedSubject } from "@yihao/booking/feed-model";
import { bookedBy, type ResourceView } from "@yihao/booking/model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayProse } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, Switch as Switcher } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { Reading } from "../../ui/reading.tsx";
import { toast } from "../../ui/toast.tsx";
import { makeFeed, revokeFeed, setBookingMails, useBookingMails, useFeeds } from "./subscribe-data.ts";
import { subscribeWords } from "./subscribe-words.ts";

/** Where a calendar of one's own bookings, or of a resource, is subscribed to: its address once, to copy, to renew and to end. */
export function SubscribePanel(props: { space: string; subject: FeedSubject; code?: string; staff?: boolean }) {
  const t = subscribeWords();
  const feeds = useFeeds(() => props.space);
  const [address, setAddress] = createSignal<string | undefined>();
  const [copied, setCopied] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const act = async (what: () => Promise<void>) => {
    setBusy(true);
    await what().catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
    setBusy(false);
  };
  const make = () =>
    act(async () => {
      const made = await makeFeed(props.space, props.subject, newIntent());
      setCopied(false);
      setAddress(made);
      if (!made) toast({ text: t.lost, tone: "bad" });
    });
  const revoke = () =>
    act(async () => {
      await revokeFeed(props.space, props.subject);
      setAddress(undefined);
      toast({ text: t.revoked });
    });
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <section class="flex flex-col gap-3" aria-label={t.title}>
      <p class="text-pretty text-fg-2">
        {props.subject === "me" ? t.own : t.resource(props.code ?? "")}
        <Show when={props.subject !== "me"}> {props.staff ? t.names : t.busy}</Show>
      </p>
      <Reading asked={feeds} failed={t.notRead} rows={1}>
        {(all) => {
          const there = () => all().find(({ subject }) => subject === props.subject);
          const ends = () => (
            <>
              <Button icon="refresh" busy={busy()} onClick={() => void make()}>
                {t.renew}
              </Button>
              <Button kind="danger-outline" busy={busy()} onClick={() => void revoke()}>
                {t.revoke}
              </Button>
            </>
          );
          return (
            <Switch
              fallback={
                <span>
                  <Button icon="link" busy={busy()} onClick={() => void make()}>
                    {t.make}
                  </Button>
                </span>
              }
            >
              <Match when={address()}>
                {(text) => (
                  <>
                    <Note tone="warn">{t.once}</Note>
                    <code class="border border-line bg-sunken p-3 font-mono text-xs break-all">{text()}</code>
                    <div class="flex flex-wrap gap-2">
                      <Button icon="copy" onClick={() => copy(text())}>
                        {copied() ? t.copied : t.copy}
                      </Button>
                      <a class="y-btn y-btn-outline y-btn-md" href={text().replace(/^https?:/, "webcal:")}>
                        {t.open}
                      </a>
                      {ends()}
                    </div>
                  </>
                )}
              </Match>
              <Match when={there()}>
                {(feed) => (
                  <>
                    <p class="text-pretty">{t.there(dayProse(feed().at.slice(0, 10), { weekday: false }))}</p>
                    <div class="flex flex-wrap gap-2">{ends()}</div>
                  </>
                )}
              </Match>
            </Switch>
          );
        }}
      </Reading>
    </section>
  );
}

/** Whether one gets a mail of each booking one makes, moves or cancels; it holds at once. */
function MailSwitch(props: { space: string }) {
  const t = subscribeWords();
  const settings = useBookingMails(() => props.space);
  const set = (mails: boolean) =>
    void setBookingMails(props.space, mails, newIntent()).then(
      () => toast({ text: mails ? t.mailsOn : t.mailsOff }),
      (error: unknown) => toast({ text: explain(error), tone: "bad" }),
    );
  return (
    <Reading asked={settings} failed={t.notRead} rows={1}>
      {(found) => <Switcher label={t.mails} hint={t.mailsSay} bind={bound(() => found().mails, set)} />}
    </Reading>
  );
}

/** The drawer of "my bookings": one's own calendar, or that of a place. */
export function SubscribeDrawer(props: {
  space: string;
  resources: readonly ResourceView[];
  open: boolean;
  onClose: () => void;
}) {
  const t = subscribeWords();
  const [subject, setSubject] = createSignal<FeedSubject>("me");
  const places = () => props.resources.filter((one) => one.state === "active" && bookedBy(one) === "time");
  const options = () => [
    { value: "me" as FeedSubject, label: t.mine },
    ...places().map((one) => ({ value: one.id as FeedSubject, label: `${one.code} ${one.name}` })),
  ];
  return (
    <Drawer open={props.open} onClose={props.onClose} title={t.title}>
      <div class="flex flex-col gap-4">
        <SelectField label={t.which} options={options()} bind={bound(subject, setSubject)} />
        <MailSwitch space={props.space} />
        <Show when={subject()} keyed>
          {(one) => (
            <SubscribePanel
              space={props.space}
              subject={one}
              code={places().find(({ id }) => id === one)?.code ?? ""}
            />
          )}
        </Show>
      </div>
    </Drawer>
  );
}
