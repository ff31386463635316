import { useParams } from "@solidjs/router";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, dayOf, money } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { explain } from "../../refusals.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, type StatusName } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { type ApprovalRow, decide, useApprovals } from "./accounts-data.ts";
import { accountWords } from "./accounts-words.ts";
import { BillingTabs } from "./billing-tabs.tsx";
import { ClosePeriod } from "./close-period.tsx";
import { useSummary } from "./data.ts";
import { DeskList, type DeskTab } from "./desk-list.tsx";
import { JournalExport } from "./journal-export.tsx";
import { type MoneyAct, MoneyDrawer } from "./money-drawer.tsx";
import { useRights } from "./rights.ts";
import { taxLines } from "./tax-data.ts";
import { deviceDay } from "./view.ts";
import { sheetWords } from "./words.ts";

/** Accounts (往来): deposits, balances, refunds, and what waits for a second person. */
export default function AccountsPage() {
  const params = useParams<{ space: string }>();
  return <Accounts space={params.space} />;
}

const looks: Record<ApprovalRow["state"], StatusName> = {
  proposed: "inProgress",
  approved: "done",
  declined: "closed",
  withdrawn: "closed",
};
const amountOf = ({ wish }: ApprovalRow) => ("amountMinor" in wish ? money(wish.amountMinor) : "—");

function Accounts(props: { space: string }) {
  const t = accountWords();
  const rights = useRights(() => props.space);
  const summary = useSummary(() => props.space);
  const about = useSpace(() => props.space);
  const today = () => summary.data?.today ?? deviceDay();
  const zone = () => about.data?.zone ?? "Asia/Shanghai";
  const [tab, setTab] = createSignal<DeskTab>("open");
  const [act, setAct] = createSignal<MoneyAct>();
  const rows = useApprovals(() => props.space, tab);
  const status = (one: ApprovalRow) => <Status is={looks[one.state]} text={t.states[one.state]} />;
  const day = (one: ApprovalRow) => dayCell(dayOf(one.proposedAt, zone()), Number(today().slice(0, 4)));
  const wide = (): Column<ApprovalRow>[] => [
    { key: "what", head: t.what, width: "18%", cell: (one) => t.kinds[one.wish.kind] },
    { key: "who", head: t.who, cell: (one) => one.companyName ?? "—" },
    { key: "by", head: t.by, width: "16%", from: "desk", cell: (one) => one.proposedName ?? "—" },
    { key: "at", head: t.at, width: "96px", cell: day },
    {
      key: "amount",
      head: t.amount,
      width: "132px",
      align: "end",
      cell: (one) => <b class="text-fg">{amountOf(one)}</b>,
    },
    { key: "state", head: t.state, width: "132px", cell: status },
  ];
  const narrow = (): Column<ApprovalRow>[] => [
    {
      key: "what",
      head: t.what,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{t.kinds[one.wish.kind]}</span>
          <span class="block truncate text-xs text-fg-3">{one.companyName ?? one.proposedName}</span>
        </span>
      ),
    },
    {
      key: "amount",
      head: t.amount,
      width: "140px",
      align: "end",
      cell: (one) => (
        <span class="block leading-5">
          <b class="block text-fg">{amountOf(one)}</b>
          {status(one)}
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<BillingTabs space={props.space} />}
        actions={
          <Show when={rights.mayRecord()}>
            <For each={["take", "use", "giveBack"] as const}>
              {(one) => <Button onClick={() => setAct(one)}>{t[one]}</Button>}
            </For>
          </Show>
        }
      />
      <DeskList
        words={{ ...t, open: t.approvals, done: t.decided, noneDoneSay: t.say }}
        tab={tab()}
        onTab={setTab}
        rows={rows}
        wide={wide()}
        narrow={narrow()}
        beside={
          <>
            <JournalExport space={props.space} today={today()} mayChange={rights.mayRecord()} />
            <ClosePeriod space={props.space} today={today()} mayClose={rights.mayRecord()} />
          </>
        }
        detail={(one, done) => <ApprovalDetail space={props.space} approval={one} day={day(one)} onDone={done} />}
      />
      <Show when={act()}>
        {(which) => (
          <MoneyDrawer space={props.space} act={which()} today={today()} open onClose={() => setAct(undefined)} />
        )}
      </Show>
    </>
  );
}

/** One proposal: all that it would do, why, and the decision of whoever did not propose it. */
function ApprovalDetail(props: { space: string; approval: ApprovalRow; day: string; onDone: () => void }) {
  const t = accountWords();
  const ways = sheetWords();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const wish = () => props.approval.wish;
  const facts = (): (readonly [string, string])[] => {
    const one = wish();
    const money =
      "way" in one
        ? ([
            [t.way, ways.way[one.way]],
            [t.reference, one.reference],
            [t.day, one.paidOn],
          ] as const)
        : [];
    const bank =
      one.kind === "bank-details"
        ? ([
            [t.holder, one.bankHolder],
            [t.bank, one.bankName],
            [t.account, one.bankAccount],
          ] as const)
        : [];
    return [
      [t.by, `${props.approval.proposedName ?? ""} ${props.day}`],
      ...money,
      ...bank,
      ...(one.kind === "tax-settings" ? taxLines(one.settings) : []),
      [t.reason, props.approval.reason],
    ];
  };
  const answer = async (decision: "approve" | "decline" | "withdraw") => {
    setBusy(true);
    setProblem(undefined);
    try {
      await decide(props.space, props.approval.id, decision, newIntent());
      toast({ text: { approve: t.approved, decline: t.declined, withdraw: t.withdrawn }[decision], tone: "good" });
      props.onDone();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Pane
      flush={false}
      label={t.kinds[wish().kind]}
      title={t.kinds[wish().kind]}
      note={<Status is={looks[props.approval.state]} text={t.states[props.approval.state]} chip />}
      foot={
        <Show when={props.approval.state === "proposed"}>
          <Show
            when={!props.approval.mine}
            fallback={
              <>
                <span class="flex-1 text-xs text-fg-2">{t.ownWaits}</span>
                <Button busy={busy()} onClick={() => void answer("withdraw")}>
                  {t.withdraw}
                </Button>
              </>
            }
          >
            <Button kind="primary" icon="check" busy={busy()} onClick={() => void answer("approve")}>
              {t.approve}
            </Button>
            <Button disabled={busy()} onClick={() => void answer("decline")}>
              {t.decline}
            </Button>
          </Show>
        </Show>
      }
    >
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <Show when={props.approval.company}>
        {(company) => (
          <p class="flex flex-wrap items-center gap-3">
            <TextLink href={`/s/${props.space}/members/${company()}`}>{props.approval.companyName}</TextLink>
            <Show when={props.approval.about}>{(about) => <Plate>{about()}</Plate>}</Show>
          </p>
        )}
      </Show>
      <dl>
        <For each={facts()}>
          {([label, value]) => (
            <div class="flex gap-3 border-t border-line py-1">
              <dt class="w-28 flex-none text-fg-2">{label}</dt>
              <dd class="min-w-0 flex-1 break-words">{value}</dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={"amountMinor" in wish() && wish()}>
        {(one) => <MoneyTotal minor={(one() as { amountMinor: number }).amountMinor} label={t.amount} />}
      </Show>
    </Pane>
  );
}
