import { createSignal } from "solid-js";
import { money } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented, SelectField, Switch } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { createForm, DraftNote, FormFrame } from "../../ui/form.tsx";
import { Menu } from "../../ui/menu.tsx";
import { MoneyTotal, Paper, PriceLines } from "../../ui/money-total.tsx";
import { Dialog, Drawer, Sheet } from "../../ui/overlay.tsx";
import { CommandPalette, matching } from "../../ui/palette.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import {
  DateField,
  MoneyField,
  NumberField,
  SearchBox,
  Stepper,
  TextArea,
  TextField,
  TimeField,
} from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { Board, Row } from "./board.tsx";
import { type Company, companies, zhEn } from "./samples.ts";

export function BoardForm() {
  const form = createForm({
    name: "gallery",
    initial: {
      name: zhEn("淮北木又文化创意有限公司", "Muyou Culture"),
      code: "91340600MA8Q2KX31O",
      company: "c1",
      people: 8 as number | undefined,
      rent: 88_000 as number | undefined,
      from: "2026-12-01",
      time: "14:00",
      kind: "room",
      policy: "half" as "none" | "half",
      seats: 4,
      notice: true,
      note: "",
    },
    check: (values) => ({
      code: values.code.endsWith("O")
        ? {
            text: zhEn("第 18 位不能是字母 O，是不是数字 0？", "Character 18 cannot be the letter O. Is it a zero?"),
            fix: {
              label: zhEn("改成 0", "Make it 0"),
              apply: () => form.set("code", `${form.values.code.slice(0, -1)}0`),
            },
          }
        : undefined,
      name: values.name.trim() === "" ? zhEn("写上企业名称", "Enter the company’s name") : undefined,
      note: values.note.length < 2 ? zhEn("至少写 2 个字", "At least two characters") : undefined,
    }),
    submit: async () => toast({ strong: zhEn("已提交", "Submitted"), text: "" }),
  });
  const [search, setSearch] = createSignal("");
  const list = () => companies(12).map((one) => ({ value: one.key, label: one.name, note: one.trade, search: "ssjj" }));
  return (
    <Board title={zhEn("表单", "Form")}>
      <div class="grid gap-6 desk:grid-cols-2">
        <FormFrame form={form} label={zhEn("新建合同", "New agreement")}>
          <TextField label={zhEn("企业名称", "Company")} bind={form.field("name")} required />
          <TextField label={zhEn("统一社会信用代码", "Credit code")} bind={form.field("code")} mono />
          <div class="y-pair">
            <DateField label={zhEn("起租", "From")} bind={form.field("from")} aside={zhEn("12 个月", "12 months")} />
            <TimeField label={zhEn("时间", "Time")} bind={form.field("time")} />
          </div>
          <div class="y-pair">
            <MoneyField
              label={zhEn("月租（每工位）", "Rent per desk")}
              bind={form.field("rent")}
              aside={zhEn("价目价", "List price")}
            />
            <NumberField
              label={zhEn("人数", "People")}
              bind={form.field("people")}
              min={1}
              unit={zhEn("人", "people")}
            />
          </div>
          <ComboField label={zhEn("预订方", "For")} bind={form.field("company")} options={list()} />
          <Segmented
            label={zhEn("孵化政策", "Policy")}
            bind={form.field("policy")}
            options={[
              { value: "none", label: zhEn("不享受", "None") },
              { value: "half", label: zhEn("首年补贴 50%", "50% first year") },
            ]}
          />
          <TextArea label={zhEn("备注", "Note")} bind={form.field("note")} />
          <Row>
            <Button type="submit" keys={["⌘", "↵"]}>
              {zhEn("提交签约", "Submit")}
            </Button>
            <DraftNote form={form} />
          </Row>
        </FormFrame>
        <div class="flex flex-col gap-3">
          <SelectField
            label={zhEn("类型", "Kind")}
            bind={form.field("kind")}
            options={[
              { value: "room", label: zhEn("会议室", "Room") },
              { value: "desk", label: zhEn("工位", "Desk") },
            ]}
          />
          <TextField
            label={zhEn("密码", "Password")}
            type="password"
            size="lg"
            bind={bound(search, setSearch)}
            autocomplete="current-password"
          />
          <TextField
            label={zhEn("不能改的", "Locked")}
            bind={bound(
              () => "YH-2F-C",
              () => undefined,
            )}
            disabled
          />
          <SearchBox
            label={zhEn("企业或账单号", "Company or bill")}
            clear={zhEn("清空", "Clear")}
            value={search()}
            onInput={setSearch}
          />
          <Stepper label={zhEn("人数 上限 12", "People, up to 12")} bind={form.field("seats")} min={1} max={12} />
          <div class="max-w-90">
            <Stepper label={zhEn("应拣 4 件", "Pick 4")} bind={form.field("seats")} size="xl" />
          </div>
          <Checkbox label={zhEn("短信通知 3 家企业", "Text 3 companies")} bind={form.field("notice")} aside="¥0.30" />
          <Switch
            label={zhEn("自动催缴", "Remind by itself")}
            hint={zhEn("逾期 3 天后", "3 days after the due date")}
            bind={form.field("notice")}
          />
          <FileDrop
            label={zhEn("导入企业", "Import companies")}
            hint={zhEn("CSV，第一行是表头，最多 1 MB", "CSV with a head row, up to 1 MB")}
            onText={(_, name) => toast({ text: name })}
          />
          <PriceLines
            lines={[
              { label: zhEn("会议室 1", "Room 1"), how: zhEn("1.5 时 × ¥80.00", "1.5 h × ¥80.00"), minor: 12_000 },
              { label: zhEn("套餐时长抵扣", "Plan hours"), how: zhEn("1.0 时", "1.0 h"), minor: -8_000 },
            ]}
          />
          <Paper>
            <b>{zhEn("2026年10月账单", "October 2026")}</b>
            <MoneyTotal minor={1_684_000} label={zhEn("不含税 ¥15,886.79", "Net ¥15,886.79")} />
          </Paper>
        </div>
      </div>
    </Board>
  );
}

export function BoardTable() {
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set(["c2", "c3"]));
  const [current, setCurrent] = createSignal<string | undefined>("c4");
  const [state, setState] = createSignal<"ready" | "loading" | "error" | "empty" | "many">("ready");
  const rows = () => (state() === "empty" ? [] : companies(state() === "many" ? 1000 : 12));
  return (
    <Board title={zhEn("表格", "Table")}>
      <Tabs
        label={zhEn("表格的状态", "States of the table")}
        value={state()}
        onChange={setState}
        items={[
          { key: "ready", label: zhEn("有数据", "Ready"), count: 12 },
          { key: "many", label: zhEn("一千行", "A thousand"), count: 1000 },
          { key: "loading", label: zhEn("读取中", "Loading") },
          { key: "error", label: zhEn("出错", "Error") },
          { key: "empty", label: zhEn("空", "Empty") },
        ]}
      />
      <div class="flex h-130 border border-line">
        <DataTable<Company>
          label={zhEn("企业", "Companies")}
          rows={rows()}
          rowKey={(row) => row.key}
          current={current()}
          onOpen={(row) => setCurrent(row.key)}
          state={state() === "loading" || state() === "error" ? (state() as "loading" | "error") : "ready"}
          errorTitle={zhEn("企业没有读到", "Companies did not load")}
          slow={zhEn("正在读取，比平时慢。", "Reading, slower than usual.")}
          onRetry={() => setState("ready")}
          minWidth={620}
          total={42}
          empty={
            <p class="p-6 text-center text-fg-2">
              {zhEn("还没有企业。先新建一家，或从表格导入。", "No companies yet. Add one or import a sheet.")}
            </p>
          }
          selection={{
            keys: chosen(),
            onChange: setChosen,
            sum: (some) =>
              zhEn(
                `货位 ${some.reduce((all, row) => all + row.bins, 0)}`,
                `${some.reduce((all, row) => all + row.bins, 0)} bins`,
              ),
            actions: [
              {
                label: zhEn("续签", "Renew"),
                icon: "edit",
                run: () => toast({ text: zhEn("已续签", "Renewed"), undo: () => setChosen(new Set<string>()) }),
              },
              {
                label: zhEn("导出", "Export"),
                icon: "download",
                run: () => toast({ tone: "bad", strong: zhEn("没有导出", "Not exported"), text: "" }),
              },
            ],
            total: 42,
            onAll: () => toast({ tone: "info", text: zhEn("已选中全部 42 家", "All 42 selected") }),
          }}
          columns={[
            { key: "name", head: zhEn("企业", "Company"), cell: (row) => row.name },
            { key: "trade", head: zhEn("品类", "Trade"), cell: (row) => row.trade, from: "desk" },
            { key: "desks", head: zhEn("工位", "Desks"), width: "110px", cell: (row) => <Plate>{row.desks}</Plate> },
            {
              key: "until",
              head: zhEn("合同到期", "Until"),
              width: "110px",
              sort: "ascending",
              onSort: () => setState("ready"),
              cell: (row) => row.until,
              from: "tablet",
            },
            {
              key: "bins",
              head: zhEn("货位", "Bins"),
              width: "70px",
              align: "end",
              cell: (row) => row.bins,
              total: 386,
            },
            {
              key: "owed",
              head: zhEn("待付", "Owed"),
              width: "120px",
              align: "end",
              cell: (row) => money(row.owedMinor),
              total: money(9_620_800),
            },
            { key: "is", head: zhEn("状态", "State"), width: "120px", cell: (row) => <Status is={row.is} /> },
          ]}
        />
      </div>
    </Board>
  );
}

export function BoardOverlays() {
  const [open, setOpen] = createSignal<"dialog" | "drawer" | "sheet" | "palette" | undefined>();
  const close = () => setOpen(undefined);
  const commands = () => [
    {
      key: "n",
      label: zhEn("新建预订", "New booking"),
      icon: "plus" as const,
      keys: ["N"],
      search: "xjyd",
      run: () => toast({ text: zhEn("新建预订", "New booking") }),
    },
    {
      key: "s",
      label: zhEn("无火香薰 乌木 120 ml", "Reed diffuser ebony 120 ml"),
      note: zhEn("晚汀香氛", "Wanting"),
      icon: "box" as const,
      search: "whxx",
      aside: <Plate>01-03-02</Plate>,
      run: close,
    },
  ];
  return (
    <Board title={zhEn("浮层", "Layers")}>
      <Row>
        <Button onClick={() => setOpen("dialog")}>{zhEn("确认框", "Dialog")}</Button>
        <Button onClick={() => setOpen("drawer")}>{zhEn("抽屉", "Drawer")}</Button>
        <Button onClick={() => setOpen("sheet")}>{zhEn("手机面板", "Sheet")}</Button>
        <Button onClick={() => setOpen("palette")} keys={["⌘", "K"]}>
          {zhEn("命令", "Palette")}
        </Button>
        <Button
          onClick={() =>
            toast({
              strong: zhEn("已登记到访", "Visitor signed in"),
              text: zhEn("，李若曦，11:30", ", Li Ruoxi, 11:30"),
              undo: close,
            })
          }
        >
          {zhEn("提示", "Toast")}
        </Button>
        <Menu
          label={zhEn("更多", "More")}
          trigger={zhEn("更多", "More")}
          items={[
            { key: "copy", label: zhEn("复制链接", "Copy link"), icon: "link", run: close },
            { key: "off", label: zhEn("停用", "Close it"), icon: "lock", danger: true, run: () => setOpen("dialog") },
          ]}
        />
        <ExportMenu
          name={zhEn("样品", "Sample")}
          rows={() => [
            [zhEn("企业", "Company"), zhEn("件数", "Units")],
            ["晚汀香氛", 118],
          ]}
        />
      </Row>
      <Dialog
        open={open() === "dialog"}
        onClose={close}
        title={zhEn("停用直播间 2 到 11-25？", "Close Studio 2 until 25 Nov?")}
        foot={
          <>
            <Button onClick={close} keys={["Esc"]}>
              {zhEn("不停用", "Keep it open")}
            </Button>
            <Button kind="danger" onClick={close}>
              {zhEn("停用并改订", "Close and move")}
            </Button>
          </>
        }
      >
        <p>{zhEn("停用期间不能预订。已有 3 笔预订会受影响。", "It cannot be booked. Three bookings are affected.")}</p>
      </Dialog>
      <Drawer
        open={open() === "drawer"}
        onClose={close}
        title={zhEn("鹿跳运动", "Deer Jump")}
        foot={<Button icon="card">{zhEn("登记收款", "Record payment")}</Button>}
      >
        <p>{zhEn("账单详情", "Details of the bill")}</p>
      </Drawer>
      <Sheet
        open={open() === "sheet"}
        onClose={close}
        title={zhEn("缺货", "Short")}
        foot={
          <Button size="xl" block onClick={close}>
            {zhEn("记下缺 2 件", "Record 2 short")}
          </Button>
        }
      >
        <p>{zhEn("应拣 4，实有 2。", "4 to pick, 2 there.")}</p>
      </Sheet>
      <CommandPalette
        open={open() === "palette"}
        onClose={close}
        providers={[{ name: zhEn("命令", "Commands"), prefix: ">", find: (query) => matching(commands(), query) }]}
      />
    </Board>
  );
}
