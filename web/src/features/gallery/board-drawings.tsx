import { createSignal } from "solid-js";
import { axisMoney, money, percent } from "../../format.ts";
import { AgeingBars, StackedBar } from "../../ui/bar-charts.tsx";
import { bound } from "../../ui/binding.ts";
import { Segmented } from "../../ui/choice-field.tsx";
import { StackedColumns } from "../../ui/column-charts.tsx";
import { DeskLegend, FloorPlan } from "../../ui/floor-plan.tsx";
import { StepLine, StockLine } from "../../ui/line-charts.tsx";
import { type Heat, HeatLegend, RackHeat } from "../../ui/rack.tsx";
import { DayRuler, MonthRuler } from "../../ui/ruler.tsx";
import { Timeline, type TimelineChoice } from "../../ui/timeline.tsx";
import { WeekHeat } from "../../ui/week-heat.tsx";
import { Board } from "./board.tsx";
import { bins, deskZones, load, marks, now, timelineRows, zhEn } from "./samples.ts";

export function BoardMaps() {
  const [look, setLook] = createSignal<number | undefined>();
  const [day, setDay] = createSignal<number | undefined>();
  const [choice, setChoice] = createSignal<TimelineChoice | undefined>({ row: "r2", from: 840, until: 930 });
  const [desk, setDesk] = createSignal<ReadonlySet<string>>(new Set(["A-02"]));
  const [heat, setHeat] = createSignal<Heat>("fill");
  const [bin, setBin] = createSignal<string | undefined>("01-03-02");
  return (
    <Board title={zhEn("时间与地图", "Time and maps")}>
      <DayRuler
        title={zhEn("11月23日 周一", "Mon 23 Nov")}
        load={load}
        marks={marks()}
        now={now}
        look={look()}
        onLook={setLook}
      />
      <MonthRuler
        title={zhEn("2026年11月", "Nov 2026")}
        days={30}
        load={load}
        marks={[
          { at: 11, kind: "alarm", label: zhEn("逾期", "Overdue") },
          { at: 1, kind: "arrival", label: zhEn("出账", "Issued") },
          { at: 25, kind: "due", label: zhEn("到期", "Due") },
        ]}
        today={23}
        look={day()}
        onLook={setDay}
      />
      <Timeline
        label={zhEn("场地", "Places")}
        rows={timelineRows()}
        now={now}
        choice={choice()}
        choiceLabel={zhEn("新预订 1.5 小时", "New, 1.5 h")}
        onChoose={setChoice}
        onOpen={() => setChoice(undefined)}
      />
      <FloorPlan
        label={zhEn("二层平面", "Second floor")}
        zones={deskZones()}
        chosen={desk()}
        onChoose={(one) => setDesk(new Set([one.key]))}
      />
      <DeskLegend
        items={[
          { state: "free", count: 9 },
          { state: "later", count: 7 },
          { state: "taken", count: 66 },
          { state: "away", count: 12 },
          { state: "off", count: 2 },
        ]}
      />
      <Segmented
        label={zhEn("看什么", "Show")}
        bind={bound(heat, setHeat)}
        options={[
          { value: "fill", label: zhEn("占用", "Fill") },
          { value: "age", label: zhEn("库龄", "Age") },
          { value: "flow", label: zhEn("动销", "Flow") },
        ]}
      />
      <div class="grid gap-6 desk:grid-cols-2">
        <RackHeat
          name={zhEn("01 架", "Rack 01")}
          note={zhEn("快拣", "fast pick")}
          sum="53/60"
          bays={10}
          levels={6}
          bins={bins(1)}
          heat={heat()}
          chosen={bin()}
          onOpen={(one) => setBin(one.address)}
        />
        <RackHeat
          name={zhEn("02 架", "Rack 02")}
          sum="54/60"
          bays={10}
          levels={6}
          bins={bins(2)}
          heat={heat()}
          onOpen={(one) => setBin(one.address)}
        />
      </div>
      <HeatLegend heat={heat()} />
    </Board>
  );
}

export function BoardCharts() {
  const streams = () =>
    [
      zhEn("工位", "Desks"),
      zhEn("云仓", "Warehouse"),
      zhEn("会议与直播", "Rooms"),
      zhEn("设备", "Equipment"),
      zhEn("孵化服务", "Incubation"),
      zhEn("增值", "Extras"),
    ].map((name, index) => ({ key: String(index), name, hue: (index + 1) as 1 | 2 | 3 | 4 | 5 | 6 }));
  const values = [8_640_000, 4_126_050, 2_874_000, 832_000, 1_500_000, 669_950];
  const months = ["25/12", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
  return (
    <Board title={zhEn("图表", "Charts")}>
      <div class="grid gap-8 pt-6 desk:grid-cols-2">
        <StackedBar
          title={zhEn("本月收入", "Revenue this month")}
          summary={zhEn("共 ¥186,420.00，工位最多", "¥186,420.00, most from desks")}
          parts={streams().map((one, index) => ({ ...one, value: values[index]!, change: "+2.1%" }))}
          format={(value) => money(value)}
          of={24_000_000}
          pace={0.767}
        />
        <StackedColumns
          title={zhEn("收入构成，近 12 个月，万元", "Revenue, 12 months")}
          summary={zhEn("11 月至今 18.6 万", "November so far 186k")}
          series={streams()}
          columns={months.map((label, index) => ({
            label,
            name: label,
            values: values.map((value) => Math.round(value * (0.7 + index * 0.03))),
            current: index === 11,
          }))}
          axis={axisMoney}
          format={(value) => money(value)}
          total={() => zhEn("合计", "Total")}
        />
        <WeekHeat
          title={zhEn("一周里什么时候满", "When it is full")}
          note={zhEn("订出时间占开放时间的比例", "Booked share of open hours")}
          summary={zhEn("最满的是周三 14:00", "Fullest: Wednesday 14:00")}
          cells={Array.from({ length: 168 }, (_, cell) => {
            const [day, hour] = [Math.floor(cell / 24), cell % 24];
            const share =
              day > 5 || hour < 8 || hour > 20 ? undefined : Math.max(0, 1 - Math.abs(hour - 14) / 7 - day * 0.1);
            return { share, text: share === undefined ? zhEn("不开放", "Closed") : percent(share) };
          })}
        />
        <AgeingBars
          title={zhEn("应收账龄", "Ageing")}
          summary={zhEn("应收 ¥85,208.00，逾期 ¥32,890.00", "¥85,208.00 due, ¥32,890.00 late")}
          rows={[
            { label: zhEn("未到期", "Not due"), note: zhEn("18 笔", "18"), value: 5_231_800 },
            { label: zhEn("1–30 天", "1–30 days"), note: zhEn("3 笔", "3"), value: 2_846_000 },
            { label: zhEn("31–60 天", "31–60 days"), note: zhEn("1 笔", "1"), value: 198_000 },
            { label: zhEn("61–90 天", "61–90 days"), note: zhEn("1 笔", "1"), value: 245_000 },
            { label: zhEn("90 天以上", "Over 90"), note: zhEn("0 笔", "0"), value: 0 },
          ]}
          format={(value) => money(value)}
          total={{ label: zhEn("应收合计", "Total"), value: 8_520_800 }}
        />
        <StepLine
          title={zhEn("累计，万元", "Cumulative")}
          summary={zhEn("11 月 18.6 万，快于 10 月", "November 186k, ahead of October")}
          labels={Array.from({ length: 30 }, (_, index) => String(index + 1))}
          now={{
            name: zhEn("11 月", "Nov"),
            values: Array.from({ length: 23 }, (_, index) => index * 800_000 + 1_000_000),
          }}
          before={{
            name: zhEn("10 月", "Oct"),
            values: Array.from({ length: 30 }, (_, index) => index * 720_000 + 900_000),
          }}
          target={24_000_000}
          axis={axisMoney}
          format={(value) => money(value)}
        />
        <StockLine
          title={zhEn("近 30 天在库", "Stock, 30 days")}
          summary={zhEn("在库 216，11-29 跌破安全库存", "216 in stock, below the line on 29 Nov")}
          labels={Array.from({ length: 36 }, (_, index) => `11-${String(index - 5).padStart(2, "0")}`)}
          values={Array.from({ length: 28 }, (_, index) => (index < 13 ? 250 - index * 9 : 310 - (index - 13) * 7))}
          forecast={[198, 186, 174, 162, 149, 136, 124, 110]}
          reorder={150}
          format={String}
          nowLabel={zhEn("在库 216", "216 now")}
        />
      </div>
    </Board>
  );
}
