import { createSignal, For } from "solid-js";
import { Problem } from "../../problem.ts";
import { Button, IconButton, Kbd, LinkButton, TextButton } from "../../ui/button.tsx";
import {
  Bar,
  ConflictState,
  EmptyState,
  ErrorState,
  Flash,
  Loading,
  NoMatch,
  NoRight,
  Note,
  OfflineBar,
  Skeleton,
} from "../../ui/feedback.tsx";
import { Icon, iconNames, Logo } from "../../ui/icon.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status, statusNames } from "../../ui/status.tsx";
import { Bricks, TickLegend, Ticks } from "../../ui/ticks.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { Board, Row } from "./board.tsx";
import { zhEn, zones } from "./samples.ts";

export function BoardBasics() {
  return (
    <>
      <Board title={zhEn("按钮", "Buttons")}>
        <Row>
          <Button kind="primary" keys={["⌘", "↵"]}>
            {zhEn("确认预订", "Book")}
          </Button>
          <Button icon="plus" keys={["N"]}>
            {zhEn("新建预订", "New booking")}
          </Button>
          <Button kind="text">{zhEn("误报", "False alarm")}</Button>
          <Button kind="danger">{zhEn("停用并改订", "Close and move")}</Button>
          <Button kind="danger-outline">{zhEn("退订", "Cancel it")}</Button>
          <Button disabled>{zhEn("48 秒后重发", "Resend in 48 s")}</Button>
          <Button busy>{zhEn("正在提交", "Submitting")}</Button>
          <LinkButton href="/gallery" icon="upload">
            {zhEn("导入", "Import")}
          </LinkButton>
          <TextButton>{zhEn("清除筛选", "Clear filter")}</TextButton>
        </Row>
        <Row>
          <Button size="sm">{zhEn("看曲线", "See curve")}</Button>
          <Button size="lg">{zhEn("邀请访客", "Invite")}</Button>
          <Button size="xl" icon="flag">
            {zhEn("缺货", "Short")}
          </Button>
          <Button size="xxl" icon="check">
            {zhEn("确认 4 件", "Confirm 4")}
          </Button>
          <IconButton icon="bell" label={zhEn("通知", "Notices")} pip />
          <IconButton icon="print" label={zhEn("打印", "Print")} framed />
          <IconButton icon="close" size="sm" label={zhEn("关闭", "Close")} />
          <Tooltip text={zhEn("提示只作补充", "A tip only adds")}>
            <span class="y-btn y-btn-outline y-btn-md">{zhEn("带提示", "With a tip")}</span>
          </Tooltip>
          <Kbd keys={["⌘", "K"]} />
        </Row>
      </Board>
      <Board title={zhEn("地址牌、格子、状态", "Plates, ticks, states")}>
        <Row>
          <Plate>A-05</Plate>
          <Plate tone="brand">C-05–08</Plate>
          <Plate tone="bad">B-12</Plate>
          <Plate han>{zhEn("会议室 1", "Room 1")}</Plate>
          <Plate size="lg" tone="brand">
            B-20
          </Plate>
          <Plate size="xl" tone="solid">
            01-03-02
          </Plate>
        </Row>
        <For each={zones}>
          {(zone) => (
            <Row>
              <span class="w-12 text-xs text-fg-2">{zhEn(`${zone.name} 区`, `Zone ${zone.name}`)}</span>
              <Ticks
                units={zone.units}
                label={zhEn(
                  `${zone.name} 区 32 个工位，在用 ${zone.used}`,
                  `Zone ${zone.name}: ${zone.used} of 32 desks in use`,
                )}
              />
              <span>{zone.used}/32</span>
            </Row>
          )}
        </For>
        <TickLegend
          items={[
            { tick: "in", text: zhEn("在用", "In use") },
            { tick: "away", text: zhEn("已租未到", "Let, not in") },
            { tick: "later", text: zhEn("稍后", "Later") },
            { tick: "free", text: zhEn("空闲 9", "9 free") },
            { tick: "off", text: zhEn("停用", "Off") },
          ]}
        />
        <div class="max-w-80">
          <Bricks
            total={16}
            done={12}
            using={2}
            label={zhEn("8 小时里用了 6 小时，本次用 1 小时", "6 of 8 hours used, 1 more now")}
            tall
          />
        </div>
        <ul class="flex flex-wrap gap-x-5 gap-y-2">
          <For each={statusNames}>
            {(name) => (
              <li>
                <Status is={name} />
              </li>
            )}
          </For>
        </ul>
        <Row>
          <Status is="overdue" chip text={zhEn("逾期 12 天", "12 days overdue")} />
          <Status is="paid" chip />
          <Status is="dueSoon" chip text={zhEn("7 天后到期", "Due in 7 days")} />
          <Status is="partPaid" chip />
          <Status is="inUse" chip />
          <Status is="done" chip />
        </Row>
      </Board>
      <Board title={zhEn("图标", "Icons")}>
        <Row>
          <Logo />
          <For each={iconNames}>{(name) => <Icon name={name} size={20} label={name} />}</For>
        </Row>
      </Board>
    </>
  );
}

export function BoardStates() {
  const [chosen, setChosen] = createSignal<string | undefined>("a");
  const [stock, setStock] = createSignal(184);
  return (
    <Board title={zhEn("空、读取、出错、冲突、离线", "Empty, loading, error, conflict, offline")}>
      <div class="grid gap-4 desk:grid-cols-3">
        <EmptyState
          title={zhEn("还没有盘点计划", "No counts planned")}
          actions={
            <>
              <Button icon="count">{zhEn("用推荐计划开始", "Start as suggested")}</Button>
              <Button>{zhEn("自己排", "Plan my own")}</Button>
            </>
          }
          more={zhEn("已有纸面盘点？可导入表格", "Counted on paper? Import a sheet")}
        >
          {zhEn("每天盘 2 个架，约 20 分钟。", "Two racks a day takes about 20 min.")}
        </EmptyState>
        <div>
          <Loading slow={zhEn("正在读取 4,812 条动态，比平时慢。", "Reading 4,812 movements, slower than usual.")} />
          <p class="mt-2">
            <Skeleton width="6em" />
          </p>
        </div>
        <div class="flex flex-col gap-3">
          <ErrorState
            title={zhEn("账龄没有读到", "Ageing did not load")}
            still={zhEn("收款和开票不受影响。", "Payments still work.")}
            problem={new Problem({ code: "internal", status: 500, request: "E-7F21-0C" })}
            onRetry={() => setStock(stock() - 4)}
          />
          <NoRight
            title={zhEn("没有查看“收款账户”的权限", "You cannot see payout accounts")}
            action={<Button size="sm">{zhEn("申请权限", "Ask for it")}</Button>}
          >
            {zhEn("需要“财务”角色，管理员：周敏", "Needs the Finance role. Admin: Zhou Min")}
          </NoRight>
          <NoMatch
            text={zhEn("没有“冷藏”下的盘点。", "No counts in “Cold”.")}
            clear={zhEn("清除筛选", "Clear filter")}
            onClear={() => setStock(184)}
          />
        </div>
      </div>
      <div class="grid gap-4 desk:grid-cols-2">
        <ConflictState
          title={zhEn("14:00–15:30 刚被订走", "14:00–15:30 was just booked")}
          order={zhEn("按接近程度排列", "Nearest first")}
          options={[
            {
              key: "a",
              place: zhEn("会议室 1", "Room 1"),
              title: "17:45–19:15",
              note: zhEn("同一间，晚 3 小时 45 分", "Same room, 3 h 45 min later"),
              price: "¥70.00",
            },
            {
              key: "b",
              place: zhEn("路演厅", "Stage"),
              title: "12:15–13:45",
              note: zhEn("更大，60 人", "Larger, 60 seats"),
              price: "¥450.00",
            },
          ]}
          chosen={chosen()}
          onChoose={setChosen}
        >
          {zhEn("你填的内容都在，换一个时段即可。", "Your entries are kept. Choose another time.")}
        </ConflictState>
        <div class="flex flex-col gap-3">
          <OfflineBar since={new Date(2026, 10, 23, 10, 36)} onRetry={() => setStock(184)} />
          <Bar
            tone="info"
            title={zhEn("正在看 11-20 的状态", "You see 20 Nov")}
            action={<TextButton>{zhEn("回到此刻", "Back to now")}</TextButton>}
          >
            {zhEn("不能修改", "Read only")}
          </Bar>
          <Bar tone="bad" title={zhEn("短信余额不足", "Out of text messages")}>
            {zhEn("2 条待发", "2 waiting")}
          </Bar>
          <Note tone="info">
            {zhEn("11-25 22:00–24:00 云仓盘点，期间不出库。", "Stock count 25 Nov 22:00–24:00, no shipping.")}
          </Note>
          <Note tone="good">{zhEn("A、B 区 64 个编号没有重复。", "64 numbers, no doubles.")}</Note>
          <Note tone="warn" title={zhEn("差 2 件", "2 short")}>
            {zhEn("收到 118，预报 120。", "118 received, 120 announced.")}
          </Note>
          <Row>
            <Flash value={String(stock())} was="188" note={zhEn("王海涛 刚刚拣出 4 件", "Wang Haitao just picked 4")} />
            <Button size="sm" onClick={() => setStock(stock() - 4)}>
              {zhEn("再拣 4 件", "Pick 4 more")}
            </Button>
          </Row>
        </div>
      </div>
    </Board>
  );
}
