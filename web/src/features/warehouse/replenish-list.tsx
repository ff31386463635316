import type { Replenishment } from "@yihao/warehouse/face-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { count } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { moveGoods } from "./data.ts";
import { useFaces, useReplenishments } from "./flow-data.ts";
import { flowWords } from "./flow-words.ts";
import { useRights } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

/** What pick faces want now (补货任务), each moved in one press or on the phone, and the faces themselves under it. */
export function ReplenishList(props: { space: string; warehouse: string }) {
  const t = flowWords();
  const { works } = useRights(() => props.space);
  const w = warehouseWords();
  const tasks = useReplenishments(
    () => props.space,
    () => props.warehouse,
  );
  const faces = useFaces(
    () => props.space,
    () => props.warehouse,
  );
  const [busy, setBusy] = createSignal<string>();
  const keyOf = (one: Replenishment) => `${one.from} ${one.to} ${one.product} ${one.lot ?? ""}`;
  const move = async (one: Replenishment) => {
    if (one.from === null) return;
    setBusy(keyOf(one));
    try {
      const lot = one.lot === undefined ? {} : { lot: one.lot };
      const way = { warehouse: props.warehouse, product: one.product, units: one.units, from: one.from, to: one.to };
      await moveGoods(props.space, { ...way, ...lot }, newIntent());
      toast({ text: t.moved(one.units, one.to) });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(undefined);
    }
  };
  const columns = (): Column<Replenishment>[] => [
    { key: "to", head: w.to, width: "112px", cell: (one) => <Plate>{one.to}</Plate> },
    { key: "name", head: w.product, cell: (one) => one.name },
    {
      key: "there",
      head: t.there,
      width: "96px",
      align: "end",
      from: "tablet",
      cell: (one) => `${count(one.there)} / ${count(one.max)}`,
    },
    { key: "units", head: t.bring, width: "72px", align: "end", cell: (one) => count(one.units) },
    {
      key: "from",
      head: w.from,
      width: "136px",
      cell: (one) => (one.from === null ? <Status is="low" text={t.noSource} /> : <Plate>{one.from}</Plate>),
    },
    {
      key: "act",
      head: "",
      width: "128px",
      from: "tablet",
      cell: (one) => (
        <Show when={one.from !== null && works()}>
          <Button size="sm" icon="move" busy={busy() === keyOf(one)} onClick={() => void move(one)}>
            {t.moveNow}
          </Button>
        </Show>
      ),
    },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="min-h-0 flex-1">
        <DataTable
          label={t.replenish}
          rows={tasks.data ?? []}
          columns={columns()}
          rowKey={keyOf}
          state={tasks.isPending ? "loading" : tasks.isError ? "error" : "ready"}
          problem={tasks.error}
          errorTitle={t.replenishNotRead}
          onRetry={() => void tasks.refetch()}
          empty={<EmptyState title={t.replenishNone} />}
        />
      </div>
      <section class="border-t border-line px-4 py-3">
        <h3 class="flex items-center gap-3 text-xs text-fg-2">
          {t.faces}
          <Show when={works() && tasks.data?.some((one) => one.from !== null)}>
            <span class="ml-auto">
              <LinkButton size="sm" icon="scan" href={`/s/${props.space}/wh/replenish`}>
                {w.phone}
              </LinkButton>
            </span>
          </Show>
        </h3>
        <ul class="max-h-60 overflow-y-auto">
          <For each={faces.data} fallback={<li class="py-2 text-sm text-fg-2">{t.noFaces}</li>}>
            {(face) => (
              <li class="flex flex-wrap items-center gap-3 border-b border-line py-2 text-sm last:border-b-0">
                <Plate>{face.bin}</Plate>
                <span class="min-w-0 flex-1">{face.name}</span>
                <span class="text-fg-2">{`${face.min}–${face.max}`}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </div>
  );
}
