import { isShown } from "@yihao/community/announcement";
import { plusDays } from "@yihao/kernel/days";
import { createSignal, For, Show } from "solid-js";
import { dayCell } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { useCompanyOptions, useZone } from "./data.ts";
import { EventPeople } from "./event-people.tsx";
import { changeNotice, endNotice, type Notice, renewNotices } from "./notice-data.ts";
import { checkNotice, NoticeFields, type NoticeValues, noticeOf, noticeValues } from "./notice-form.tsx";
import { noticeWords } from "./notice-words.ts";
import { atText } from "./ticket-view.tsx";
import { communityWords } from "./words.ts";

/** From when until when, as `11-20 至 11-26`. */
export function spanText({ from, until }: { from: string; until: string }): string {
  const year = new Date().getFullYear();
  return noticeWords().span(dayCell(from, year), dayCell(plusDays(until, -1), year));
}

/** Whether it is shown, is to come, or is over. */
export function NoticeStatus(props: { notice: Notice; today: string }) {
  const t = noticeWords();
  return (
    <Show
      when={isShown(props.notice, props.today)}
      fallback={
        <Show when={props.notice.from > props.today} fallback={<Status is="done" text={t.done} />}>
          <Status is="due" text={t.toCome} />
        </Show>
      }
    >
      <Status is="active" text={t.shown} />
    </Show>
  );
}

/** The paragraphs of a text. */
export function Paragraphs(props: { text: string }) {
  return (
    <div class="flex max-w-[38em] flex-col gap-3 text-sm">
      <For each={props.text.split(/\n{2,}/)}>{(part) => <p class="whitespace-pre-wrap break-words">{part}</p>}</For>
    </div>
  );
}

/** One announcement: for whom it is, who read it, its text; changing it and taking it down. */
export function NoticeDetail(props: { space: string; notice: Notice; mayChange: boolean; today: string }) {
  const t = noticeWords();
  const zone = useZone(() => props.space);
  const companies = useCompanyOptions(() => props.space);
  const [editing, setEditing] = createSignal(false);
  const nameOf = (id: string) => companies.data?.find(({ value }) => value === id)?.label ?? "";
  const facts = () => [
    {
      label: t.audience,
      value: props.notice.companies ? props.notice.companies.map(nameOf).join(" · ") : t.everybody,
    },
    { label: t.days, value: spanText(props.notice) },
    { label: t.writer, value: t.by(props.notice.byName ?? "", atText(props.notice.at, zone())) },
    {
      label: t.reads,
      value: [
        t.readBy(props.notice.counts?.reads ?? 0),
        ...(props.notice.mail ? [t.mailSays(props.notice.counts?.mailed ?? 0)] : []),
      ].join(" · "),
    },
  ];
  const end = () =>
    void endNotice(props.space, props.notice.id, props.notice.rev)
      .then(() => toast({ text: t.ended }))
      .catch(async (error: unknown) => {
        const stale = error instanceof Problem && error.status === 412;
        if (stale) await renewNotices(props.space);
        toast({ text: stale ? t.changed : explain(error), tone: "bad" });
      });
  const over = () => props.notice.until <= props.today;
  return (
    <Pane
      title={props.notice.title}
      label={props.notice.title}
      actions={<NoticeStatus notice={props.notice} today={props.today} />}
    >
      <Show
        when={!editing()}
        fallback={
          <EditNotice space={props.space} zone={zone()} notice={props.notice} onDone={() => setEditing(false)} />
        }
      >
        <section class="border-b border-line p-4">
          <Facts items={facts()} />
          <Show when={props.mayChange && !over()}>
            <div class="mt-3 flex gap-2">
              <Button icon="edit" onClick={() => setEditing(true)}>
                {t.edit}
              </Button>
              <Button kind="danger-outline" onClick={end}>
                {t.end}
              </Button>
            </div>
          </Show>
        </section>
        <section class="p-4">
          <Paragraphs text={props.notice.text ?? ""} />
        </section>
        <Show when={props.notice.event}>
          {(event) => (
            <EventPeople
              space={props.space}
              notice={props.notice.id}
              event={event()}
              zone={zone()}
              mayMark={props.mayChange}
            />
          )}
        </Show>
      </Show>
    </Pane>
  );
}

function EditNotice(props: { space: string; zone: string; notice: Notice; onDone: () => void }) {
  const t = noticeWords();
  const form = createForm<NoticeValues>({
    name: "notice-edit",
    initial: noticeValues(props.zone, props.notice),
    check: (values) => checkNotice(values, props.zone),
    submit: async (values) => {
      await changeNotice(props.space, props.notice.id, noticeOf(values, props.zone), props.notice.rev);
      toast({ text: t.saved });
      props.onDone();
    },
  });
  return (
    <section class="p-4">
      <FormFrame form={form} label={t.edit}>
        <NoticeFields space={props.space} form={form} fresh={false} />
        <div class="flex gap-2">
          <Button kind="primary" type="submit" busy={form.busy()} keys={["⌘", "↵"]}>
            {communityWords().save}
          </Button>
          <Button kind="text" onClick={props.onDone}>
            {communityWords().cancel}
          </Button>
        </div>
      </FormFrame>
    </section>
  );
}
