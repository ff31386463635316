import { useParams } from "@solidjs/router";
import { type Grant, type Look, type NewGrant, supportHours } from "@yihao/identity/support-model";
import { createSignal, Match, Show, Switch } from "solid-js";
import { instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { useSupport } from "../../support.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading, Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Facts, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { grantSupport, revokeSupport, useLooks } from "./data.ts";
import { supportWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
type Hours = `${NewGrant["hours"]}`;

function GrantForm(props: { space: string }) {
  const t = supportWords();
  const form = createForm<{ hours: Hours; reason: string }>({
    name: "grant",
    initial: { hours: "24", reason: "" },
    draftKey: `support.${props.space}`,
    check: ({ reason }) => ({ reason: reason.trim().length < 2 ? t.needReason : undefined }),
    submit: async ({ hours, reason }, intent) => {
      await grantSupport(props.space, { hours: Number(hours) as NewGrant["hours"], reason: reason.trim() }, intent);
      toast({ text: t.granted, tone: "good" });
    },
  });
  return (
    <FormFrame form={form} label={t.open}>
      <p class="text-pretty text-fg-2">{t.what}</p>
      <Segmented
        label={t.hours}
        options={supportHours.map((hours) => ({ value: `${hours}` as Hours, label: t.hoursOf(hours) }))}
        bind={form.field("hours")}
      />
      <TextArea label={t.reason} hint={t.reasonHint} rows={3} maxLength={200} bind={form.field("reason")} />
      <Button kind="primary" type="submit" busy={form.busy()}>
        {t.grant}
      </Button>
    </FormFrame>
  );
}

function Active(props: { space: string; grant: Grant }) {
  const t = supportWords();
  const [busy, setBusy] = createSignal(false);
  const revoke = async () => {
    setBusy(true);
    try {
      await revokeSupport(props.space);
      toast({ text: t.revoked });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="flex flex-col gap-4">
      <Status is="live" text={t.now} />
      <Facts
        items={[
          { label: t.until, value: instantCell(props.grant.until, zone) },
          { label: t.since, value: instantCell(props.grant.grantedAt, zone) },
          { label: t.by, value: props.grant.byName },
          { label: t.reason, value: props.grant.reason },
        ]}
      />
      <span>
        <Button kind="danger-outline" busy={busy()} onClick={() => void revoke()}>
          {t.revoke}
        </Button>
      </span>
    </div>
  );
}

function Last(props: { grant: Grant }) {
  const t = supportWords();
  return (
    <section class="mt-6 border-t border-line pt-4" aria-label={t.last}>
      <h3 class="mb-2 text-xs text-fg-2">{t.last}</h3>
      <Facts
        items={[
          { label: t.since, value: instantCell(props.grant.grantedAt, zone) },
          {
            label: t.endedAt,
            value: `${instantCell(props.grant.until, zone)} · ${props.grant.revokedAt ? t.wasRevoked : t.ranOut}`,
          },
          { label: t.by, value: props.grant.byName },
          { label: t.reason, value: props.grant.reason },
        ]}
      />
    </section>
  );
}

/** Support access (支持访问) of a space, for its owners: to let the platform's support look in, take it back, and see what was looked at. */
export default function SupportPage() {
  const t = supportWords();
  const params = useParams<{ space: string }>();
  const space = () => params.space;
  const support = useSupport(space);
  const looks = useLooks(space);
  const [front, setFront] = createSignal<"list" | "work">("list");
  // The space is the one before us: what stands behind it says what was looked at.
  const route = (one: Look) => one.path.replace(/^\/api\/v1/, "").replace(/\/spaces\/[^/]+/, "") || "/";
  const columns = (): Column<Look>[] => [
    { key: "at", head: t.at, width: "112px", cell: (one) => instantCell(one.at, zone) },
    {
      key: "who",
      head: t.who,
      width: "30%",
      from: "tablet",
      cell: (one) => <span title={one.email}>{one.name || one.email}</span>,
    },
    {
      key: "asked",
      head: t.asked,
      cell: (one) => (
        <code class="font-mono text-xs" title={one.path}>
          {one.method} {route(one)}
        </code>
      ),
    },
    {
      key: "result",
      head: t.result,
      width: "136px",
      cell: (one) => (one.refused ? <Status is="declined" text={t.refused} /> : <Status is="done" text={t.read} />),
    },
  ];
  return (
    <>
      <PageHead title={t.title} say={t.say} />
      <Panes
        listWidth={392}
        front={front()}
        list={
          <Pane
            title={t.open}
            flush={false}
            actions={
              <span class="tablet:hidden">
                <Button size="sm" onClick={() => setFront("work")}>
                  {t.looks}
                </Button>
              </span>
            }
          >
            <Switch fallback={<Loading rows={4} />}>
              <Match when={support.isError}>
                <ErrorState title={t.notRead} problem={support.error} onRetry={() => support.refetch()} />
              </Match>
              <Match when={support.data}>
                {(found) => (
                  <Switch fallback={<GrantForm space={params.space} />}>
                    <Match when={found().active && found().grant}>
                      {(grant) => <Active space={params.space} grant={grant()} />}
                    </Match>
                    <Match when={!found().available}>
                      <Note tone="info" title={t.nobody}>
                        {t.nobodySay}
                      </Note>
                    </Match>
                  </Switch>
                )}
              </Match>
            </Switch>
            <Show when={support.data && !support.data.active && support.data.grant}>
              {(grant) => <Last grant={grant()} />}
            </Show>
          </Pane>
        }
        work={
          <Pane
            title={t.looks}
            actions={
              <span class="tablet:hidden">
                <Button size="sm" onClick={() => setFront("list")}>
                  {t.back}
                </Button>
              </span>
            }
          >
            <DataTable
              label={t.looks}
              rows={looks.data?.pages.flatMap(({ items }) => items) ?? []}
              columns={columns()}
              rowKey={(one) => one.id}
              state={looks.isPending ? "loading" : looks.isError ? "error" : "ready"}
              problem={looks.error}
              errorTitle={t.looksNotRead}
              onRetry={() => void looks.refetch()}
              {...(looks.hasNextPage ? { onMore: () => void looks.fetchNextPage() } : {})}
              empty={<EmptyState title={t.looksNone} />}
            />
          </Pane>
        }
      />
    </>
  );
}
