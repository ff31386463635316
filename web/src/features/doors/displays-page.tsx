import { useParams } from "@solidjs/router";
import type { Display } from "@yihao/booking/display-model";
import { createSignal, Show } from "solid-js";
import { dayProse, relative } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { Dialog } from "../../ui/overlay.tsx";
import { PageHead, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { revokeDisplay, useDisplays, usePlaces } from "./data.ts";
import { DisplayDrawer } from "./display-drawer.tsx";
import { displaysWords } from "./displays-words.ts";
import { SettingsPane } from "./settings-pane.tsx";

const hourMs = 3_600_000;
/** Displays note that they are there once an hour. */
const isLive = (display: Display) =>
  display.seenAt !== undefined && Date.now() - Date.parse(display.seenAt) < 2 * hourMs;

/** Displays at doors (门口屏): make, look whether they live, revoke; and what the space decided about doors and visitors. */
export default function DisplaysPage() {
  const t = displaysWords();
  const params = useParams<{ space: string }>();
  const displays = useDisplays(() => params.space);
  const places = usePlaces(() => params.space);
  const [making, setMaking] = createSignal(false);
  const [revoking, setRevoking] = createSignal<Display | undefined>();
  const placeOf = (display: Display) => places.data?.resources.find(({ id }) => id === display.resource);
  const revoke = async (display: Display) => {
    await revokeDisplay(params.space, display.id)
      .then(() => toast({ text: t.revoked }))
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
    setRevoking(undefined);
  };
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <>
            <LinkButton icon="print" href={`/s/${params.space}/settings/doors/codes`}>
              {t.codes}
            </LinkButton>
            <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
              {t.make}
            </Button>
          </>
        }
      />
      <div class="grid min-h-0 flex-1 grid-cols-1 desk:grid-cols-[minmax(0,1fr)_420px]">
        <Pane title={t.displays}>
          <DataTable
            label={t.displays}
            rows={displays.data ?? []}
            rowKey={({ id }) => id}
            rowHeight={44}
            state={displays.isError ? "error" : displays.isPending ? "loading" : "ready"}
            problem={displays.error}
            errorTitle={t.notRead}
            onRetry={() => void displays.refetch()}
            columns={[
              {
                key: "place",
                head: t.place,
                width: "110px",
                cell: (one) => <Plate han>{placeOf(one)?.code ?? "—"}</Plate>,
              },
              { key: "name", head: t.name, from: "tablet", cell: (one) => placeOf(one)?.name ?? "—" },
              {
                key: "since",
                head: t.since,
                from: "tablet",
                width: "110px",
                cell: (one) => dayProse(one.at.slice(0, 10), { weekday: false }),
              },
              {
                key: "act",
                head: t.act,
                width: "84px",
                cell: (one) => (
                  <Button
                    size="sm"
                    kind="text"
                    aria-label={`${t.revoke} ${placeOf(one)?.code ?? ""}`}
                    onClick={() => setRevoking(one)}
                  >
                    {t.revoke}
                  </Button>
                ),
              },
              {
                key: "state",
                head: t.state,
                width: "160px",
                cell: (one) => (
                  <Show when={one.seenAt} fallback={<Status is="draft" text={t.never} />}>
                    {(at) => (
                      <Status
                        is={isLive(one) ? "live" : "offline"}
                        {...(isLive(one) ? {} : { text: relative(at(), new Date()) })}
                      />
                    )}
                  </Show>
                ),
              },
            ]}
            empty={
              <EmptyState title={t.empty} actions={<Button onClick={() => setMaking(true)}>{t.make}</Button>}>
                {t.makeSay}
              </EmptyState>
            }
          />
        </Pane>
        <div class="min-w-0 border-line max-desk:border-t desk:border-l">
          <SettingsPane space={params.space} />
        </div>
      </div>
      <DisplayDrawer
        space={params.space}
        resources={places.data?.resources ?? []}
        open={making()}
        onClose={() => setMaking(false)}
      />
      <Show when={revoking()} keyed>
        {(display) => (
          <Dialog
            open
            onClose={() => setRevoking(undefined)}
            title={t.revokeTitle(placeOf(display)?.code ?? "")}
            foot={
              <>
                <Button kind="danger" onClick={() => void revoke(display)}>
                  {t.revoke}
                </Button>
                <Button onClick={() => setRevoking(undefined)}>{t.keep}</Button>
              </>
            }
          >
            <p>{t.revokeSay}</p>
          </Dialog>
        )}
      </Show>
    </>
  );
}
