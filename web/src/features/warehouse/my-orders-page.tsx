import { useNavigate, useParams } from "@solidjs/router";
import { Show } from "solid-js";
import { createAsked } from "../../ui/asked.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Unread } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { useOrder, useOrders, useWarehouses } from "./data.ts";
import { createGrowing } from "./document-table.tsx";
import { OrderList, OrderSearch } from "./documents.tsx";
import { OrderDetail } from "./order-detail.tsx";
import { returnWords } from "./return-words.ts";
import { useOwnAdmin } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

/** A company's orders (出库单) with one of them beside the list. */
export default function MyOrdersPage() {
  const t = warehouseWords();
  const params = useParams<{ space: string; order?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const asked = createAsked();
  const shown = createGrowing();
  const orders = useOrders(space, () => false, asked.asked, shown.most);
  const order = useOrder(space, () => params.order);
  const warehouses = useWarehouses(space);
  const zone = () => warehouses.data?.[0]?.zone ?? "Asia/Shanghai";
  const admin = useOwnAdmin(space);
  const open = (id: string | undefined) =>
    navigate(id ? `/s/${params.space}/my/orders/${id}` : `/s/${params.space}/my/orders`, { scroll: false });
  const start = () => (
    <Show when={admin()}>
      <LinkButton kind="primary" icon="outbound" href={`/s/${params.space}/my/orders/new`}>
        {t.newOrder}
      </LinkButton>
    </Show>
  );
  return (
    <>
      <PageHead
        title={t.myOrders}
        actions={
          <>
            <LinkButton kind="text" icon="inbound" href={`/s/${params.space}/my/returns`}>
              {returnWords().returns}
            </LinkButton>
            {start()}
          </>
        }
      />
      <Panes
        work={
          <Pane label={t.myOrders}>
            <div class="flex h-full min-h-0 flex-col">
              <div class="border-b border-line px-4 py-2">
                <OrderSearch asked={asked} />
              </div>
              <OrderList
                orders={orders}
                growing={shown}
                asked={asked}
                zone={zone()}
                current={params.order}
                onOpen={open}
                rowHeight={40}
                start={start()}
              />
            </div>
          </Pane>
        }
        detail={
          <Show when={order.data} fallback={<Unread asked={order} title={t.detailNotRead} rows={5} />}>
            {(one) => (
              <OrderDetail space={params.space} order={one()} zone={zone()} staff={false} mayCancel={admin()} />
            )}
          </Show>
        }
        detailOpen={params.order !== undefined}
        detailTitle={t.order}
        onCloseDetail={() => open(undefined)}
      />
    </>
  );
}
