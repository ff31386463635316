import { useNavigate, useParams } from "@solidjs/router";
import { Show } from "solid-js";
import { LinkButton } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { analysisWords } from "./analysis-words.ts";
import { useWarehouses } from "./data.ts";
import { ProductDetail } from "./product-detail.tsx";
import { StockAnalysis } from "./stock-analysis.tsx";
import { warehouseWords } from "./words.ts";

/** A company's own stock analysis (库存分析). */
export default function MyAnalysisPage() {
  const t = analysisWords();
  const words = warehouseWords();
  const params = useParams<{ space: string; product?: string }>();
  const navigate = useNavigate();
  const warehouses = useWarehouses(() => params.space);
  const zone = () => warehouses.data?.[0]?.zone ?? "Asia/Shanghai";
  const root = () => `/s/${params.space}/my/analysis`;
  const open = (product: string | undefined) =>
    navigate(`${root()}${product ? `/${product}` : ""}${location.search}`, { scroll: false });
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <LinkButton icon="left" href={`/s/${params.space}/my/stock`}>
            {words.myStock}
          </LinkButton>
        }
      />
      <Panes
        detailWidth={520}
        work={
          <Pane label={t.title}>
            <Show
              when={warehouses.data}
              fallback={
                <Show when={warehouses.isError} fallback={<Loading rows={8} />}>
                  <div class="p-4">
                    <ErrorState
                      title={t.notRead}
                      still={t.still}
                      problem={warehouses.error}
                      onRetry={() => void warehouses.refetch()}
                    />
                  </div>
                </Show>
              }
            >
              <StockAnalysis
                space={params.space}
                company={undefined}
                zone={zone()}
                current={params.product}
                onOpen={open}
              />
            </Show>
          </Pane>
        }
        detail={
          <Show when={params.product}>
            {(product) => <ProductDetail space={params.space} product={product()} zone={zone()} />}
          </Show>
        }
        detailOpen={params.product !== undefined}
        detailTitle={words.product}
        onCloseDetail={() => open(undefined)}
      />
    </>
  );
}
