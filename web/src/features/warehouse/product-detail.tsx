import type { ProductView } from "@yihao/warehouse/product-model";
import { createMemo, createSignal, For, Show } from "solid-js";
import type { Intent } from "../../api.ts";
import { linkOf } from "../../documents.ts";
import { count, dayCell, instantCell } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Loading, Unread } from "../../ui/feedback.tsx";
import { StockLine } from "../../ui/line-charts.tsx";
import { Metric, media } from "../../ui/panes.tsx";
import { Picture } from "../../ui/photo-field.tsx";
import { Plate } from "../../ui/plate.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { NumberField } from "../../ui/text-field.tsx";
import { useCard, useProduct, useSeries, useWarehouses } from "./data.ts";
import { recordLabels, saveProductLabels } from "./flow-data.ts";
import { KitPanel } from "./kit-panel.tsx";
import { LabelMenu } from "./label-menu.tsx";
import { packsWords } from "./packs-words.ts";
import { ProductForm } from "./product-form.tsx";
import { PromisableSection } from "./promisable.tsx";
import { SerialTag } from "./serial-tag.tsx";
import { docNumber, placeName, tracking } from "./view.ts";
import { useOwnAdmin, useRights } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

type Row = NonNullable<ReturnType<typeof useCard>["data"]>["pages"][number]["items"][number];

/** One product: what is there, 30 days of it, where it lies, and the stock card that explains every unit (流水). */
export function ProductDetail(props: {
  space: string;
  product: string;
  zone: string;
  mark?: string | undefined;
  staff?: boolean;
}) {
  const t = warehouseWords();
  const product = useProduct(
    () => props.space,
    () => props.product,
  );
  const card = useCard(
    () => props.space,
    () => props.product,
  );
  const series = useSeries(
    () => props.space,
    () => props.product,
    () => props.zone,
  );
  const rights = useRights(() => props.space);
  const works = () => props.staff === true && rights.works();
  const admin = useOwnAdmin(() => props.space);
  const warehouses = useWarehouses(() => props.space);
  const warehouseName = (id: string) =>
    (warehouses.data?.length ?? 0) > 1 ? warehouses.data?.find((one) => one.id === id)?.name : undefined;
  const rows = createMemo(() => card.data?.pages.flatMap((page) => page.items) ?? []);
  const where = (account: string) => {
    const { place, bin } = placeName(account);
    return bin ?? t.at[place as keyof typeof t.at] ?? place;
  };
  const columns = (): Column<Row>[] => [
    { key: "at", head: t.time, width: tablet() ? "112px" : "100px", cell: (row) => instantCell(row.at, props.zone) },
    {
      key: "type",
      head: t.type,
      width: lang() === "en" ? "92px" : "60px",
      from: "tablet",
      cell: (row) => t.types[row.type],
    },
    {
      key: "way",
      head: `${t.from} → ${t.to}`,
      cell: (row) => (
        <span class="flex min-w-0 flex-col text-xs leading-5">
          <span class="truncate">
            {where(row.from)} → {where(row.to)}
          </span>
          <Show when={!tablet()}>
            <span class="truncate text-fg-2">{[t.types[row.type], row.lot].filter(Boolean).join(" ")}</span>
          </Show>
          <Show when={tablet() && twoLines() && (row.lot ?? row.document)}>
            <span class="truncate font-mono text-fg-2">
              {[row.lot, row.document && docNumber(row.document)].filter(Boolean).join(" · ")}
            </span>
          </Show>
        </span>
      ),
    },
    // Where goods are told apart, and where places have long names, the document stands under the way, so that it has room.
    ...(twoLines()
      ? []
      : [
          {
            key: "document",
            head: t.document,
            width: "72px",
            from: "tablet" as const,
            cell: (row: Row) => <span class="font-mono text-xs">{row.document ? docNumber(row.document) : "—"}</span>,
          },
        ]),
    {
      key: "change",
      head: t.change,
      width: tablet() ? "68px" : "56px",
      align: "end",
      cell: (row) => (row.change === 0 ? `(${count(row.units)})` : count(row.change, { sign: true })),
    },
    { key: "after", head: t.after, width: tablet() ? "76px" : "60px", align: "end", cell: (row) => count(row.after) },
  ];
  const tablet = media("(min-width: 768px)");
  const lots = () => rows().some((row) => row.lot !== undefined);
  /** Lots and serials, and English, take a second line. */
  const twoLines = () => lots() || lang() === "en";
  const [wanted, setWanted] = createSignal<number | undefined>(1);
  const copies = () => Math.min(500, Math.max(1, wanted() ?? 1));
  const factsOf = ({ track, dated, shelfDays, weightGrams, size }: ProductView) => {
    const p = packsWords();
    return [
      tracking(t, { track, dated }),
      shelfDays === undefined ? "" : p.keeps(count(shelfDays)),
      weightGrams === undefined ? "" : p.weighs(count(weightGrams)),
      size === undefined ? "" : p.edges([size.lengthMm, size.widthMm, size.heightMm].map((one) => count(one))),
    ]
      .filter(Boolean)
      .join(" · ");
  };
  const [editing, setEditing] = createSignal(false);
  const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: props.zone });
  const days = () => series.data?.days ?? [];

  return (
    <Show when={product.data} fallback={<Unread asked={product} title={t.detailNotRead} rows={8} />}>
      {(one) => (
        <div class="flex h-full min-h-0 flex-col overflow-y-auto bg-surface">
          <header class="border-b border-line px-4 py-4">
            <div class="flex flex-wrap items-center gap-3">
              <h2
                class="min-w-0 basis-full text-md"
                classList={{ "tablet:flex-1 tablet:basis-0": one().product.picture === undefined }}
              >
                {one().product.name}
              </h2>
              <Show when={one().product.picture}>
                {(picture) => (
                  <Picture
                    label={one().product.name}
                    of={picture()}
                    link={() => linkOf(props.space, one().product.company, picture())}
                  />
                )}
              </Show>
              <span class="w-28">
                <NumberField
                  bare
                  label={t.copies}
                  unit={t.copiesUnit}
                  min={1}
                  max={500}
                  bind={bound(wanted, setWanted)}
                />
              </span>
              <LabelMenu
                about={one().product.name}
                save={(format) => saveProductLabels(props.space, one().product, { copies: copies() }, format)}
                {...(works()
                  ? {
                      charge: (intent: Intent) =>
                        recordLabels(props.space, { product: one().product.id }, copies(), intent),
                    }
                  : {})}
              />
              <Show when={props.staff !== true || works()}>
                <Button size="sm" onClick={() => setEditing(true)}>
                  {t.edit}
                </Button>
              </Show>
            </div>
            <p class="mt-1 font-mono text-xs text-fg-2">
              {one().product.code}
              <Show when={one().product.gtin !== one().product.code && one().product.gtin}>
                {(gtin) => <> · {gtin()}</>}
              </Show>
            </p>
            <Show when={factsOf(one().product)}>{(text) => <p class="mt-1 text-xs text-fg-2">{text()}</p>}</Show>
            <Show when={one().product.packs}>
              {(packs) => (
                <ul class="mt-1 flex flex-wrap gap-x-4 text-xs text-fg-2">
                  <For each={packs()}>
                    {(pack) => (
                      <li>
                        {packsWords().holds(pack.name, `${count(pack.units)} ${one().product.unit}`)}
                        <Show when={pack.gtin}>{(gtin) => <span class="font-mono"> · {gtin()}</span>}</Show>
                      </li>
                    )}
                  </For>
                </ul>
              )}
            </Show>
          </header>
          <div class="grid grid-cols-4 border-b border-line">
            <For
              each={
                [
                  [t.onHand, one().stock.onHand],
                  [t.reserved, one().stock.reserved],
                  [t.free, one().stock.free],
                  [t.held, one().stock.held + one().stock.pledged],
                ] as const
              }
            >
              {([label, value]) => (
                <div class="border-r border-line px-4 py-3 last:border-r-0" aria-live="polite">
                  <Metric label={label} value={one().stock.hidden ? "—" : count(value)} />
                </div>
              )}
            </For>
          </div>
          <PromisableSection space={props.space} product={props.product} />
          <section class="border-b border-line px-4 py-3">
            <h3 class="mb-2 text-sm font-strong">{t.last30}</h3>
            <Show
              when={days().length > 0}
              fallback={series.data?.hidden ? <p class="text-sm text-fg-2">{t.hidden}</p> : <Loading rows={2} />}
            >
              <StockLine
                title={t.last30}
                summary={t.chart(count(days()[0]?.onHand ?? 0), count(days().at(-1)?.onHand ?? 0))}
                labels={days().map(({ day }) => dayCell(day, new Date().getFullYear()))}
                values={days().map(({ onHand }) => onHand)}
                {...(series.data?.reorderPoint === undefined ? {} : { reorder: series.data.reorderPoint })}
                format={count}
                nowLabel={t.onHand}
              />
            </Show>
          </section>
          <section class="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-3 text-sm">
            <h3 class="text-xs text-fg-2">{t.places}</h3>
            <For
              each={one().stock.places}
              fallback={<span class="text-fg-2">{one().stock.hidden ? t.hidden : t.nowhere}</span>}
            >
              {(place) => (
                <span class="inline-flex items-center gap-1.5">
                  <Plate
                    {...(place.bin === undefined ? { han: true } : {})}
                    {...(place.bin !== undefined && place.bin === props.mark ? { tone: "brand" as const } : {})}
                  >
                    {place.bin ?? t.at[place.place as keyof typeof t.at] ?? place.place}
                  </Plate>
                  <Show when={place.bin !== undefined && warehouseName(place.warehouse)}>
                    {(name) => <span class="text-xs text-fg-2">{name()}</span>}
                  </Show>
                  {count(place.units)}
                  <Show when={place.lot}>
                    {(lot) => (
                      <span class="inline-flex flex-wrap items-center gap-x-2 text-xs text-fg-2">
                        <span>
                          <span class="font-mono">{lot()}</span>
                          <Show when={place.expiry}>{(day) => <> · {t.expires(day(), day() < today())}</>}</Show>
                        </span>
                        <Show when={one().product.track === "serial"}>
                          <SerialTag space={props.space} product={props.product} serial={lot()} writes={works()} />
                        </Show>
                        <LabelMenu
                          about={lot()}
                          save={(format) =>
                            saveProductLabels(
                              props.space,
                              one().product,
                              { copies: Math.min(500, place.units), lot: lot() },
                              format,
                            )
                          }
                          {...(works()
                            ? {
                                charge: (intent: Intent) =>
                                  recordLabels(
                                    props.space,
                                    { product: one().product.id },
                                    Math.min(500, place.units),
                                    intent,
                                  ),
                              }
                            : {})}
                        />
                      </span>
                    )}
                  </Show>
                </span>
              )}
            </For>
          </section>
          <KitPanel
            space={props.space}
            product={one().product}
            staff={works()}
            mayEdit={props.staff === true ? works() : admin()}
          />
          <h3 class="px-4 py-3 text-sm font-strong">{t.card}</h3>
          <div class="min-h-60 flex-1">
            <DataTable
              label={t.card}
              rows={rows()}
              columns={columns()}
              rowKey={(row) => row.id}
              state={card.isPending ? "loading" : card.isError ? "error" : "ready"}
              problem={card.error}
              errorTitle={t.listNotRead}
              onRetry={() => void card.refetch()}
              {...(tablet() ? { minWidth: 500 } : {})}
              {...(twoLines() || !tablet() ? { rowHeight: 48 } : {})}
              empty={<p class="px-4 py-3 text-fg-2">{one().stock.hidden ? t.hidden : t.noCard}</p>}
            />
          </div>
          <ProductForm space={props.space} product={one().product} open={editing()} onClose={() => setEditing(false)} />
          <Show when={card.hasNextPage}>
            <p class="border-t border-line p-3">
              <Button kind="text" busy={card.isFetchingNextPage} onClick={() => void card.fetchNextPage()}>
                {t.moreCard}
              </Button>
            </p>
          </Show>
        </div>
      )}
    </Show>
  );
}
