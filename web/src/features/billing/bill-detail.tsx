import type { InvoiceView } from "@yihao/billing/invoice-view";
import { Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { dayCell, dayOf, money } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { explain } from "../../refusals.ts";
import { Button, IconButton, TextLink } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, statusWord } from "../../ui/status.tsx";
import { type Milestone, Milestones } from "../../ui/steps.tsx";
import { toast } from "../../ui/toast.tsx";
import { mailBill } from "./accounts-data.ts";
import { accountWords } from "./accounts-words.ts";
import { actionWords } from "./actions-words.ts";
import { CollectionBlock } from "./collection-block.tsx";
import { BillCredits } from "./credits.tsx";
import { PaperButton } from "./paper-button.tsx";
import { savePaper } from "./paper-data.ts";
import { BillPayments, BillSheet } from "./sheet.tsx";
import { isOverdue, openOf, statusOf } from "./view.ts";
import { billWords } from "./words.ts";

/** One bill beside the list: what is open of it, how far it is, its sheet and payments, and the next right act at the foot. */
export function BillDetail(props: {
  space: string;
  bill: InvoiceView;
  today: string;
  mayRecord: boolean;
  mayIssue: boolean;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
  onFinalise: () => void;
  onRecord: () => void;
  onCredit: () => void;
  onWriteOff: () => void;
}) {
  const t = billWords();
  const about = useSpace(() => props.space);
  const zone = () => about.data?.zone ?? "Asia/Shanghai";
  const open = () => openOf(props.bill);
  const isDraft = () => props.bill.state === "draft";
  const words = accountWords();
  const taken = () => [
    ...(props.bill.creditedMinor ? [t.credited(money(props.bill.creditedMinor))] : []),
    ...(props.bill.writtenOffMinor ? [t.writtenOff(money(props.bill.writtenOffMinor))] : []),
  ];
  const ended = () => props.bill.state === "void" || props.bill.state === "written-off";
  const mayCredit = () =>
    props.bill.state !== "void" && props.bill.state !== "written-off" && props.bill.totalMinor > 0;
  const act = actionWords();
  const mailAgain = async () => {
    try {
      const { readers } = await mailBill(props.space, props.bill.id, newIntent());
      toast({ text: act.mailed(readers), tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      toast({ text: t.linkCopied, tone: "good" });
    } catch {
      toast({ text: t.linkNotCopied, tone: "bad" });
    }
  };
  return (
    <Pane
      flush={false}
      label={props.bill.companyName}
      title={<TextLink href={`/s/${props.space}/members/${props.bill.company}`}>{props.bill.companyName}</TextLink>}
      note={
        <span class="flex items-center gap-2">
          <Show when={props.bill.number}>{(number) => <Plate>{number()}</Plate>}</Show>
          <Status {...statusOf(props.bill, props.today)} chip />
        </span>
      }
      actions={
        <span class="flex">
          <IconButton icon="up" label={t.previous} onClick={() => props.onStep(-1)} />
          <IconButton icon="down" label={t.next} onClick={() => props.onStep(1)} />
          <span class="y-beside-list">
            <IconButton icon="close" label={t.close} onClick={() => props.onClose()} />
          </span>
        </span>
      }
      foot={
        <>
          <Show when={props.mayIssue && isDraft()}>
            <Button kind="primary" icon="stamp" onClick={() => props.onFinalise()}>
              {t.finalise}
            </Button>
          </Show>
          <Show when={props.mayRecord && !isDraft() && open() > 0}>
            <Button kind="primary" icon="card" keys={["P"]} onClick={() => props.onRecord()}>
              {t.record}
            </Button>
          </Show>
          <Show when={props.mayRecord && !isDraft()}>
            <Menu
              label={words.more}
              trigger={words.more}
              items={[
                { key: "credit", label: words.credit, icon: "undo", disabled: !mayCredit(), run: props.onCredit },
                { key: "write-off", label: words.writeOff, disabled: open() <= 0, run: props.onWriteOff },
                { key: "mail", label: act.mailAgain, run: () => void mailAgain() },
              ]}
            />
          </Show>
          <span class="ml-auto flex gap-2">
            <Show when={!isDraft()}>
              <PaperButton framed number={props.bill.number ?? ""} save={() => savePaper(props.space, props.bill)} />
            </Show>
            <IconButton framed icon="print" label={t.print} onClick={() => window.print()} />
            <IconButton framed icon="link" label={t.copyLink} onClick={() => void copy()} />
          </span>
        </>
      }
    >
      <div class="y-open">
        <span class="text-xs text-fg-2">
          {isDraft() ? t.sumTotal : open() > 0 ? t.toCollect : ended() ? t.sumTotal : t.settled}
        </span>
        <b class="text-2xl">{money(isDraft() || open() <= 0 ? props.bill.totalMinor : open())}</b>
        <Show when={!isDraft() && (open() > 0 ? props.bill.paidMinor : 0) + taken().length > 0}>
          <span class="ml-auto text-xs text-fg-2">
            {[
              `${t.sumTotal} ${money(props.bill.totalMinor)}`,
              ...(props.bill.paidMinor > 0 ? [`${t.sumPaid} ${money(props.bill.paidMinor)}`] : []),
              ...taken(),
            ].join(" · ")}
          </span>
        </Show>
      </div>
      <div class="y-rule-x">
        <Milestones label={t.steps} items={milestonesOf(props.bill, props.today, zone())} />
      </div>
      <BillSheet bill={props.bill} from={about.data?.name} space={props.space} />
      <Show when={!isDraft()}>
        <BillCredits space={props.space} bill={props.bill} />
        <BillPayments bill={props.bill} />
        <Show when={props.bill.collection}>{(one) => <CollectionBlock space={props.space} of={one()} />}</Show>
      </Show>
    </Pane>
  );
}

/** A bill's way from draft to paid (账单进度). */
function milestonesOf(bill: InvoiceView, today: string, zone: string): Milestone[] {
  const t = billWords();
  const cell = (day: string) => dayCell(day, Number(today.slice(0, 4)));
  const isDraft = bill.state === "draft";
  const ended = bill.state === "void" || bill.state === "written-off";
  const paid = bill.state === "paid" || ended;
  const over = isOverdue(bill, today);
  const state = statusOf(bill, today).text;
  return [
    {
      key: "drawn",
      title: t.drawnStep,
      note: cell(dayOf(bill.drawnAt, zone)),
      shape: isDraft ? "dashed" : "tick",
      tone: isDraft ? "neutral" : "muted",
      now: isDraft,
    },
    {
      key: "finalised",
      title: t.finalisedStep,
      note: bill.finalisedOn ? cell(bill.finalisedOn) : t.notYet,
      shape: isDraft ? "ring" : "tick",
      tone: "muted",
    },
    {
      key: "due",
      title: over ? (state ?? t.overdue) : t.dueStep,
      note: bill.dueOn ? cell(bill.dueOn) : "—",
      shape: isDraft ? "ring" : over ? "octagon" : paid ? "tick" : "clock",
      tone: over ? "bad" : isDraft || paid ? "muted" : "neutral",
      now: !isDraft && !paid,
    },
    {
      key: "paid",
      title: ended ? statusWord(bill.state === "void" ? "voided" : "writtenOff") : t.paidStep,
      note: bill.paidAt
        ? cell(dayOf(bill.paidAt, zone))
        : bill.paidMinor > 0
          ? t.partStep(money(bill.paidMinor))
          : t.toCollect,
      shape: ended ? "slashed" : paid ? "disc" : bill.paidMinor > 0 ? "half" : "ring",
      tone: ended ? "muted" : paid ? "good" : bill.paidMinor > 0 ? "info" : "muted",
      now: paid,
    },
  ];
}
