import { productTable } from "@yihao/warehouse/import-tables";
import { isLow } from "@yihao/warehouse/low-stock";
import type { ListedProduct } from "@yihao/warehouse/product-model";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { count, todayHere } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { createAsked } from "../../ui/asked.ts";
import { Button } from "../../ui/button.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { EmptyState, NoMatch } from "../../ui/feedback.tsx";
import { media } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { SearchBox } from "../../ui/text-field.tsx";
import { allProducts, allStock, useStock } from "./data.ts";
import { ProductForm } from "./product-form.tsx";
import { tracking } from "./view.ts";
import { warehouseWords } from "./words.ts";

/** Enough, low or sold out, by the reorder point. */
export function StockState(props: { product: Pick<ListedProduct, "free" | "onHand" | "reorderPoint"> }) {
  const is = () =>
    props.product.free === 0 ? "soldOut" : isLow(props.product.free, props.product.reorderPoint) ? "low" : "enough";
  return <Status is={is()} {...(is() === "soldOut" ? { tone: "neutral" as const } : {})} />;
}

/** Products with their stock, page by page; search by name, pinyin, code or GTIN. */
export function StockList(props: {
  space: string;
  company: string | undefined;
  current: string | undefined;
  onOpen: (id: string) => void;
  rowHeight?: number;
  aside?: JSX.Element;
  start?: JSX.Element;
  /** Whether whoever looks may add products; a company may, staff by their right. */
  mayAdd?: boolean;
}) {
  const t = warehouseWords();
  const { typed, asked, type } = createAsked();
  const [adding, setAdding] = createSignal(false);
  const tablet = media("(min-width: 768px)");
  const stock = useStock(
    () => props.space,
    () => props.company,
    asked,
  );
  const rows = createMemo(() => stock.data?.pages.flatMap((page) => page.items) ?? []);
  const exported = async () => [
    [t.product, t.code, t.gtin, t.onHand, t.reserved, t.free],
    ...(await allStock(props.space, props.company)).map((one) => [
      ...[one.name, one.code, one.gtin ?? ""],
      ...(one.hidden ? ["", "", ""] : [one.onHand, one.reserved, one.free]),
    ]),
  ];
  const figure = (one: ListedProduct, value: number) => (one.hidden ? "—" : count(value));
  const columns = (): Column<ListedProduct>[] => [
    {
      key: "name",
      head: t.product,
      cell: (one) => (
        <span class="flex min-w-0 flex-col">
          <b class={tablet() ? "truncate" : "line-clamp-2 leading-5 whitespace-normal"}>{one.name}</b>
          <Show when={tracking(t, one)}>{(text) => <span class="truncate text-xs text-fg-2">{text()}</span>}</Show>
        </span>
      ),
    },
    {
      key: "code",
      head: t.code,
      width: "136px",
      from: "tablet",
      cell: (one) => <span class="font-mono text-xs">{one.code}</span>,
    },
    { key: "onHand", head: t.onHand, width: "72px", align: "end", cell: (one) => figure(one, one.onHand) },
    {
      key: "reserved",
      head: t.reserved,
      width: "72px",
      align: "end",
      from: "tablet",
      cell: (one) => figure(one, one.reserved),
    },
    { key: "free", head: t.free, width: "72px", align: "end", cell: (one) => figure(one, one.free) },
    {
      key: "state",
      head: t.state,
      width: "92px",
      cell: (one) => (one.hidden ? <span class="text-xs text-fg-2">{t.hidden}</span> : <StockState product={one} />),
    },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
        <div class="w-full tablet:w-72">
          <SearchBox value={typed()} onInput={type} label={t.search} clear={t.clear} />
        </div>
        {props.aside}
        <Show when={props.company !== "" && (props.mayAdd ?? true)}>
          <Button size="sm" icon="plus" onClick={() => setAdding(true)}>
            {t.addProduct}
          </Button>
          <ProductForm space={props.space} company={props.company} open={adding()} onClose={() => setAdding(false)} />
        </Show>
        <Show when={rows().length > 0}>
          <span class="ml-auto flex flex-wrap gap-1">
            <ExportMenu small name={t.stockFile(todayHere())} rows={exported} />
            <ExportMenu
              small
              label={t.productsExport}
              name={t.productsFile(todayHere())}
              rows={async () =>
                productTable(await allProducts(props.space, props.company), lang() === "en" ? "en" : "zh")
              }
            />
          </span>
        </Show>
      </div>
      <div class="flex min-h-0 flex-1 flex-col">
        <DataTable
          label={t.tabs.products}
          rows={rows()}
          columns={columns()}
          rowKey={(one) => one.id}
          current={props.current}
          onOpen={(one) => props.onOpen(one.id)}
          state={props.company === "" ? "ready" : stock.isPending ? "loading" : stock.isError ? "error" : "ready"}
          problem={stock.error}
          errorTitle={t.listNotRead}
          onRetry={() => void stock.refetch()}
          {...(tablet() ? (props.rowHeight ? { rowHeight: props.rowHeight } : {}) : { rowHeight: 56 })}
          {...(stock.hasNextPage ? { onMore: () => void stock.fetchNextPage() } : {})}
          empty={
            <Show
              when={asked() !== ""}
              fallback={
                <EmptyState title={props.company === "" ? t.chooseOwner : t.noProducts} actions={props.start} />
              }
            >
              <NoMatch text={t.noMatch(asked())} clear={t.clear} onClear={() => type("")} />
            </Show>
          }
        />
      </div>
    </div>
  );
}
