import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { type Dispute, isOpenDispute } from "@yihao/billing/dispute-model";
import { createMemo, createSignal, For, Show } from "solid-js";
import { dayCell, dayOf, money } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { Facts, media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, type StatusName } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { propose } from "./accounts-data.ts";
import { BillingTabs } from "./billing-tabs.tsx";
import { useDisputes } from "./collect-data.ts";
import { disputeWords } from "./dispute-words.ts";
import { EvidencePart } from "./evidence-drawer.tsx";
import { useRights } from "./rights.ts";
import { deviceDay } from "./view.ts";

/** Disputed payments (争议): what is withheld, until when evidence can be handed in, and what became of it. */
export default function DisputesPage() {
  const params = useParams<{ space: string }>();
  return <Disputes space={params.space} />;
}

const looks: Readonly<Record<Dispute["state"], StatusName>> = {
  "needs-response": "disputed",
  "in-review": "inProgress",
  won: "enough",
  lost: "alarm",
  closed: "done",
};

function DisputeStatus(props: { of: Dispute; chip?: boolean }) {
  const t = disputeWords();
  // What was lost and came back is over, and nobody has to act.
  const back = () => props.of.returned !== undefined;
  return (
    <Status
      {...(props.chip ? { chip: true } : {})}
      is={back() ? "done" : looks[props.of.state]}
      text={back() ? t.cameBack : t.states[props.of.state]}
    />
  );
}

function Disputes(props: { space: string }) {
  const t = disputeWords();
  const navigate = useNavigate();
  const [query] = useSearchParams<{ dispute?: string }>();
  const tablet = media("(min-width: 768px)");
  const rows = useDisputes(() => props.space);
  const about = useSpace(() => props.space);
  const day = (at: string) => dayCell(dayOf(at, about.data?.zone ?? "Asia/Shanghai"), Number(deviceDay().slice(0, 4)));
  const chosen = createMemo(() => rows.data?.find(({ id }) => id === query.dispute));
  const open = (dispute?: string) =>
    navigate(`/s/${props.space}/billing/disputes${dispute ? `?dispute=${dispute}` : ""}`, { scroll: false });
  const running = () => (rows.data ?? []).filter(isOpenDispute);
  const evidence = (one: Dispute) => (isOpenDispute(one) && one.evidenceBy ? day(one.evidenceBy) : "—");
  const columns = (): Column<Dispute>[] => [
    {
      key: "company",
      head: t.company,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{one.companyName}</span>
          <Show when={!tablet()}>
            <span class="block truncate text-xs text-fg-3">
              {t.evidence} {evidence(one)}
            </span>
          </Show>
        </span>
      ),
    },
    {
      key: "reason",
      head: t.reason,
      width: "24%",
      from: "desk",
      cell: (one) => t.reasons[one.reason] ?? one.reason,
    },
    { key: "evidence", head: t.evidence, width: "112px", from: "tablet", cell: evidence },
    {
      key: "amount",
      head: t.amount,
      width: "120px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.amountMinor)}</b>,
    },
    { key: "state", head: t.state, width: "144px", cell: (one) => <DisputeStatus of={one} /> },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<BillingTabs space={props.space} />}
        say={rows.data && t.say(running().length, money(running().reduce((sum, { heldMinor }) => sum + heldMinor, 0)))}
      />
      <Panes
        detailOpen={chosen() !== undefined}
        detailTitle={chosen()?.companyName ?? t.title}
        onCloseDetail={() => open()}
        detailWidth={440}
        work={
          <Pane label={t.list}>
            <DataTable
              label={t.list}
              rows={rows.data ?? []}
              columns={columns()}
              rowKey={(one) => one.id}
              rowHeight={tablet() ? 34 : 56}
              current={query.dispute}
              onOpen={(one) => open(one.id)}
              state={rows.isPending ? "loading" : rows.isError ? "error" : "ready"}
              problem={rows.error}
              errorTitle={t.notRead}
              onRetry={() => rows.refetch()}
              empty={<EmptyState title={t.none}>{t.noneSay}</EmptyState>}
            />
          </Pane>
        }
        detail={
          <Show when={chosen()} fallback={<Pane label={t.title}>{t.pick}</Pane>}>
            {(one) => (
              <DisputeDetail space={props.space} of={one()} day={day} zone={about.data?.zone ?? "Asia/Shanghai"} />
            )}
          </Show>
        }
      />
    </>
  );
}

function DisputeDetail(props: { space: string; of: Dispute; day: (at: string) => string; zone: string }) {
  const t = disputeWords();
  const rights = useRights(() => props.space);
  const [asking, setAsking] = createSignal(false);
  const says = () => {
    if (props.of.returned) return t.returned(props.of.returned.on);
    return props.of.state === "needs-response" ? t.act : props.of.state === "in-review" ? t.review : t[ended()];
  };
  const tone = () => {
    if (props.of.returned) return "info";
    return props.of.state === "needs-response" ? "warn" : props.of.state === "lost" ? "bad" : "info";
  };
  const ended = () => (props.of.state === "won" || props.of.state === "lost" ? props.of.state : "closed");
  const facts = () => [
    { label: t.reason, value: t.reasons[props.of.reason] ?? props.of.reason },
    ...(props.of.evidenceBy && isOpenDispute(props.of)
      ? [{ label: t.evidence, value: props.day(props.of.evidenceBy) }]
      : []),
    { label: t.payment, value: <Plate>{props.of.paymentReference}</Plate> },
    { label: t.openedOn, value: props.day(props.of.openedAt) },
    { label: t.held, value: money(props.of.heldMinor) },
    { label: t.fee, value: money(props.of.feeMinor) },
    { label: t.reference, value: <span class="font-mono text-xs break-all">{props.of.reference}</span> },
  ];
  const leaves = () => props.of.state === "lost" && props.of.heldMinor > 0;
  return (
    <Pane
      flush={false}
      label={props.of.companyName}
      title={<TextLink href={`/s/${props.space}/members/${props.of.company}`}>{props.of.companyName}</TextLink>}
      actions={<DisputeStatus of={props.of} chip />}
      foot={
        leaves() && rights.mayRecord() ? (
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t.writeOff}
          </Button>
        ) : undefined
      }
    >
      <div class="y-open">
        <span class="text-xs text-fg-2">{t.amount}</span>
        <b class="text-2xl">{money(props.of.amountMinor)}</b>
      </div>
      <Note tone={tone()}>{says()}</Note>
      <Facts items={facts()} />
      <Show when={`${props.of.id} ${props.of.state}`} keyed>
        <EvidencePart space={props.space} of={props.of} zone={props.zone} />
      </Show>
      <BillParts space={props.space} title={t.reopened} bills={props.of.reopened} />
      <Show when={props.of.creditMinor > 0}>
        <p>{t.credit(money(props.of.creditMinor))}</p>
      </Show>
      <Show when={leaves()}>
        <p>{t.rest(money(props.of.heldMinor))}</p>
      </Show>
      <Show when={props.of.writtenOffMinor > 0}>
        <p>{t.writtenOff(money(props.of.writtenOffMinor))}</p>
      </Show>
      <Show when={props.of.returned}>
        {(back) => (
          <>
            <BillParts space={props.space} title={t.returnedBills} bills={back().bills} />
            <Show when={back().recoveredMinor > 0}>
              <p>{t.recovered(money(back().recoveredMinor))}</p>
            </Show>
            <Show when={back().creditMinor > 0}>
              <p>{t.returnedCredit(money(back().creditMinor))}</p>
            </Show>
          </>
        )}
      </Show>
      <Show when={asking()}>
        <LossDrawer space={props.space} of={props.of} onClose={() => setAsking(false)} />
      </Show>
    </Pane>
  );
}

/** Bills that a dispute touched, each with how much of it. */
function BillParts(props: { space: string; title: string; bills: Dispute["reopened"] }) {
  return (
    <Show when={props.bills.length > 0}>
      <section aria-label={props.title}>
        <h3 class="mb-1 font-strong">{props.title}</h3>
        <ul>
          <For each={props.bills}>
            {(bill) => (
              <li class="flex items-center gap-3 border-t border-line py-1">
                <TextLink href={`/s/${props.space}/billing/${bill.invoice}`}>
                  <Plate>{bill.number}</Plate>
                </TextLink>
                <span class="ml-auto tabular-nums">{money(bill.amountMinor)}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

/** Proposes to give up what of a lost payment could be taken from nowhere; another person approves. */
function LossDrawer(props: { space: string; of: Dispute; onClose: () => void }) {
  const t = disputeWords();
  const form = createForm({
    name: "dispute-loss",
    initial: { reason: "" },
    check: ({ reason }) => ({ reason: reason.trim().length >= 2 ? undefined : t.needWhy }),
    submit: async ({ reason }, intent) => {
      await propose(props.space, { kind: "dispute-loss", dispute: props.of.id }, reason.trim(), intent);
      toast({ text: t.proposed, tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer
      onClose={props.onClose}
      title={`${t.writeOff} · ${money(props.of.heldMinor)}`}
      label={t.writeOff}
      form={form}
      act={t.writeOff}
    >
      <TextArea label={t.why} hint={t.whySay} rows={2} maxLength={200} bind={form.field("reason")} />
    </FormDrawer>
  );
}
