import { useParams } from "@solidjs/router";
import { checkInLeadMinutes } from "@yihao/booking/cancellation";
import { type BookingRowView, bookedBy } from "@yihao/booking/model";
import { createSignal, Match, onCleanup, Show, Switch } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, clockRange, dayOf } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { checkIn, useOwnBookings, usePlaces } from "./data.ts";
import { displaysWords } from "./displays-words.ts";

const minuteMs = 60_000;

/** Where the code at a door leads: one's own booking of that place to check in to, or the way to book it. */
export default function DoorPage() {
  const t = displaysWords();
  const params = useParams<{ space: string; resource: string }>();
  const [now, setNow] = createSignal(new Date().toISOString());
  const timer = setInterval(() => setNow(new Date().toISOString()), 15_000);
  onCleanup(() => clearInterval(timer));
  const places = usePlaces(() => params.space);
  const began = new Date(Date.now() - 24 * 60 * minuteMs).toISOString();
  const own = useOwnBookings(
    () => params.space,
    () => began,
  );
  const [busy, setBusy] = createSignal(false);
  const enter = async (row: BookingRowView) => {
    setBusy(true);
    await checkIn(params.space, row.id, newIntent()).catch((error: unknown) =>
      toast({ text: explain(error), tone: "bad" }),
    );
    setBusy(false);
  };
  const zone = () => places.data?.sites[0]?.zone ?? "Asia/Shanghai";
  const mine = () =>
    (own.data ?? []).find(
      (row) =>
        row.resource === params.resource &&
        row.state === "booked" &&
        now() < row.until &&
        (row.from <= now() || dayOf(row.from, row.zone) === dayOf(now(), row.zone)),
    );
  const opens = (row: BookingRowView) => new Date(Date.parse(row.from) - checkInLeadMinutes * minuteMs).toISOString();
  const bookPath = () =>
    `/s/${params.space}/my/bookings?${new URLSearchParams({ resource: params.resource, day: dayOf(now(), zone()) })}`;
  return (
    <>
      <PageHead title={t.door} />
      <div class="mx-auto flex w-full max-w-[560px] flex-col gap-6 p-4">
        <Reading asked={places} failed={t.doorNotRead} rows={2}>
          {(all) => (
            <Show
              when={all().resources.find(({ id }) => id === params.resource)}
              fallback={<EmptyState art={false} title={t.noDoor} />}
            >
              {(place) => (
                <>
                  <div class="flex items-center gap-3">
                    <Plate tone="solid" size="lg" han>
                      {place().code}
                    </Plate>
                    <b class="text-md">{place().name}</b>
                  </div>
                  <Reading asked={own} failed={t.doorNotRead} rows={2}>
                    {() => (
                      <Switch
                        fallback={
                          <div class="flex flex-col gap-4">
                            <p>{t.none}</p>
                            <LinkButton kind="primary" size="xl" block href={bookPath()}>
                              {t.book}
                            </LinkButton>
                          </div>
                        }
                      >
                        <Match when={mine()}>
                          {(row) => (
                            <section class="flex flex-col gap-4" aria-label={row().from <= now() ? t.yours : t.next}>
                              <div>
                                <p class="text-xs text-fg-2">{row().from <= now() ? t.yours : t.next}</p>
                                <p class="text-lg font-strong">
                                  {bookedBy(row()) === "day"
                                    ? row().day
                                    : clockRange(row().from, row().until, row().zone)}
                                </p>
                                <p class="text-fg-2">{row().personName}</p>
                              </div>
                              <Switch
                                fallback={
                                  <Button
                                    kind="primary"
                                    size="xl"
                                    block
                                    busy={busy()}
                                    onClick={() => void enter(row())}
                                  >
                                    {t.checkIn}
                                  </Button>
                                }
                              >
                                <Match when={row().checkedInAt}>
                                  {(at) => <Status is="checkedIn" text={t.checkedIn(clock(at(), row().zone))} />}
                                </Match>
                                <Match when={now() < opens(row())}>
                                  <Status is="queued" text={t.early(clock(opens(row()), row().zone))} />
                                </Match>
                              </Switch>
                              <LinkButton size="lg" block href={`/s/${params.space}/my/bookings/list`}>
                                {t.all}
                              </LinkButton>
                            </section>
                          )}
                        </Match>
                      </Switch>
                    )}
                  </Reading>
                </>
              )}
            </Show>
          )}
        </Reading>
      </div>
    </>
  );
}
