import { useParams } from "@solidjs/router";
import type { ShownVisitor, VisitorView } from "@yihao/booking/visitor-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clock, dayProse, sentences } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { usePlaces } from "./data.ts";
import { MyTabs } from "./my-tabs.tsx";
import { VisitorDrawer } from "./visitor-form.tsx";
import { statusOf } from "./visitor-view.ts";
import { act, renewPass, useVisitors } from "./visitors-data.ts";
import { visitorsWords } from "./visitors-words.ts";

/** A company's visitors (我们的访客), first on the phone: who is expected, who is here, and one more. */
export default function MyVisitorsPage() {
  const t = visitorsWords();
  const params = useParams<{ space: string }>();
  const places = usePlaces(() => params.space);
  const visitors = useVisitors(
    () => params.space,
    () => undefined,
  );
  const [inviting, setInviting] = createSignal(false);
  const [shown, setShown] = createSignal<ShownVisitor | undefined>();
  const cancel = (one: VisitorView) =>
    void act(params.space, one.id, "cancel", newIntent())
      .then(() => toast({ text: t.cancelled(one.guest?.name ?? "") }))
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
  const again = (one: VisitorView) =>
    void renewPass(params.space, one.id, newIntent())
      .then(setShown)
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
  return (
    <>
      <PageHead
        title={t.title}
        tabs={<MyTabs space={params.space} />}
        actions={
          <Button kind="primary" size="lg" icon="plus" onClick={() => setInviting(true)}>
            {t.invite}
          </Button>
        }
      />
      <div class="mx-auto w-full max-w-[880px]">
        <Reading asked={visitors} failed={t.notRead} rows={5}>
          {(all) => (
            <ul>
              <For
                each={all()}
                fallback={<EmptyState title={t.emptyMine}>{sentences([t.say, t.emptyMineSay])}</EmptyState>}
              >
                {(one) => (
                  <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3">
                    <span class="w-36">
                      <b class="block">{clock(one.at, one.zone)}</b>
                      <span class="text-xs text-fg-2">{dayProse(one.day)}</span>
                    </span>
                    <span class="min-w-40 flex-1">
                      <b class="block">{one.guest?.name ?? t.erased}</b>
                      <span class="text-xs text-fg-2">
                        <Plate han>{one.place}</Plate> {one.guest?.from}
                      </span>
                    </span>
                    <Show when={one.state === "expected" && one.guest}>
                      <span class="inline-flex gap-2">
                        <Button kind="text" onClick={() => again(one)} aria-label={`${t.again} ${one.guest?.name}`}>
                          {t.again}
                        </Button>
                        <Button kind="text" onClick={() => cancel(one)} aria-label={`${t.cancel} ${one.guest?.name}`}>
                          {t.cancel}
                        </Button>
                      </span>
                    </Show>
                    <span class="w-24">
                      <Status is={statusOf(one)} text={t.states[one.state]} />
                    </span>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Reading>
      </div>
      <VisitorDrawer
        space={params.space}
        places={places.data}
        mode={inviting() ? "invite" : undefined}
        staff={false}
        shown={shown()}
        onShown={setShown}
        onClose={() => setInviting(false)}
      />
    </>
  );
}
