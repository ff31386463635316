import type { CountLine } from "@yihao/warehouse/count-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { count as figure, instantCell, money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Note, Unread } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { judgeCount, recount, useCount } from "./count-data.ts";
import { countMark } from "./count-list.tsx";
import { countWords } from "./count-words.ts";
import { DocumentHead } from "./document-head.tsx";
import { docNumber } from "./view.ts";
import { useRights } from "./warehouse-here.ts";

type Row = CountLine & { bin: string; key: string };

/** One count: how far it is, and for those who judge what differs, to approve, reject or send back (审核). */
export function CountDetail(props: {
  space: string;
  count: string;
  zone: string;
  ownerName: (company: string) => string;
}) {
  const t = countWords();
  const { works } = useRights(() => props.space);
  const read = useCount(
    () => props.space,
    () => props.count,
  );
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  let intent = newIntent();
  const act = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true);
    try {
      await work();
      intent = newIntent();
      toast({ text: said });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
      setAsking(false);
      await read.refetch();
    }
  };
  const rows = (): Row[] =>
    (read.data?.items ?? []).flatMap((bin) =>
      (bin.lines ?? []).flatMap((line, at) =>
        line.variance === 0 ? [] : [{ ...line, bin: bin.code, key: `${bin.code} ${at}` }],
      ),
    );
  const open = () => read.data?.items.some((bin) => bin.lines !== undefined) ?? false;
  const units = () => rows().reduce((sum, row) => sum + row.variance, 0);
  const value = () => rows().reduce((sum, row) => sum + (row.valueMinor ?? 0), 0);
  const columns = (): Column<Row>[] => [
    { key: "bin", head: t.bins, width: "92px", cell: (row) => <Plate>{row.bin}</Plate> },
    {
      key: "name",
      head: t.product,
      cell: (row) => (
        <span class="flex min-w-0 flex-col">
          <span class="truncate">{row.name}</span>
          <span class="truncate text-xs text-fg-2">
            {props.ownerName(row.company)}
            <Show when={row.lot}>{(lot) => <span class="font-mono"> · {lot()}</span>}</Show>
          </span>
        </span>
      ),
    },
    {
      key: "expected",
      head: t.expected,
      width: lang() === "en" ? "76px" : "56px",
      align: "end",
      cell: (row) => figure(row.expected),
    },
    {
      key: "counted",
      head: t.counted,
      width: lang() === "en" ? "68px" : "56px",
      align: "end",
      cell: (row) => figure(row.counted),
    },
    {
      key: "variance",
      head: t.variance,
      width: "72px",
      align: "end",
      cell: (row) => (
        <span class="flex flex-col">
          <b>{figure(row.variance, { sign: true })}</b>
          <Show when={row.posted !== undefined && row.posted !== row.variance}>
            <span class="text-xs text-warn-fg">{t.posted(figure(row.posted ?? 0, { sign: true }))}</span>
          </Show>
        </span>
      ),
    },
    {
      key: "value",
      head: t.valueHead,
      width: "88px",
      align: "end",
      from: "tablet",
      cell: (row) => (row.valueMinor === undefined ? "—" : money(row.valueMinor, { sign: true })),
    },
  ];
  return (
    <Show when={read.data} fallback={<Unread asked={read} title={t.notRead} rows={8} />}>
      {(one) => (
        <div class="flex h-full min-h-0 flex-col bg-surface">
          <DocumentHead
            what={t.count}
            number={docNumber(one().id)}
            mark={countMark[one().state]}
            state={t.states[one().state]}
            facts={
              <>
                {instantCell(one().at, props.zone)} · {t.done} {one().done} / {one().bins}
                <Show when={one().asked}>{(asked) => <> · {t.askedBy(props.ownerName(asked()))}</>}</Show>
              </>
            }
          />
          <Show
            when={open()}
            fallback={
              <div class="min-h-0 flex-1 overflow-y-auto">
                <div class="p-4">
                  <Note tone="info">{one().state === "to-review" ? t.cannotJudge : t.blind}</Note>
                </div>
                <ul>
                  <For each={one().items}>
                    {(bin) => (
                      <li class="flex items-center gap-3 border-t border-line px-4 py-2 text-sm">
                        <Plate>{bin.code}</Plate>
                        <span class="flex-1">{t.binStates[bin.state]}</span>
                        <Show when={bin.round > 1}>
                          <span class="text-xs text-fg-2">{t.round(bin.round)}</span>
                        </Show>
                      </li>
                    )}
                  </For>
                </ul>
              </div>
            }
          >
            <p class="border-b border-line px-4 py-3 text-sm">
              <Show when={rows().length > 0} fallback={t.noDifference}>
                {t.total(figure(units(), { sign: true }), money(value(), { sign: true }))}
              </Show>
            </p>
            <div class="min-h-0 flex-1">
              <DataTable
                label={t.differences}
                rows={rows()}
                columns={columns()}
                rowKey={(row) => row.key}
                rowHeight={44}
                minWidth={420}
                empty={<p class="px-4 py-3 text-fg-2">{t.noDifference}</p>}
              />
            </div>
          </Show>
          <footer class="flex flex-wrap gap-2 border-t border-line p-3 empty:hidden">
            <Show when={works() && (one().state === "requested" || one().state === "counting")}>
              <LinkButton kind="primary" icon="count" href={`/s/${props.space}/wh/count/${one().id}`}>
                {t.goCount}
              </LinkButton>
            </Show>
            <Show when={one().mayJudge}>
              <Button kind="primary" icon="check" busy={busy()} onClick={() => setAsking(true)}>
                {t.approve}
              </Button>
              <Show when={one().state === "to-review"}>
                <Button
                  busy={busy()}
                  onClick={() => {
                    const bins = [...new Set(rows().map((row) => row.bin))];
                    void act(() => recount(props.space, one().id, bins, intent), t.sentBack(bins.length));
                  }}
                >
                  {t.recount}
                </Button>
                <Button
                  kind="text"
                  busy={busy()}
                  onClick={() => void act(() => judgeCount(props.space, one().id, "reject", intent), t.rejected)}
                >
                  {t.reject}
                </Button>
              </Show>
            </Show>
            <Show when={works() && ["requested", "counting"].includes(one().state)}>
              <Button
                kind="text"
                busy={busy()}
                onClick={() => void act(() => judgeCount(props.space, one().id, "cancel", intent), t.cancelledToast)}
              >
                {t.cancel}
              </Button>
            </Show>
          </footer>
          <Dialog
            open={asking()}
            onClose={() => setAsking(false)}
            title={t.approveTitle}
            foot={
              <>
                <Button
                  kind="primary"
                  busy={busy()}
                  onClick={() => void act(() => judgeCount(props.space, one().id, "approve", intent), t.approved)}
                >
                  {t.approve}
                </Button>
                <Button onClick={() => setAsking(false)}>{t.keep}</Button>
              </>
            }
          >
            <p>{t.approveSay(rows().length, figure(units(), { sign: true }))}</p>
          </Dialog>
        </div>
      )}
    </Show>
  );
}
