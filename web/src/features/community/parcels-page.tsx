import { useNavigate, useParams } from "@solidjs/router";
import { daysWaiting } from "@yihao/community/parcel";
import type { ParcelView } from "@yihao/community/parcel-model";
import { createMemo, createSignal, Show } from "solid-js";
import { useNow } from "../../frame/data.ts";
import { explain } from "../../refusals.ts";
import { useMay } from "../../session.ts";
import { LinkButton } from "../../ui/button.tsx";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Pane, Panes } from "../../ui/panes.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import { useZone } from "./data.ts";
import { CommunityHead } from "./heads.tsx";
import { findParcel, useParcel, useParcels } from "./parcel-data.ts";
import { ParcelDetail } from "./parcel-detail.tsx";
import { ParcelStatus } from "./parcel-view.tsx";
import { parcelWords } from "./parcel-words.ts";
import { atText } from "./ticket-view.tsx";
import { communityWords } from "./words.ts";

/** The front desk's parcels (快递代收): what waits by age, found by code or waybill, handed out beside the list. */
export default function ParcelsPage() {
  const t = parcelWords();
  const params = useParams<{ space: string; parcel?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const zone = useZone(space);
  const now = useNow();
  const may = useMay(space);
  const [shelf, setShelf] = createSignal<"waiting" | "done">("waiting");
  const [found, setFound] = createSignal<string>();
  const parcels = useParcels(space, shelf);
  const waiting = useParcels(space, () => "waiting");
  const one = useParcel(space, () => params.parcel);
  const rows = createMemo(() => parcels.data?.pages.flatMap(({ items }) => items) ?? []);
  const waits = createMemo(() => waiting.data?.pages.flatMap(({ items }) => items) ?? []);
  const open = (id: string | undefined) =>
    navigate(`/s/${params.space}/community/parcels${id ? `/${id}` : ""}`, { scroll: false });
  const find = async (text: string) => {
    try {
      const parcel = await findParcel(params.space, text);
      if (!parcel) return toast({ text: t.notFound(text), tone: "bad" });
      setFound(text);
      open(parcel.id);
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    }
  };
  const columns = (): Column<ParcelView>[] => [
    { key: "company", head: communityWords().company, cell: (row) => <b>{row.companyName}</b> },
    { key: "person", head: t.person, width: "120px", from: "tablet", cell: (row) => row.personName ?? "—" },
    {
      key: "carrier",
      head: t.carrier,
      width: "88px",
      cell: (row) => (row.kind === "letter" ? t.kinds.letter : t.carriers[row.carrier]),
    },
    {
      key: "tracking",
      head: t.tracking,
      width: "168px",
      from: "desk",
      cell: (row) => <span class="font-mono text-xs">{row.tracking ?? "—"}</span>,
    },
    { key: "shelf", head: t.shelf, width: "72px", from: "tablet", cell: (row) => row.shelf ?? "—" },
    {
      key: "at",
      head: shelf() === "waiting" ? t.arrived : t.endedAt,
      width: "104px",
      align: "end",
      from: "tablet",
      cell: (row) => atText(row.endedAt ?? row.at, zone()),
    },
    { key: "state", head: t.waited, width: "88px", cell: (row) => <ParcelStatus parcel={row} now={now()} /> },
  ];
  return (
    <>
      <CommunityHead
        space={params.space}
        say={
          waiting.data
            ? t.say(waits().length, waits().filter((parcel) => daysWaiting(parcel, now()) >= 3).length)
            : undefined
        }
        actions={
          <Show when={may("community.parcels")}>
            <LinkButton kind="primary" icon="scan" href={`/s/${params.space}/wh/parcels`}>
              {t.registerPhone}
            </LinkButton>
          </Show>
        }
      />
      <Panes
        detailOpen={params.parcel !== undefined}
        detailTitle={one.data?.companyName ?? t.parcels}
        onCloseDetail={() => open(undefined)}
        work={
          <Pane label={t.parcels}>
            <div class="flex h-full min-h-0 flex-col">
              <ScanField label={t.scanFind} onCode={(text) => void find(text)} />
              <div class="border-b border-line px-4 py-2">
                <Tabs
                  label={t.state}
                  items={[
                    { key: "waiting", label: t.waiting, ...(waiting.data ? { count: waits().length } : {}) },
                    { key: "done", label: t.done },
                  ]}
                  value={shelf()}
                  onChange={setShelf}
                />
              </div>
              <DataTable
                label={t.parcels}
                rows={rows()}
                columns={columns()}
                rowKey={(row) => row.id}
                current={params.parcel}
                onOpen={(row) => {
                  setFound(undefined);
                  open(row.id);
                }}
                state={parcels.isPending ? "loading" : parcels.isError ? "error" : "ready"}
                problem={parcels.error}
                errorTitle={t.notRead}
                onRetry={() => void parcels.refetch()}
                {...(parcels.hasNextPage ? { onMore: () => void parcels.fetchNextPage() } : {})}
                empty={
                  <EmptyState title={shelf() === "waiting" ? t.none : t.noneDone}>
                    {shelf() === "waiting" ? t.noneSay : undefined}
                  </EmptyState>
                }
              />
            </div>
          </Pane>
        }
        detail={
          <Show
            when={one.data?.id === params.parcel ? one.data : undefined}
            fallback={
              <Show
                when={one.isError}
                fallback={
                  <Show when={params.parcel} fallback={<p class="p-4 text-fg-2">{t.pick}</p>}>
                    <Loading rows={6} />
                  </Show>
                }
              >
                <ErrorState title={t.oneNotRead} problem={one.error} onRetry={() => void one.refetch()} />
              </Show>
            }
          >
            {(parcel) => (
              <Show when={parcel().id} keyed>
                <ParcelDetail space={params.space} parcel={parcel()} now={now()} found={found()} />
              </Show>
            )}
          </Show>
        }
      />
    </>
  );
}
