import type { AsnView } from "@yihao/warehouse/asn-model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { count, dayCell, instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { arriveAsn, closeAsn } from "./data.ts";
import { DocumentHead, LineGoods } from "./document-head.tsx";
import { usePacked } from "./packs-read.ts";
import { PalletArrival } from "./pallet-arrival.tsx";
import { palletWords } from "./pallet-words.ts";
import { asnMark, docNumber } from "./view.ts";
import { warehouseWords } from "./words.ts";

type Line = AsnView["items"][number];

/** Short, over or even, in words; red stays for what needs an act. */
export function Difference(props: { expected: number; received: number; quiet?: boolean }) {
  const t = warehouseWords();
  const by = () => props.received - props.expected;
  return (
    <Show when={by() !== 0} fallback={<span class="text-fg-2">{t.even}</span>}>
      <Show when={!props.quiet} fallback={<span class="text-fg-2">—</span>}>
        <Status is="mismatch" text={by() < 0 ? t.short(count(-by())) : t.over(count(by()))} />
      </Show>
    </Show>
  );
}

/** An inbound notice with its lines; staff mark it, and open the phone's task for it. */
export function InboundDetail(props: { space: string; asn: AsnView; zone: string; staff: boolean }) {
  const t = warehouseWords();
  const [busy, setBusy] = createSignal(false);
  const [asking, setAsking] = createSignal(false);
  /** Units of lines that are open: closing gives them up, which is not undone. */
  const missing = () =>
    props.asn.items.reduce(
      (sum, { done, expected, received }) => sum + (done ? 0 : Math.max(0, expected - received)),
      0,
    );
  let intent = newIntent();
  let arrival = newIntent();
  const inPacks = usePacked(
    () => props.space,
    () => props.asn.items,
  );
  const close = async () => {
    setBusy(true);
    try {
      await closeAsn(props.space, props.asn.id, intent);
      intent = newIntent();
      setAsking(false);
      toast({ text: t.closedToast });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const columns = (): Column<Line>[] => [
    {
      key: "name",
      head: t.product,
      cell: (line) => <LineGoods name={line.name} packed={inPacks(line.product, line.expected)} />,
    },
    { key: "expected", head: t.expected, width: "64px", align: "end", cell: (line) => count(line.expected) },
    { key: "received", head: t.received, width: "64px", align: "end", cell: (line) => count(line.received) },
    { key: "damaged", head: t.damaged, width: "56px", align: "end", cell: (line) => count(line.damaged) },
    {
      key: "difference",
      head: t.state,
      width: "92px",
      cell: (line) => (
        <Difference
          expected={line.expected}
          received={line.received}
          quiet={!line.done && props.asn.state !== "closed"}
        />
      ),
    },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col bg-surface">
      <DocumentHead
        what={t.asn}
        number={docNumber(props.asn.id)}
        mark={asnMark[props.asn.state]}
        state={t.asnStates[props.asn.state]}
        facts={
          <>
            {instantCell(props.asn.at, props.zone)} · {t.lines(props.asn.lines)}
            <Show when={props.asn.reference}>{(reference) => <> · {reference()}</>}</Show>
            <Show when={props.asn.expectedOn}>
              {(day) => (
                <>
                  {" "}
                  · {t.expectedOn} {dayCell(day(), new Date().getFullYear())}
                </>
              )}
            </Show>
          </>
        }
      />
      <div class="min-h-0 flex-1">
        <DataTable
          label={t.asn}
          rows={props.asn.items}
          columns={columns()}
          rowKey={(line) => String(line.line)}
          minWidth={420}
        />
      </div>
      <Show
        when={props.staff && props.asn.state !== "closed"}
        fallback={
          <Show when={props.asn.pallets !== undefined}>
            <p class="border-t border-line px-4 py-3">
              <span class="text-fg-2">{palletWords().arrival}</span>{" "}
              {palletWords().arrivedOn(count(props.asn.pallets ?? 0))}
            </p>
          </Show>
        }
      >
        <div class="border-t border-line px-4 py-3">
          <PalletArrival
            pallets={props.asn.pallets}
            record={async (pallets) => {
              await arriveAsn(props.space, props.asn.id, pallets, arrival);
              arrival = newIntent();
            }}
          />
        </div>
        <footer class="flex flex-wrap gap-2 border-t border-line p-3">
          <LinkButton kind="primary" icon="inbound" href={`/s/${props.space}/wh/receive/${props.asn.id}`}>
            {t.receiveHere}
          </LinkButton>
          <LinkButton icon="box" href={`/s/${props.space}/wh/putaway?asn=${props.asn.id}`}>
            {t.putawayHere}
          </LinkButton>
          <Button kind="text" busy={busy()} onClick={() => (missing() > 0 ? setAsking(true) : void close())}>
            {t.markClosed}
          </Button>
        </footer>
      </Show>
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title={t.closeTitle}
        foot={
          <>
            <Button kind="danger" busy={busy()} onClick={() => void close()}>
              {t.markClosed}
            </Button>
            <Button onClick={() => setAsking(false)}>{t.keep}</Button>
          </>
        }
      >
        <p>{t.closeNote(count(missing()))}</p>
      </Dialog>
    </div>
  );
}
