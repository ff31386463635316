import type { ListedProduct } from "@yihao/warehouse/product-model";
import { createMemo, For, Show } from "solid-js";
import { count } from "../../format.ts";
import { CoverBar, StageBar } from "../../ui/bar-charts.tsx";
import { LinkButton, TextLink } from "../../ui/button.tsx";
import { EmptyState, Flash } from "../../ui/feedback.tsx";
import { media } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import type { useOrders, useStock } from "./data.ts";
import { Part, Quiet } from "./part.tsx";
import { byUrgency, countStages, ordersOfDay, shortOrders, stages, stockState } from "./view.ts";
import { portalWords } from "./words.ts";

const shown = 8;

/** The company's stock, what needs goods first, with the two acts on it. */
export function OurStock(props: { stock: ReturnType<typeof useStock>; base: string; mayOrder: boolean }) {
  const t = portalWords();
  const rows = createMemo(() => byUrgency(props.stock.data?.items ?? []));
  const more = () => (props.stock.data?.next ? "+" : "");
  const say = () => {
    if (rows().length === 0) return undefined;
    const units = rows().reduce((sum, { onHand }) => sum + onHand, 0);
    return t.stockSay(count(rows().length) + more(), count(units) + more());
  };
  const announce = () => (
    <LinkButton icon="inbound" size="lg" href={`${props.base}/inbound/new`}>
      {t.announce}
    </LinkButton>
  );
  return (
    <Part
      title={t.stock}
      note={say()}
      actions={
        <Show when={rows().length > 0}>
          <span class="flex flex-wrap gap-2">
            {announce()}
            <Show when={props.mayOrder}>
              <LinkButton icon="outbound" size="lg" href={`${props.base}/orders/new`}>
                {t.orderOut}
              </LinkButton>
            </Show>
          </span>
        </Show>
      }
    >
      <Reading asked={props.stock} failed={t.stockNotRead} rows={6}>
        {() => (
          <Show
            when={rows().length > 0}
            fallback={
              <EmptyState title={t.noStock} actions={announce()}>
                {t.noStockSay}
              </EmptyState>
            }
          >
            <StockTable rows={rows().slice(0, shown)} base={props.base} />
            <Show when={rows().length > shown}>
              <Quiet>
                <TextLink href={`${props.base}/stock`}>{t.allStock(count(rows().length) + more())}</TextLink>
              </Quiet>
            </Show>
          </Show>
        )}
      </Reading>
    </Part>
  );
}

function StockTable(props: { rows: readonly ListedProduct[]; base: string }) {
  const t = portalWords();
  const tablet = media("(min-width: 768px)");
  const wide = media("(min-width: 1360px)");
  const roomy = media("(min-width: 1680px)");
  return (
    <table class="w-full table-fixed tabular-nums">
      <caption class="y-hidden">{t.stock}</caption>
      <thead class="bg-sunken text-xs text-fg-2">
        <tr>
          <th scope="col" class="py-2 pl-4 text-left font-regular">
            {t.product}
          </th>
          <Show when={roomy()}>
            <th scope="col" class="w-36 py-2 text-left font-regular">
              GTIN
            </th>
          </Show>
          <Show when={tablet()}>
            <th scope="col" class="w-20 py-2 text-right font-regular">
              {t.onHand}
            </th>
          </Show>
          <th scope="col" class="w-16 py-2 text-right font-regular tablet:w-20">
            {t.free}
          </th>
          <Show when={wide()}>
            <th scope="col" class="w-44 py-2 pl-8 text-left font-regular whitespace-nowrap">
              <span class="inline-flex items-center gap-1.5">
                <i class="y-line-key" />
                {t.reorder}
              </span>
            </th>
          </Show>
          <th scope="col" class="w-28 py-2 pr-4 pl-5 text-left font-regular">
            {t.state}
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr class="h-11 border-b border-line">
              <th scope="row" class="truncate pl-4 text-left font-regular">
                <span class="y-quiet-link">
                  <TextLink href={`${props.base}/stock/${row.id}`}>{row.name}</TextLink>
                </span>
              </th>
              <Show when={roomy()}>
                <td class="truncate font-mono text-xs text-fg-2">{row.gtin ?? row.code}</td>
              </Show>
              <Show when={tablet()}>
                <td class="text-right">{count(row.onHand)}</td>
              </Show>
              <td class="text-right">
                <Flash value={count(row.free)} />
              </td>
              <Show when={wide()}>
                <td class="pl-8">
                  <Show when={row.reorderPoint !== undefined} fallback={<span class="text-fg-3">—</span>}>
                    <span class="grid grid-cols-[80px_auto] items-center gap-2">
                      <CoverBar
                        value={row.free}
                        line={row.reorderPoint ?? 0}
                        of={(row.reorderPoint ?? 0) * 3}
                        tone={({ soldOut: "out", low: "low", enough: "enough" } as const)[stockState(row)]}
                        label={t.reorderAt(count(row.free), count(row.reorderPoint ?? 0))}
                      />
                      <span class="text-xs text-fg-2">{count(row.reorderPoint ?? 0)}</span>
                    </span>
                  </Show>
                </td>
              </Show>
              <td class="pr-4 pl-5 text-xs">
                <Status is={stockState(row)} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** The day's orders by stage, as one bar with its numbers; which are short. */
export function OurOrders(props: { orders: ReturnType<typeof useOrders>; base: string; today: string; zone: string }) {
  const t = portalWords();
  const rows = createMemo(() => ordersOfDay(props.orders.data ?? [], props.today, props.zone));
  const counts = createMemo(() => countStages(rows()));
  const short = () => shortOrders(rows());
  const summary = () => stages.map((stage) => `${t.stages[stage]} ${counts()[stage]}`).join(", ");
  return (
    <Part
      title={t.orders}
      note={props.orders.data ? t.ordersSay(rows().length) : undefined}
      actions={<TextLink href={`${props.base}/orders`}>{t.allOrders}</TextLink>}
    >
      <Reading asked={props.orders} failed={t.ordersNotRead}>
        {() => (
          <Show when={rows().length > 0} fallback={<Quiet>{t.noOrders}</Quiet>}>
            <div class="px-4 py-4">
              <StageBar
                title={t.orders}
                summary={summary()}
                stages={stages.map((stage) => ({ key: stage, name: t.stages[stage], value: counts()[stage] }))}
                format={(value) => count(value)}
              />
              <Show when={short()[0]}>
                {(first) => (
                  <p class="mt-2 flex items-center gap-3">
                    <Status is="mismatch" text={t.short(short().length)} />
                    <span class="min-w-0 flex-1 truncate text-xs text-fg-2">
                      {first().lines.find((line) => line.short !== undefined)?.name}
                    </span>
                    <TextLink href={`${props.base}/orders/${first().id}`}>{t.handle}</TextLink>
                  </p>
                )}
              </Show>
            </div>
          </Show>
        )}
      </Reading>
    </Part>
  );
}
