import { useParams } from "@solidjs/router";
import { fapiaoRows } from "@yihao/billing/fapiao";
import { createSignal, Show } from "solid-js";
import { fapiaoLooks } from "../../fapiao-step.tsx";
import { fapiaoWords } from "../../fapiao-words.ts";
import { dayCell, dayOf, money } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { ExportMenu } from "../../ui/export-menu.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import type { Column } from "../../ui/table.tsx";
import { BillingTabs } from "./billing-tabs.tsx";
import { DeskList, type DeskTab } from "./desk-list.tsx";
import { type FapiaoRow, useFapiaos } from "./fapiao-data.ts";
import { FapiaoDetail } from "./fapiao-detail.tsx";
import { deviceDay } from "./view.ts";

/** Fapiao (发票): those that wait to be issued on the tax platform, and those that were. */
export default function FapiaoPage() {
  const params = useParams<{ space: string }>();
  return <Fapiaos space={params.space} />;
}

/** The state of a fapiao; one whose bill was credited since is a mismatch. */
export function FapiaoStatus(props: { one: FapiaoRow; chip?: boolean }) {
  const t = fapiaoWords();
  return (
    <Status
      is={props.one.outdated ? "mismatch" : fapiaoLooks[props.one.state]}
      text={t.states[props.one.state]}
      {...(props.chip ? { chip: true } : {})}
    />
  );
}

function Fapiaos(props: { space: string }) {
  const t = fapiaoWords();
  const about = useSpace(() => props.space);
  const [tab, setTab] = createSignal<DeskTab>("open");
  const rows = useFapiaos(() => props.space, tab);
  const sum = () => (rows.data ?? []).reduce((total, one) => total + one.totalMinor, 0);
  const day = (one: FapiaoRow) =>
    dayCell(dayOf(one.at, about.data?.zone ?? "Asia/Shanghai"), Number(deviceDay().slice(0, 4)));
  const wide = (): Column<FapiaoRow>[] => [
    { key: "company", head: t.company, cell: (one) => one.companyName },
    {
      key: "bill",
      head: t.bill,
      width: "18%",
      cell: (one) => <span class="font-mono text-xs">{one.invoiceNumber}</span>,
    },
    { key: "kind", head: t.kind, width: "112px", from: "desk", cell: (one) => t.kinds[one.title.kind] },
    { key: "at", head: t.asked, width: "96px", from: "desk", cell: day },
    {
      key: "amount",
      head: t.amount,
      width: "124px",
      align: "end",
      cell: (one) => <b class="text-fg">{money(one.totalMinor)}</b>,
    },
    { key: "state", head: t.state, width: "124px", cell: (one) => <FapiaoStatus one={one} /> },
  ];
  const narrow = (): Column<FapiaoRow>[] => [
    {
      key: "company",
      head: t.company,
      cell: (one) => (
        <span class="block leading-5">
          <span class="block truncate">{one.companyName}</span>
          <span class="block truncate font-mono text-xs text-fg-3">{one.invoiceNumber}</span>
        </span>
      ),
    },
    {
      key: "amount",
      head: t.amount,
      width: "140px",
      align: "end",
      cell: (one) => (
        <span class="block leading-5">
          <b class="block text-fg">{money(one.totalMinor)}</b>
          <FapiaoStatus one={one} />
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<BillingTabs space={props.space} />}
        say={tab() === "open" && rows.data && t.say(rows.data.length, money(sum()))}
        actions={
          <Show when={tab() === "open" && (rows.data?.length ?? 0) > 0}>
            <ExportMenu name={t.forPlatform} label={t.forPlatform} rows={() => fapiaoRows(rows.data ?? [])} />
          </Show>
        }
      />
      <DeskList
        words={{ ...t, noneDoneSay: t.noneSay }}
        tab={tab()}
        onTab={setTab}
        rows={rows}
        wide={wide()}
        narrow={narrow()}
        detail={(one, done) => <FapiaoDetail space={props.space} one={one} onDone={done} />}
      />
    </>
  );
}
