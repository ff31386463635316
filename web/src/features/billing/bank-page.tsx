import { useParams } from "@solidjs/router";
import type { BankImported } from "@yihao/billing/bank-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, money } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, type StatusName } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { assignLine, type BankRow, importBank, setAside, useBankLines } from "./accounts-data.ts";
import { bankWords } from "./bank-words.ts";
import { BillingTabs } from "./billing-tabs.tsx";
import { CompanyField } from "./company-field.tsx";
import { DeskList, type DeskTab } from "./desk-list.tsx";
import { useRights } from "./rights.ts";
import { deviceDay } from "./view.ts";

/** The bank's file (银行对账): taken in, and what was not matched by itself. */
export default function BankPage() {
  const params = useParams<{ space: string }>();
  return <Bank space={params.space} />;
}

const looks: Record<BankRow["state"], StatusName> = { open: "queued", matched: "done", "set-aside": "closed" };

function Bank(props: { space: string }) {
  const t = bankWords();
  const rights = useRights(() => props.space);
  const [tab, setTab] = createSignal<DeskTab>("open");
  const lines = useBankLines(() => props.space, tab);
  const year = Number(deviceDay().slice(0, 4));
  const wide = (): Column<BankRow>[] => [
    { key: "day", head: t.day, width: "96px", cell: (one) => dayCell(one.day, year) },
    { key: "payer", head: t.payer, width: "26%", cell: (one) => one.payer || "—" },
    { key: "remark", head: t.remark, from: "desk", cell: (one) => one.remark || "—" },
    { key: "guess", head: t.guess, width: "18%", cell: (one) => one.guess?.companyName ?? "—" },
    {
      key: "amount",
      head: t.amount,
      width: "132px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.amountMinor)}</b>,
    },
    {
      key: "state",
      head: t.state,
      width: "112px",
      cell: (one) => <Status is={looks[one.state]} text={t.states[one.state]} />,
    },
  ];
  const narrow = (): Column<BankRow>[] => [
    {
      key: "payer",
      head: t.payer,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{one.payer || one.reference}</span>
          <span class="block truncate text-xs text-fg-3">
            {dayCell(one.day, year)} {one.remark}
          </span>
        </span>
      ),
    },
    {
      key: "amount",
      head: t.amount,
      width: "132px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.amountMinor)}</b>,
    },
  ];
  return (
    <>
      <PageHead title={t.title} tabs={<BillingTabs space={props.space} />} say={t.say} />
      <DeskList
        words={{ ...t, done: t.decided }}
        tab={tab()}
        onTab={setTab}
        rows={lines}
        wide={wide()}
        narrow={narrow()}
        over={
          <Show when={rights.mayRecord()}>
            <div class="flex-none border-b border-line px-4 py-3">
              <TakeIn space={props.space} />
            </div>
          </Show>
        }
        detail={(line, done) => <Line space={props.space} line={line} mayRecord={rights.mayRecord()} onDone={done} />}
      />
    </>
  );
}

/** Takes a file in and says what became of it. */
function TakeIn(props: { space: string }) {
  const t = bankWords();
  const [told, setTold] = createSignal<BankImported>();
  const [problem, setProblem] = createSignal<unknown>();
  const take = async (csv: string) => {
    setProblem(undefined);
    setTold(undefined);
    try {
      setTold(await importBank(props.space, csv, newIntent()));
    } catch (error) {
      setProblem(() => error);
    }
  };
  const said = (one: BankImported) =>
    [
      t.posted(one.posted, money(one.postedMinor)),
      t.waiting(one.waiting),
      ...(one.known > 0 ? [t.known(one.known)] : []),
      ...(one.outgoing > 0 ? [t.outgoing(one.outgoing)] : []),
      ...(one.faults.length > 0 ? [t.faults(one.faults.length)] : []),
    ].join(" · ");
  return (
    <>
      <FileDrop label={t.file} hint={t.hint} onText={(text) => void take(text)} />
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <Show when={told()}>
        {(one) => (
          <Note tone={one().faults.length > 0 ? "warn" : "good"} title={t.done}>
            {said(one())}
            <ul>
              <For each={one().faults.slice(0, 8)}>
                {({ row, what, value }) => <li>{t.row(row, t.faultRow[what], value)}</li>}
              </For>
            </ul>
          </Note>
        )}
      </Show>
    </>
  );
}

/** One waiting line: whose it may be and why, and the decision. */
function Line(props: { space: string; line: BankRow; mayRecord: boolean; onDone: () => void }) {
  const t = bankWords();
  const [company, setCompany] = createSignal<string>(props.line.guess?.company ?? "");
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const intent = newIntent();
  const act = async (run: () => Promise<unknown>, said: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await run();
      toast({ text: said, tone: "good" });
      props.onDone();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  const sum = () => money(props.line.amountMinor);
  const waits = () => props.mayRecord && props.line.state === "open";
  return (
    <Pane
      flush={false}
      label={props.line.payer}
      title={props.line.payer || props.line.reference}
      note={<Plate>{props.line.reference}</Plate>}
      foot={
        <Show when={waits()}>
          <Button
            kind="primary"
            icon="check"
            busy={busy()}
            disabled={company() === ""}
            onClick={() =>
              void act(
                () => assignLine(props.space, props.line.id, company() as `cmp_${string}`, intent),
                t.assigned(sum()),
              )
            }
          >
            {t.assign(sum())}
          </Button>
          <Button
            disabled={busy()}
            onClick={() => void act(() => setAside(props.space, props.line.id, intent), t.asided)}
          >
            {t.aside}
          </Button>
        </Show>
      }
    >
      <Show when={problem()}>
        <Note tone="warn" alert>
          {explain(problem())}
        </Note>
      </Show>
      <p class="text-fg-2">{props.line.remark}</p>
      <MoneyTotal minor={props.line.amountMinor} label={props.line.day} />
      <Show when={waits()}>
        <CompanyField
          space={props.space}
          label={t.company}
          hint={props.line.guess ? (props.line.guess.by === "number" ? t.byNumber : t.byName) : t.oldest}
          bind={bound(company, setCompany)}
        />
      </Show>
    </Pane>
  );
}
