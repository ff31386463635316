import { useNavigate, useParams } from "@solidjs/router";
import { Show } from "solid-js";
import { LinkButton } from "../../ui/button.tsx";
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
            <StockAnalysis
              space={params.space}
              company={undefined}
              zone={zone()}
              current={params.product}
              onOpen={open}
            />
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
