import { useNavigate, useParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { LinkButton } from "../../ui/button.tsx";
import { Unread } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useAsn, useAsns, useWarehouses } from "./data.ts";
import { createGrowing } from "./document-table.tsx";
import { AsnList } from "./documents.tsx";
import { InboundDetail } from "./inbound-detail.tsx";
import { OwnRules } from "./own-rules.tsx";
import { ProductDetail } from "./product-detail.tsx";
import { StockList } from "./stock-list.tsx";
import { useOwnAdmin } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

/** A company's stock (我的库存), live, with the stock card of each product, and its inbound notices. */
export default function MyStockPage() {
  const t = warehouseWords();
  const params = useParams<{ space: string; product?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const [view, setView] = createSignal<"products" | "inbound">(
    params.product?.startsWith("asn_") ? "inbound" : "products",
  );
  const warehouses = useWarehouses(space);
  const zone = () => warehouses.data?.[0]?.zone ?? "Asia/Shanghai";
  const admin = useOwnAdmin(space);
  const shown = createGrowing();
  const asns = useAsns(space, () => undefined, true, shown.most);
  const notice = () => (params.product?.startsWith("asn_") ? params.product : undefined);
  const asn = useAsn(space, notice);
  const open = (id: string | undefined) =>
    navigate(id ? `/s/${params.space}/my/stock/${id}` : `/s/${params.space}/my/stock`, { scroll: false });
  const start = () => (
    <LinkButton icon="inbound" href={`/s/${params.space}/my/inbound/new`}>
      {t.newAsn}
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title={t.myStock}
        actions={
          <>
            <LinkButton icon="chart" href={`/s/${params.space}/my/analysis`}>
              {t.tabs.analysis}
            </LinkButton>
            <LinkButton icon="upload" href={`/s/${params.space}/my/import`}>
              {t.importing}
            </LinkButton>
            {start()}
            <Show when={admin()}>
              <LinkButton kind="primary" icon="outbound" href={`/s/${params.space}/my/orders/new`}>
                {t.newOrder}
              </LinkButton>
            </Show>
          </>
        }
      />
      <Panes
        detailWidth={520}
        work={
          <Pane label={t.myStock}>
            <div class="flex h-full min-h-0 flex-col">
              <OwnRules space={params.space} />
              <div class="border-b border-line px-4">
                <Tabs
                  label={t.myStock}
                  items={[
                    { key: "products" as const, label: t.tabs.products },
                    { key: "inbound" as const, label: t.tabs.inbound },
                  ]}
                  value={view()}
                  onChange={setView}
                />
              </div>
              <div class="flex min-h-0 flex-1 flex-col">
                <Show
                  when={view() === "products"}
                  fallback={
                    <AsnList
                      asns={asns}
                      growing={shown}
                      zone={zone()}
                      current={params.product}
                      onOpen={open}
                      rowHeight={40}
                      start={start()}
                    />
                  }
                >
                  <StockList
                    space={params.space}
                    company={undefined}
                    current={params.product}
                    onOpen={open}
                    rowHeight={40}
                    start={start()}
                  />
                </Show>
              </div>
            </div>
          </Pane>
        }
        detail={
          <Show
            when={notice()}
            fallback={
              <Show when={params.product}>
                {(product) => <ProductDetail space={params.space} product={product()} zone={zone()} />}
              </Show>
            }
          >
            <Show when={asn.data} fallback={<Unread asked={asn} title={t.detailNotRead} rows={5} />}>
              {(one) => <InboundDetail space={params.space} asn={one()} zone={zone()} staff={false} />}
            </Show>
          </Show>
        }
        detailOpen={params.product !== undefined}
        detailTitle={notice() ? t.asn : t.product}
        onCloseDetail={() => open(undefined)}
      />
    </>
  );
}
