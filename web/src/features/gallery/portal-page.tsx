import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { MoneyTotal } from "../../ui/money-total.tsx";
import { Pane, Panes } from "../../ui/panes.tsx";
import { DayLane, PortalShell } from "../../ui/shell-portal.tsx";
import { Status } from "../../ui/status.tsx";
import { now, zhEn } from "./samples.ts";

/** The company's frame with a page in it. */
export default function PortalPage() {
  return (
    <PortalShell
      spaceName={zhEn("淮海壹号众创空间", "Huaihai Yihao")}
      companyName={zhEn("晚汀香氛", "Wanting Scent")}
      home="/gallery/portal"
      nav={[
        { href: "/gallery/portal", label: zhEn("首页", "Home"), icon: "home" },
        { href: "/gallery/portal-booking", label: zhEn("预订", "Booking"), icon: "booking" },
        { href: "/gallery/portal-stock", label: zhEn("库存", "Stock"), icon: "warehouse", count: 3 },
        { href: "/gallery/portal-bills", label: zhEn("账单", "Bills"), icon: "bill" },
        { href: "/gallery/portal-me", label: zhEn("我的", "Me"), icon: "person" },
      ]}
      person={{ name: zhEn("何雨桐", "He Yutong"), role: zhEn("创始人", "Founder"), items: [] }}
      lane={
        <DayLane
          title={zhEn("我们的一天", "Our day")}
          say={zhEn("11月23日 周一 · 2 场预订", "Mon 23 Nov · 2 bookings")}
          now={now}
          items={[
            {
              key: "1",
              from: 540,
              until: 720,
              title: zhEn("直播间 1", "Studio 1"),
              note: zhEn("使用中，至 12:00", "In use until 12:00"),
              live: true,
            },
            { key: "2", from: 840, until: 930, title: zhEn("会议室 1", "Room 1"), note: "14:00–15:30" },
          ]}
        />
      }
    >
      <Panes
        work={
          <Pane title={zhEn("我的库存", "Our stock")}>
            <EmptyState
              title={zhEn("还没有商品", "No products yet")}
              actions={<Button size="lg">{zhEn("预约入库", "Announce goods")}</Button>}
            >
              {zhEn("先预约入库，仓库收到后这里显示在库。", "Announce goods; once received they show here.")}
            </EmptyState>
          </Pane>
        }
        detailWidth={400}
        detailOpen={window.innerWidth >= 1120}
        detail={
          <Pane
            title={zhEn("待付账单", "To pay")}
            actions={<Status is="dueSoon" text={zhEn("7 天后到期", "Due in 7 days")} tone="neutral" />}
            flush={false}
          >
            <MoneyTotal minor={1_238_600} size="2xl" label={zhEn("11-30 前付", "By 30 Nov")} />
            <Button kind="primary" size="lg" icon="card">
              {zhEn("付款", "Pay")}
            </Button>
          </Pane>
        }
      />
    </PortalShell>
  );
}
