import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import type { InvoiceRow } from "@yihao/billing/model";
import { daysOfMonth, plusMonths } from "@yihao/kernel/days";
import { createMemo, createSignal, Show } from "solid-js";
import { money } from "../../format.ts";
import { useMonthRuler } from "../../frame/slots.ts";
import { Button } from "../../ui/button.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { media, PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import type { RulerMark } from "../../ui/ruler.tsx";
import { BillDetail } from "./bill-detail.tsx";
import { BillList, type ListState, listStates } from "./bill-list.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { CreditDrawer } from "./credit-drawer.tsx";
import { allBills, useBill, useBills, usePaidBills, useSummary } from "./data.ts";
import { Figures } from "./figures.tsx";
import { FinaliseAllDialog, FinaliseDialog } from "./finalise-dialog.tsx";
import { RecordDrawer } from "./record-drawer.tsx";
import { useRights } from "./rights.ts";
import { RunDialog } from "./run-dialog.tsx";
import { taxColumns } from "./tax-data.ts";
import { deviceDay, isOverdue, openOf } from "./view.ts";
import { billWords } from "./words.ts";
import { WriteOffDrawer } from "./write-off-drawer.tsx";

/** Bills (账单) for those who may see them. */
export default function BillingPage() {
  const params = useParams<{ space: string }>();
  const rights = useRights(() => params.space);
  return <Bills mayRecord={rights.mayRecord()} mayIssue={rights.mayIssue()} />;
}

type Act = "run" | "record" | "finalise" | "credit" | "write-off";

/** Revenue, receivables by age, bills by state, one bill beside them; drawing, finalising and recording money. */
function Bills(props: { mayRecord: boolean; mayIssue: boolean }) {
  const t = billWords();
  const params = useParams<{ space: string; invoice?: string }>();
  const [search, setSearch] = useSearchParams<{ list?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const wide = media("(min-width: 1280px)");
  const summary = useSummary(space);
  const today = () => summary.data?.today ?? deviceDay();
  const state = (): ListState => listStates.find((one) => one === search.list) ?? "due";
  const toState = (next: ListState) => setSearch({ list: next === "due" ? undefined : next }, { replace: true });
  const [act, setAct] = createSignal<Act>();
  const [finalising, setFinalising] = createSignal<readonly InvoiceRow[]>();
  const [shown, setShown] = createSignal<readonly InvoiceRow[]>([]);
  const drafts = useBills(space, "draft");
  const due = useBills(space, "due");
  const paid = usePaidBills(space, () => state() === "paid");
  const bill = useBill(space, () => params.invoice);
  const open = (id: string | undefined) =>
    navigate(`/s/${space()}/billing${id ? `/${id}` : ""}${location.search}`, { scroll: false });
  const step = (by: 1 | -1) => {
    const at = shown().findIndex(({ id }) => id === params.invoice);
    const next = shown()[at + by];
    if (next && at >= 0) open(next.id);
  };
  const ruler = useDueRuler(
    today,
    () => due.data ?? [],
    () => state() !== "due" && toState("due"),
  );
  useKeys([
    { keys: "p", label: t.record, run: () => props.mayRecord && setAct("record") },
    { keys: "[", label: t.previous, run: () => step(-1) },
    { keys: "]", label: t.next, run: () => step(1) },
  ]);
  const exported = async () => {
    const listed = await allBills(space(), state() === "overdue" ? "due" : (state() as "due"));
    const wanted = listed.filter((one) => state() !== "overdue" || isOverdue(one, today()));
    const taxes = taxColumns(wanted);
    const row = (one: InvoiceRow) => [
      ...[one.number ?? "", one.companyName, one.month, one.dueOn ?? ""],
      ...[one.totalMinor / 100, one.paidMinor / 100, ...taxes.cells(one.taxes)],
    ];
    return [[t.number, t.company, t.month, t.dueOn, t.total, t.paidPart, ...taxes.heads], ...wanted.map(row)];
  };
  const toFinalise = () => (bill.data?.state === "draft" && act() === "finalise" ? bill.data : undefined);
  const paying = () => (bill.data && bill.data.state !== "draft" && openOf(bill.data) > 0 ? bill.data : undefined);
  /** The drawer begins with the bill that is looked at, so a bill that still loads is waited for. */
  const recording = () => act() === "record" && !(params.invoice && bill.isPending);
  const nothing = () => summary.data?.drafts.count === 0 && summary.data.due.count === 0;
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<BillingTabs space={space()} />}
        actions={
          <>
            <ExportMenu name={`${t.title} ${t[state()]} ${today()}`} rows={exported} />
            <Show when={props.mayRecord}>
              <Button icon="card" keys={["P"]} onClick={() => setAct("record")}>
                {t.record}
              </Button>
            </Show>
            <Show when={props.mayIssue}>
              <Button icon="bill" onClick={() => setAct("run")}>
                {t.generate}
              </Button>
            </Show>
          </>
        }
      />
      <Panes
        detailOpen={params.invoice !== undefined}
        detailTitle={bill.data?.companyName ?? t.title}
        detailWidth={wide() ? 520 : 440}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.list}>
            <Figures space={space()} />
            <BillList
              mayIssue={props.mayIssue}
              state={state()}
              onState={toState}
              today={today()}
              summary={summary}
              bills={state() === "draft" ? drafts : due}
              paid={paid}
              current={params.invoice}
              onOpen={open}
              day={ruler.day()}
              onClearDay={ruler.clear}
              onShown={setShown}
              onFinalise={setFinalising}
              empty={
                <Show
                  when={nothing() && state() !== "paid"}
                  fallback={<p class="px-4 py-6 text-fg-2">{t.none[state()]}</p>}
                >
                  <EmptyState
                    title={t.startTitle}
                    actions={
                      <Show when={props.mayIssue}>
                        <Button icon="bill" onClick={() => setAct("run")}>
                          {t.generate}
                        </Button>
                      </Show>
                    }
                  >
                    {t.startSay}
                  </EmptyState>
                </Show>
              }
            />
          </Pane>
        }
        detail={
          <Show
            when={bill.data}
            fallback={
              <Pane label={t.title} flush={false}>
                <Reading asked={bill} failed={t.billNotRead} rows={8}>
                  {() => undefined}
                </Reading>
              </Pane>
            }
          >
            {(one) => (
              <BillDetail
                space={space()}
                bill={one()}
                today={today()}
                mayRecord={props.mayRecord}
                mayIssue={props.mayIssue}
                onStep={step}
                onClose={() => open(undefined)}
                onFinalise={() => setAct("finalise")}
                onRecord={() => setAct("record")}
                onCredit={() => setAct("credit")}
                onWriteOff={() => setAct("write-off")}
              />
            )}
          </Show>
        }
      />
      <Show when={act() === "run"}>
        <RunDialog
          space={space()}
          today={today()}
          open
          onClose={() => setAct(undefined)}
          onDrafts={() => {
            setAct(undefined);
            toState("draft");
          }}
        />
      </Show>
      <Show when={toFinalise()}>
        {(draft) => <FinaliseDialog space={space()} draft={draft()} open onClose={() => setAct(undefined)} />}
      </Show>
      <Show when={finalising()}>
        {(drawn) => (
          <FinaliseAllDialog space={space()} drafts={drawn()} open onClose={() => setFinalising(undefined)} />
        )}
      </Show>
      <Show when={act() === "credit" && bill.data}>
        {(one) => <CreditDrawer space={space()} bill={one()} open onClose={() => setAct(undefined)} />}
      </Show>
      <Show when={act() === "write-off" && bill.data}>
        {(one) => <WriteOffDrawer space={space()} bill={one()} open onClose={() => setAct(undefined)} />}
      </Show>
      <Show when={recording()}>
        <RecordDrawer space={space()} today={today()} bill={paying()} open onClose={() => setAct(undefined)} />
      </Show>
    </>
  );
}

/** Puts a month of due days on the frame's ruler: how much falls due each day, what is over. A day looked at filters the list. */
function useDueRuler(today: () => string, due: () => readonly InvoiceRow[], toDue: () => void) {
  const t = billWords();
  const [month, setMonth] = createSignal<string>();
  const [day, setDay] = createSignal<string>();
  const shown = () => month() ?? today().slice(0, 7);
  const days = createMemo(() =>
    daysOfMonth(shown()).map((one) => {
      const bills = due().filter(({ dueOn }) => dueOn === one);
      return { day: one, bills, openMinor: bills.reduce((sum, bill) => sum + openOf(bill), 0) };
    }),
  );
  const clear = () => setDay(undefined);
  useMonthRuler(() => {
    const most = Math.max(1, ...days().map(({ openMinor }) => openMinor));
    const looked = day();
    return {
      month: shown(),
      load: days().map(({ openMinor }) => openMinor / most),
      marks: days().flatMap(({ bills, openMinor }, at): RulerMark[] => {
        if (bills.length === 0) return [];
        const over = bills.some((bill) => isOverdue(bill, today()));
        const label = (over ? t.overMark : t.dueMark)(bills.length, money(openMinor));
        return [{ at: at + 1, kind: over ? "alarm" : "due", label }];
      }),
      look: looked?.startsWith(shown()) ? Number(looked.slice(8)) : undefined,
      onLook: (at) => {
        setDay(at === undefined ? undefined : `${shown()}-${String(at).padStart(2, "0")}`);
        if (at !== undefined) toDue();
      },
      onMonth: (by) => {
        setMonth(plusMonths(shown(), by));
        clear();
      },
      onNow: () => {
        setMonth(undefined);
        clear();
      },
    };
  });
  return { day, clear };
}
