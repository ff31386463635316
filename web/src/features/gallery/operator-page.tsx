import { createSignal } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { matching } from "../../ui/palette.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { DayRuler } from "../../ui/ruler.tsx";
import { OperatorShell } from "../../ui/shell-operator.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { Ticks } from "../../ui/ticks.tsx";
import { Timeline } from "../../ui/timeline.tsx";
import { companies, load, marks, now, timelineRows, zhEn, zones } from "./samples.ts";

/** The operator's frame with a page in it. */
export default function OperatorPage() {
  const [look, setLook] = createSignal<number | undefined>();
  const [open, setOpen] = createSignal(window.innerWidth >= 1120);
  return (
    <OperatorShell
      home="/gallery"
      nav={[
        { href: "/gallery/operator", label: zhEn("今日", "Today"), icon: "today", count: 11 },
        { href: "/gallery/booking", label: zhEn("预订", "Booking"), icon: "booking" },
        { href: "/gallery/warehouse", label: zhEn("云仓", "Stock"), icon: "warehouse", count: 3 },
        { href: "/gallery/members", label: zhEn("成员", "Members"), icon: "people" },
        { href: "/gallery/bills", label: zhEn("账单", "Bills"), icon: "bill", count: 5 },
        { href: "/gallery/reports", label: zhEn("报表", "Reports"), icon: "report" },
      ]}
      footNav={[{ href: "/gallery/settings", label: zhEn("设置", "Settings"), icon: "settings" }]}
      space={{
        name: zhEn("淮海壹号众创空间", "Huaihai Yihao"),
        city: zhEn("淮北", "Huaibei"),
        items: [{ key: "hm", label: zhEn("绘梦空间", "Huimeng"), run: () => undefined }],
      }}
      person={{
        name: zhEn("周敏", "Zhou Min"),
        role: zhEn("运营主管", "Manager"),
        items: [{ key: "out", label: zhEn("退出", "Sign out"), icon: "exit", run: () => undefined }],
      }}
      providers={[
        {
          name: zhEn("命令", "Commands"),
          find: (query) =>
            matching([{ key: "n", label: zhEn("新建预订", "New booking"), run: () => undefined }], query),
        },
      ]}
      ruler={
        <DayRuler
          title={zhEn("11月23日 周一", "Mon 23 Nov")}
          load={load}
          marks={marks()}
          now={now}
          look={look()}
          onLook={setLook}
        />
      }
      news={1}
      onNews={() => undefined}
    >
      <PageHead
        title={zhEn("今日", "Today")}
        say={zhEn("现在 10:42，在场 77 人，工位使用 66。", "It is 10:42. 77 people are in, 66 desks in use.")}
        actions={
          <>
            <Button icon="scan" keys={["C"]}>
              {zhEn("扫码签到", "Check in")}
            </Button>
            <Button icon="plus" keys={["N"]}>
              {zhEn("新建预订", "New booking")}
            </Button>
          </>
        }
      />
      <Panes
        detailWidth={344}
        detailOpen={open()}
        onCloseDetail={() => setOpen(false)}
        detailTitle={zhEn("此刻占用", "Occupancy now")}
        work={
          <Pane
            title={zhEn("场地与直播间", "Rooms and studios")}
            note={zhEn("4 间使用中 · 今日 21 场", "4 in use · 21 today")}
          >
            <Timeline label={zhEn("场地", "Places")} rows={timelineRows()} now={now} onOpen={() => setOpen(true)} />
            <DataTable
              label={zhEn("企业", "Companies")}
              rows={companies(9)}
              rowKey={(row) => row.key}
              onOpen={() => setOpen(true)}
              columns={[
                { key: "name", head: zhEn("企业", "Company"), cell: (row) => row.name },
                { key: "trade", head: zhEn("品类", "Trade"), cell: (row) => row.trade, from: "tablet" },
                { key: "is", head: zhEn("状态", "State"), width: "120px", cell: (row) => <Status is={row.is} /> },
              ]}
            />
          </Pane>
        }
        detail={
          <Pane title={zhEn("此刻占用", "Occupancy now")} flush={false}>
            <p>
              <b class="text-2xl">66</b> <span class="text-fg-2">{zhEn("/ 96 工位", "/ 96 desks")}</span>
            </p>
            {zones.map((zone) => (
              <p class="flex items-center gap-2">
                <Ticks units={zone.units} label={`${zone.name} ${zone.used}/32`} /> {zone.used}/32
              </p>
            ))}
          </Pane>
        }
      />
    </OperatorShell>
  );
}
