import { Navigate, useNavigate, useParams } from "@solidjs/router";
import { createMemo, createSignal, Match, Show, Switch } from "solid-js";
import { count } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { createAsked } from "../../ui/asked.ts";
import { bound } from "../../ui/binding.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { EmptyState, ErrorState, Loading, Unread } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu } from "../../ui/menu.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { LinkTabs } from "../../ui/tabs.tsx";
import { CountDetail } from "./count-detail.tsx";
import { CountList } from "./count-list.tsx";
import { documentsMost, useAsn, useAsns, useElevation, useOrder, useOrders, useOwners, useProduct } from "./data.ts";
import { createGrowing } from "./document-table.tsx";
import { AsnList } from "./documents.tsx";
import { ExceptionList } from "./exception-list.tsx";
import { useTransfers } from "./flow-data.ts";
import { InboundDetail } from "./inbound-detail.tsx";
import { LiveFeed } from "./live-feed.tsx";
import { OpenWarehouse } from "./open-warehouse.tsx";
import { OrderDetail } from "./order-detail.tsx";
import { type OrderViewing, OrderWork } from "./order-work.tsx";
import { ownerWords } from "./owner-words.ts";
import { packWords } from "./pack-words.ts";
import { PalletDetail, PalletList } from "./pallets.tsx";
import { ProductDetail } from "./product-detail.tsx";
import { RackMap } from "./rack-map.tsx";
import { ReplenishList } from "./replenish-list.tsx";
import { useReturn } from "./return-data.ts";
import { ReturnDetail } from "./return-detail.tsx";
import { StaffReturns } from "./staff-returns.tsx";
import { StockAnalysis } from "./stock-analysis.tsx";
import { StockList } from "./stock-list.tsx";
import { TransferDetail, TransferList } from "./transfers.tsx";
import { choicesOf, useRights, useWarehousesHere, workIn } from "./warehouse-here.ts";
import { WaveDetail } from "./waves.tsx";
import { warehouseWords } from "./words.ts";

const tabs = [
  "bins",
  "products",
  "inbound",
  "orders",
  "pallets",
  "returns",
  "counts",
  "analysis",
  "replenish",
  "transfers",
  "exceptions",
] as const;
type Tab = (typeof tabs)[number];
/** Tabs that only those read who work in the warehouse. */
const ofWork: ReadonlySet<Tab> = new Set(["counts", "exceptions"]);

/** 云仓: racks as they are now with the live feed, products, inbound notices, orders and counts, one detail beside them. */
export default function WarehousePage() {
  const t = warehouseWords();
  const params = useParams<{ space: string; tab?: string; item?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const tab = (): Tab => tabs.find((one) => one === params.tab) ?? "bins";
  const root = () => `/s/${params.space}/warehouse`;
  const open = (item: string | undefined, on: Tab = tab()) =>
    navigate(`${root()}/${on}${item ? `/${item}` : ""}${on === "analysis" ? location.search : ""}`, { scroll: false });

  const { works, manages } = useRights(space);
  const warehouses = useWarehousesHere(space);
  const warehouse = () => warehouses.data?.[0];
  const id = () => warehouse()?.id;
  const zone = () => warehouse()?.zone ?? "Asia/Shanghai";
  const elevation = useElevation(space, id);
  const owners = useOwners(space);
  const [owner, setOwner] = createSignal<string>();
  // A product that was come to by its address is seen among its owner's.
  const opened = useProduct(space, () => (params.tab === "products" ? params.item : undefined));
  const ownerId = () => owner() ?? opened.data?.product.company ?? owners.data?.[0]?.company ?? "";
  const ownerName = (company: string) => owners.data?.find((one) => one.company === company)?.name ?? company;
  const [bin, setBin] = createSignal<string>();
  const [noticesShown, ordersShown] = [createGrowing(), createGrowing()];
  const asns = useAsns(space, id, false, noticesShown.most);
  const [mine, setMine] = createSignal<OrderViewing>(params.item?.startsWith("wav_") ? "waves" : "open");
  const asked = createAsked();
  const orders = useOrders(space, () => mine() === "open", asked.asked, ordersShown.most);
  // What is to be shipped is told whatever the list below shows.
  const openOrders = useOrders(space, () => true);
  const toShip = () =>
    openOrders.data ? `${count(openOrders.data.length)}${openOrders.data.length < documentsMost ? "" : "+"}` : "—";
  const asn = useAsn(space, () => (tab() === "inbound" ? params.item : undefined));
  const wave = () => (tab() === "orders" && params.item?.startsWith("wav_") ? params.item : undefined);
  const order = useOrder(space, () => (tab() === "orders" && !wave() ? params.item : undefined));
  const transfers = useTransfers(space, () => (tab() === "transfers" ? id() : undefined));
  const transfer = () => transfers.data?.find((one) => one.id === params.item);

  const back = useReturn(space, () => (tab() === "returns" ? params.item : undefined));

  const figures = createMemo(() => {
    const contents = elevation.data?.contents ?? [];
    return {
      units: contents.reduce((sum, one) => sum + one.units, 0),
      waiting: contents.filter((one) => one.place === "receiving").length,
      counting: contents.some((one) => one.hidden),
    };
  });
  /** What stands beside the list and could not be read: an address from elsewhere names nothing here. */
  const lost = () => {
    const asked = { inbound: asn, orders: wave() ? undefined : order, returns: back }[tab() as string];
    return params.item !== undefined && asked?.isError && asked.data === undefined ? asked : undefined;
  };
  const product = () => (tab() === "bins" || tab() === "products" || tab() === "analysis" ? params.item : undefined);
  const [analysed, setAnalysed] = createSignal("");
  const detailOpen = () => params.item !== undefined;

  return (
    <>
      <Show when={params.tab === undefined}>
        <Navigate href={`${root()}/bins`} />
      </Show>
      <PageHead
        title={t.title}
        say={
          elevation.data ? t.say(count(figures().units), figures().waiting, toShip(), figures().counting) : undefined
        }
        tabs={
          <LinkTabs
            label={t.title}
            items={tabs
              .filter((one) => works() || !ofWork.has(one))
              .map((one) => ({
                href: `${root()}/${one}`,
                label: t.tabs[one],
                current: tab() === one,
              }))}
          />
        }
        actions={
          <>
            <Menu
              label={t.more}
              class="y-btn y-btn-text"
              trigger={
                <>
                  <Icon name="more" /> {t.more}
                </>
              }
              items={(
                [
                  ["owners", "people", ownerWords().owners, true],
                  ["settings", "settings", packWords().settings, manages()],
                  ["import", "upload", t.importing, works()],
                ] as const
              ).flatMap(([key, icon, label, may]) =>
                may ? [{ key, icon, label, run: () => navigate(`${root()}/${key}`) }] : [],
              )}
            />
            <Show when={works()}>
              <LinkButton icon="scan" href={`/s/${params.space}/wh`}>
                {t.phone}
              </LinkButton>
            </Show>
          </>
        }
      />
      <Show when={warehouses.data} fallback={<Unread asked={warehouses} title={t.notRead} rows={8} />}>
        <Show
          when={warehouse()}
          fallback={manages() ? <OpenWarehouse space={params.space} /> : <EmptyState title={t.noneYet} />}
        >
          {(place) => (
            <Panes
              listWidth={280}
              detailWidth={520}
              {...(tab() === "bins"
                ? {
                    list: (
                      <LiveFeed
                        space={params.space}
                        warehouse={place().id}
                        zone={place().zone}
                        onOpen={(one) => open(one)}
                      />
                    ),
                  }
                : {})}
              work={
                <Switch>
                  <Match when={tab() === "bins"}>
                    <RackMap
                      space={params.space}
                      warehouse={place().id}
                      elevation={elevation}
                      chosen={bin()}
                      onBin={setBin}
                      onProduct={(one) => open(one)}
                    />
                  </Match>
                  <Match when={tab() === "products"}>
                    <Pane label={t.tabs.products}>
                      <StockList
                        space={params.space}
                        company={ownerId()}
                        current={params.item}
                        onOpen={(one) => open(one)}
                        mayAdd={works()}
                        aside={
                          <SelectField
                            bare
                            label={t.owner}
                            bind={bound(ownerId, setOwner)}
                            options={(owners.data ?? []).map((one) => ({
                              value: one.company as string,
                              label: one.name,
                            }))}
                          />
                        }
                      />
                    </Pane>
                  </Match>
                  <Match when={tab() === "inbound"}>
                    <Pane label={t.tabs.inbound}>
                      <AsnList
                        asns={asns}
                        growing={noticesShown}
                        zone={zone()}
                        ownerName={ownerName}
                        current={params.item}
                        onOpen={(one) => open(one)}
                      />
                    </Pane>
                  </Match>
                  <Match when={tab() === "pallets"}>
                    <Pane label={t.tabs.pallets}>
                      <PalletList
                        space={params.space}
                        warehouse={place().id}
                        zone={zone()}
                        ownerName={ownerName}
                        current={params.item}
                        onOpen={(one) => open(one)}
                      />
                    </Pane>
                  </Match>
                  <Match when={tab() === "returns"}>
                    <Pane label={t.tabs.returns}>
                      <StaffReturns
                        space={params.space}
                        warehouse={place().id}
                        zone={zone()}
                        ownerName={ownerName}
                        current={params.item}
                        onOpen={(one) => open(one)}
                      />
                    </Pane>
                  </Match>
                  <Match when={tab() === "replenish"}>
                    <Pane label={t.tabs.replenish}>
                      <ReplenishList space={params.space} warehouse={place().id} />
                    </Pane>
                  </Match>
                  <Match when={tab() === "analysis"}>
                    <Pane label={t.tabs.analysis}>
                      <StockAnalysis
                        space={params.space}
                        company={analysed()}
                        zone={zone()}
                        current={params.item}
                        onOpen={(one) => open(one)}
                        onCompany={setAnalysed}
                        aside={
                          <SelectField
                            bare
                            label={t.owner}
                            bind={bound(analysed, setAnalysed)}
                            options={[
                              { value: "", label: t.allOwners },
                              ...(owners.data ?? []).map((one) => ({ value: one.company as string, label: one.name })),
                            ]}
                          />
                        }
                      />
                    </Pane>
                  </Match>
                  <Match when={tab() === "transfers"}>
                    <Pane label={t.tabs.transfers}>
                      <TransferList
                        space={params.space}
                        warehouse={place().id}
                        zone={zone()}
                        current={params.item}
                        onOpen={(one) => open(one)}
                      />
                    </Pane>
                  </Match>
                  <Match when={tab() === "counts"}>
                    <Pane label={t.tabs.counts}>
                      <CountList
                        space={params.space}
                        warehouse={place().id}
                        zone={zone()}
                        current={params.item}
                        onOpen={(one) => open(one)}
                      />
                    </Pane>
                  </Match>
                  <Match when={tab() === "exceptions"}>
                    <Pane label={t.tabs.exceptions}>
                      <ExceptionList space={params.space} zone={zone()} />
                    </Pane>
                  </Match>
                  <Match when={tab() === "orders"}>
                    <Pane label={t.tabs.orders}>
                      <OrderWork
                        space={params.space}
                        warehouse={place().id}
                        zone={zone()}
                        ownerName={ownerName}
                        orders={orders}
                        growing={ordersShown}
                        asked={asked}
                        view={mine()}
                        onView={setMine}
                        current={params.item}
                        onOpen={(one) => open(one)}
                      />
                    </Pane>
                  </Match>
                </Switch>
              }
              detail={
                <Switch fallback={<Loading rows={6} />}>
                  <Match when={lost()}>
                    {(one) => (
                      <div class="p-4">
                        <ErrorState
                          title={t.detailNotRead}
                          problem={one().error}
                          onRetry={() => void one().refetch()}
                        />
                      </div>
                    )}
                  </Match>
                  <Match when={tab() === "transfers" && (transfers.data || transfers.isError) && !transfer()}>
                    <div class="p-4">
                      <ErrorState
                        title={t.detailNotRead}
                        problem={transfers.error ?? new Problem({ code: "missing", status: 404 })}
                        onRetry={() => void transfers.refetch()}
                      />
                    </div>
                  </Match>
                  <Match when={product()}>
                    {(one) => <ProductDetail space={params.space} product={one()} zone={zone()} mark={bin()} staff />}
                  </Match>
                  <Match when={tab() === "inbound" && asn.data}>
                    {(one) => <InboundDetail space={params.space} asn={one()} zone={zone()} staff={works()} />}
                  </Match>
                  <Match when={wave()}>{(one) => <WaveDetail space={params.space} wave={one()} zone={zone()} />}</Match>
                  <Match when={tab() === "transfers" && transfer()}>
                    {(one) => (
                      <TransferDetail space={params.space} transfer={one()} warehouse={place().id} zone={zone()} />
                    )}
                  </Match>
                  <Match when={tab() === "orders" && order.data}>
                    {(one) => (
                      <OrderDetail
                        space={params.space}
                        order={one()}
                        zone={zone()}
                        staff={works()}
                        mayCancel={works()}
                      />
                    )}
                  </Match>
                  <Match when={tab() === "pallets" && params.item}>
                    {(one) => <PalletDetail space={params.space} pallet={one()} zone={zone()} ownerName={ownerName} />}
                  </Match>
                  <Match when={tab() === "returns" && back.data}>
                    {(one) => (
                      <ReturnDetail space={params.space} back={one()} zone={zone()} staff={works()} mayEnd={works()} />
                    )}
                  </Match>
                  <Match when={tab() === "counts" && params.item}>
                    {(one) => <CountDetail space={params.space} count={one()} zone={zone()} ownerName={ownerName} />}
                  </Match>
                  <Match when={asn.isError || order.isError || back.isError}>
                    <div class="p-4">
                      <ErrorState title={t.detailNotRead} problem={asn.error ?? order.error ?? back.error} />
                    </div>
                  </Match>
                </Switch>
              }
              detailOpen={detailOpen()}
              detailTitle={t.tabs[tab()]}
              onCloseDetail={() => open(undefined)}
            />
          )}
        </Show>
      </Show>
      <Show when={(warehouses.data?.length ?? 0) > 1}>
        <div class="border-t border-line px-4 py-2">
          <Segmented
            bare
            small
            label={t.warehouse}
            bind={bound(() => (id() ?? "") as string, workIn)}
            options={choicesOf(warehouses.data)}
          />
        </div>
      </Show>
    </>
  );
}
