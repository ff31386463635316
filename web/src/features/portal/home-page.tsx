import { useParams } from "@solidjs/router";
import { daySpan, plusDays } from "@yihao/kernel/days";
import { createMemo, Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { dayOf } from "../../format.ts";
import { useNow } from "../../frame/data.ts";
import { useMe } from "../../session.ts";
import { media } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Around } from "./around.tsx";
import { OurBill } from "./bill.tsx";
import {
  useAllowances,
  useBills,
  useBookings,
  useEverBooked,
  useOrders,
  usePlaces,
  useStock,
  useWarehouses,
} from "./data.ts";
import { FirstWeek } from "./first-week.tsx";
import { OurOrders, OurStock } from "./goods.tsx";
import { OurAllowance, OurBookings, OurLane } from "./our-day.tsx";
import { isUnseen, Part } from "./part.tsx";
import { QuickBooking } from "./quick.tsx";
import { portalWords } from "./words.ts";

/** A company's home (首页): its day, its places, goods and orders, the bill to pay, and what it can book next. */
export default function HomePage() {
  const t = portalWords();
  const params = useParams<{ space: string }>();
  const space = () => params.space;
  const base = () => `/s/${params.space}/my`;
  const now = useNow();
  const wide = media("(min-width: 1120px)");
  const half = media("(min-width: 900px)");
  const me = useMe();
  const admin = () =>
    me.data?.spaces
      .find((place) => place.space === params.space)
      ?.companies.find(({ company }) => company === actingCompany())?.role === "admin";
  const places = usePlaces(space);
  const warehouses = useWarehouses(space);
  const zone = () => places.data?.sites[0]?.zone ?? warehouses.data?.[0]?.zone ?? "Asia/Shanghai";
  const today = createMemo(() => dayOf(now(), zone()));
  const tomorrow = () => plusDays(today(), 1);
  const bookings = useBookings(
    space,
    createMemo(() => daySpan(plusDays(today(), -1), zone()).from),
  );
  const warehoused = () => (warehouses.data?.length ?? 0) > 0;
  const stock = useStock(space, warehoused);
  const orders = useOrders(space, warehoused);
  const bills = useBills(space);
  const allowances = useAllowances(space);
  const empty = () =>
    bookings.data?.items.length === 0 &&
    bills.data?.length === 0 &&
    warehouses.data !== undefined &&
    (!warehoused() || (stock.data?.items.length === 0 && orders.data?.length === 0));
  const ever = useEverBooked(space, empty);
  const first = () => empty() && ever.data === false;
  const list = () => `${base()}/bookings/list`;

  const booked = () => (
    <OurBookings bookings={bookings} today={today()} tomorrow={tomorrow()} now={now()} list={list()} />
  );
  const allowance = () => <OurAllowance allowances={allowances} today={today()} />;
  const bill = () => (
    <Show when={!isUnseen(bills)}>
      <OurBill space={params.space} bills={bills} base={base()} today={today()} />
    </Show>
  );
  const quick = () => (
    <QuickBooking
      space={params.space}
      places={places}
      base={base()}
      today={today()}
      tomorrow={tomorrow()}
      now={now()}
    />
  );
  const goods = () => (
    <Show
      when={warehouses.data}
      fallback={
        <Show when={!isUnseen(warehouses)}>
          <Part title={t.stock}>
            <Reading asked={warehouses} failed={t.stockNotRead} rows={6}>
              {() => undefined}
            </Reading>
          </Part>
        </Show>
      }
    >
      <Show when={warehoused()}>
        <OurStock stock={stock} base={base()} mayOrder={admin()} />
        <OurOrders orders={orders} base={base()} today={today()} zone={warehouses.data?.[0]?.zone ?? zone()} />
      </Show>
    </Show>
  );
  const around = () => <Around space={params.space} base={base()} />;
  const noGoods = () => warehouses.data?.length === 0 || isUnseen(warehouses);
  return (
    <>
      <h1 class="y-hidden">{t.title}</h1>
      <Show
        when={!first()}
        fallback={
          <div class="grid flex-1 grid-cols-1 desk:grid-cols-[minmax(0,1fr)_400px]">
            <FirstWeek base={base()} warehouse={warehoused()} admin={admin()} />
            <div class="min-w-0 desk:border-l desk:border-line">
              {around()}
              {quick()}
              {allowance()}
            </div>
          </div>
        }
      >
        <OurLane rows={bookings.data?.items ?? []} today={today()} now={now()} zone={zone()} list={list()} />
        <Show
          when={wide()}
          fallback={
            <Show
              when={half()}
              fallback={
                <div>
                  {booked()}
                  {around()}
                  {bill()}
                  {quick()}
                  {goods()}
                  {allowance()}
                </div>
              }
            >
              <div class="grid flex-1 grid-cols-2">
                <div class="min-w-0 border-r border-line">
                  {booked()}
                  {around()}
                  {goods()}
                  {allowance()}
                </div>
                <div class="min-w-0">
                  {bill()}
                  {quick()}
                </div>
              </div>
            </Show>
          }
        >
          <div
            class="grid flex-1"
            classList={{
              "grid-cols-[368px_minmax(0,1fr)_400px]": !noGoods(),
              "grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)]": noGoods(),
            }}
          >
            <div class="min-w-0">
              {booked()}
              {around()}
              <Show when={!noGoods()}>{allowance()}</Show>
            </div>
            <div class="min-w-0 border-x border-line">
              <Show when={noGoods()} fallback={goods()}>
                {bill()}
                {allowance()}
              </Show>
            </div>
            <div class="min-w-0">
              <Show when={!noGoods()}>{bill()}</Show>
              {quick()}
            </div>
          </div>
        </Show>
      </Show>
    </>
  );
}
