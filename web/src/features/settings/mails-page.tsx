import { useParams } from "@solidjs/router";
import type { StaffMails } from "@yihao/members/staff-mail";
import { Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Segmented, Switch } from "../../ui/choice-field.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { toast } from "../../ui/toast.tsx";
import { setStaffMails, useStaffMails } from "./data.ts";
import { mailsWords } from "./mails-words.ts";

/** Which letters one gets as staff of this space, and in which language; each change holds at once. */
export default function MailsPage() {
  const t = mailsWords();
  const params = useParams<{ space: string }>();
  const mails = useStaffMails(() => params.space);
  const save = (next: StaffMails) =>
    void setStaffMails(params.space, next, newIntent()).then(
      () => toast({ text: t.saved }),
      (error: unknown) => toast({ text: explain(error), tone: "bad" }),
    );
  return (
    <>
      <PageHead title={t.title} say={t.say} />
      <Pane label={t.title} flush={false}>
        <Show
          when={mails.data}
          fallback={
            <Show when={mails.isError} fallback={<Loading rows={4} />}>
              <ErrorState title={t.notRead} problem={mails.error} onRetry={() => void mails.refetch()} />
            </Show>
          }
        >
          {(now) => {
            const one = (topic: "requests" | "applications" | "tickets") =>
              bound(
                () => now()[topic],
                (on: boolean) => save({ ...now(), [topic]: on }),
              );
            return (
              <div class="flex max-w-120 flex-col gap-4">
                <Switch label={t.requests} hint={t.requestsSay} bind={one("requests")} />
                <Switch label={t.applications} hint={t.applicationsSay} bind={one("applications")} />
                <Switch label={t.tickets} hint={t.ticketsSay} bind={one("tickets")} />
                <Segmented
                  label={t.language}
                  options={[
                    { value: "zh-CN" as const, label: "中文" },
                    { value: "en" as const, label: "English" },
                  ]}
                  bind={bound(
                    () => now().language,
                    (language) => save({ ...now(), language }),
                  )}
                />
              </div>
            );
          }}
        </Show>
      </Pane>
    </>
  );
}
