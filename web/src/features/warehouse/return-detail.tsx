import type { ReturnView } from "@yihao/warehouse/return-model";
import { undecided } from "@yihao/warehouse/return-rules";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { count, instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { DocumentHead, LineGoods } from "./document-head.tsx";
import { usePacked } from "./packs-read.ts";
import { endReturn } from "./return-data.ts";
import { returnMark } from "./return-list.tsx";
import { returnWords } from "./return-words.ts";
import { docNumber } from "./view.ts";
import { warehouseWords } from "./words.ts";

type Line = ReturnView["lines"][number];

/** A return with what came and what became of it; staff receive and end it, a company cancels what has not come. */
export function ReturnDetail(props: {
  space: string;
  back: ReturnView;
  zone: string;
  staff: boolean;
  mayEnd: boolean;
}) {
  const t = returnWords();
  const w = warehouseWords();
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  let intent = newIntent();
  const open = () => props.back.state === "expected" || props.back.state === "receiving";
  const inPacks = usePacked(
    () => props.space,
    () => props.back.lines,
  );
  const end = async () => {
    setBusy(true);
    try {
      await endReturn(props.space, props.back.id, intent);
      intent = newIntent();
      setAsking(false);
      toast({ text: t.ended });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const outcomes = ["restocked", "quarantined", "scrapped", "sentBack"] as const;
  const columns = (): Column<Line>[] => [
    {
      key: "name",
      head: w.product,
      cell: (line) => (
        <LineGoods name={line.name} packed={inPacks(line.product, line.expected)}>
          <Show when={outcomes.some((one) => line[one] > 0)}>
            <span class="truncate text-xs text-fg-2">
              {outcomes
                .filter((one) => line[one] > 0)
                .map((one) => `${t[one]} ${count(line[one])}`)
                .join(" · ")}
            </span>
          </Show>
        </LineGoods>
      ),
    },
    { key: "expected", head: t.expected, width: "80px", align: "end", cell: (line) => count(line.expected) },
    { key: "received", head: t.received, width: "80px", align: "end", cell: (line) => count(line.received) },
    {
      key: "waits",
      head: w.state,
      width: "120px",
      cell: (line) =>
        undecided(line) > 0 ? <Status is="queued" text={t.waits(undecided(line))} /> : <span class="text-fg-2">—</span>,
    },
  ];
  const verb = () => (props.staff ? t.end : t.cancel);
  return (
    <div class="flex h-full min-h-0 flex-col bg-surface">
      <DocumentHead
        what={t.return}
        number={docNumber(props.back.id)}
        mark={returnMark[props.back.state]}
        state={t.states[props.back.state]}
        facts={
          <>
            {instantCell(props.back.at, props.zone)} · {t.reasons[props.back.reason]}
            <Show when={props.back.order}>
              {(order) => (
                <>
                  {" "}
                  · {t.order} <span class="font-mono">{docNumber(order())}</span>
                </>
              )}
            </Show>
            <Show when={props.back.tracking}>{(number) => <span class="font-mono"> · {number()}</span>}</Show>
          </>
        }
      >
        <Show when={props.back.note}>{(note) => <p class="mt-1 text-xs">{note()}</p>}</Show>
      </DocumentHead>
      <div class="min-h-0 flex-1">
        <DataTable
          label={t.return}
          rows={props.back.lines}
          columns={columns()}
          rowKey={(line) => String(line.line)}
          minWidth={420}
        />
      </div>
      <Show when={open() && (props.staff || (props.mayEnd && props.back.state === "expected"))}>
        <footer class="flex flex-wrap gap-2 border-t border-line p-3">
          <Show when={props.staff}>
            <LinkButton kind="primary" icon="inbound" href={`/s/${props.space}/wh/return/${props.back.id}`}>
              {t.receive}
            </LinkButton>
          </Show>
          <Button kind={props.staff ? "text" : "danger-outline"} onClick={() => setAsking(true)}>
            {verb()}
          </Button>
        </footer>
      </Show>
      <Dialog
        open={asking()}
        onClose={() => setAsking(false)}
        title={t.endTitle}
        foot={
          <>
            <Button kind="danger" busy={busy()} onClick={() => void end()}>
              {verb()}
            </Button>
            <Button onClick={() => setAsking(false)}>{t.keep}</Button>
          </>
        }
      >
        <p>{t.endNote}</p>
      </Dialog>
    </div>
  );
}
