import { useParams } from "@solidjs/router";
import { daysWaiting } from "@yihao/community/parcel";
import type { ParcelView } from "@yihao/community/parcel-model";
import { createMemo, For, Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { money } from "../../format.ts";
import { useNow } from "../../frame/data.ts";
import { penaltiesDue, penaltiesText, usePenalties } from "../../penalties.ts";
import { EmptyState } from "../../ui/feedback.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { DataTable } from "../../ui/table.tsx";
import { useZone } from "./data.ts";
import { MyCommunityHead } from "./heads.tsx";
import { useParcels } from "./parcel-data.ts";
import { ParcelStatus, parcelName, photoFact } from "./parcel-view.tsx";
import { parcelWords } from "./parcel-words.ts";
import { atText } from "./ticket-view.tsx";

/** What came for a company: what waits with its code in large figures, and what was fetched. */
export default function MyParcelsPage() {
  const t = parcelWords();
  const params = useParams<{ space: string }>();
  const space = () => params.space;
  const zone = useZone(space);
  const now = useNow();
  const parcels = useParcels(space, () => "waiting");
  const all = createMemo(() => parcels.data?.pages.flatMap(({ items }) => items) ?? []);
  const waiting = () => all().filter(({ state }) => state === "waiting");
  const penalties = usePenalties(space, actingCompany);
  /** What a parcel costs that has waited too long, if it were fetched now, or from when on one costs. */
  const kept = (parcel: ParcelView) => {
    const item = penalties.data?.get("now")?.find(({ on }) => on === "parcel-kept");
    if (!item) return undefined;
    const cause = { on: "parcel-kept", month: "now", quantity: daysWaiting(parcel, now()) } as const;
    const [due] = penaltiesDue(penalties.data, [cause]);
    return due ? t.keptDue(penaltiesText([due])) : t.keptFree(item.freeDays ?? 0, money(item.unitMinor));
  };
  const gone = () => all().filter(({ state }) => state !== "waiting");
  return (
    <>
      <MyCommunityHead space={params.space} />
      <div class="min-h-0 flex-1 overflow-auto">
        <Reading asked={parcels} failed={t.notRead} rows={5}>
          {() => (
            <Show when={all().length > 0} fallback={<EmptyState title={t.noneMine}>{t.noneMineSay}</EmptyState>}>
              <Show when={waiting().length > 0}>
                <Pane title={t.waiting} note={t.count(waiting().length)}>
                  <ul>
                    <For each={waiting()}>
                      {(parcel) => (
                        <li class="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-4 py-3">
                          <span class="w-36">
                            <span class="block text-xs text-fg-2">{t.code}</span>
                            <b class="font-mono text-xl">{parcel.code}</b>
                          </span>
                          <span class="min-w-40 flex-1">
                            <b class="block break-all">{parcelName(parcel)}</b>
                            <span class="block text-fg-2">
                              {[
                                parcel.personName ?? t.anybody,
                                parcel.shelf && t.onShelf(parcel.shelf),
                                atText(parcel.at, zone()),
                                parcel.note,
                              ]
                                .filter(Boolean)
                                .join(" · ")}
                            </span>
                          </span>
                          <Show when={kept(parcel)}>
                            {(what) => <span class="w-full text-xs text-fg-2">{what()}</span>}
                          </Show>
                          <For each={photoFact(space(), parcel)}>{({ value }) => value}</For>
                          <ParcelStatus parcel={parcel} now={now()} />
                        </li>
                      )}
                    </For>
                  </ul>
                  <p class="px-4 py-3 text-fg-2">{t.showCode}</p>
                </Pane>
              </Show>
              <Show when={gone().length > 0}>
                <Pane title={t.history}>
                  <DataTable
                    label={t.history}
                    rows={gone()}
                    rowKey={(row) => row.id}
                    rowHeight={48}
                    columns={[
                      { key: "what", head: t.carrier, cell: (row) => parcelName(row) },
                      {
                        key: "who",
                        head: t.bySign,
                        width: "112px",
                        from: "tablet",
                        cell: (row) => row.signedBy ?? t.byCode,
                      },
                      {
                        key: "at",
                        head: t.endedAt,
                        width: "112px",
                        align: "end",
                        from: "tablet",
                        cell: (row) => atText(row.endedAt ?? row.at, zone()),
                      },
                      {
                        key: "state",
                        head: t.state,
                        width: "88px",
                        cell: (row) => <ParcelStatus parcel={row} now={now()} />,
                      },
                    ]}
                    {...(parcels.hasNextPage ? { onMore: () => void parcels.fetchNextPage() } : {})}
                  />
                </Pane>
              </Show>
            </Show>
          )}
        </Reading>
      </div>
    </>
  );
}
