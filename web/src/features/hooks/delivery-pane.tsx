import type { Attempt, Delivery, DeliveryDetail, HookId, HookKind } from "@yihao/hooks/model";
import { createSignal, For, Show } from "solid-js";
import { instantCell } from "../../format.ts";
import type { Asked } from "../../query.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { sendAgain } from "./data.ts";
import { hooksWords } from "./words.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A kind of event in words; one that this page does not know yet as it is. */
export const kindText = (type: string): string => hooksWords().kind[type as HookKind] ?? type;

/** How a delivery stands, in the words of the status vocabulary. */
export function DeliveryState(props: { of: Delivery }) {
  const t = hooksWords();
  const look = () => {
    const { state, lastAt, attempts } = props.of;
    if (state === "delivered") return { is: "in", text: t.delivery.delivered } as const;
    if (state === "failed") return { is: "alarm", text: t.delivery.failed } as const;
    if (state === "stopped") return { is: "off", text: t.delivery.stopped } as const;
    return lastAt === null
      ? ({ is: "queued", text: t.delivery.waiting } as const)
      : ({ is: "mismatch", text: t.delivery.retrying(attempts) } as const);
  };
  return <Status is={look().is} text={look().text} />;
}

function said(one: Attempt): string {
  const t = hooksWords();
  if (one.ms === null) return t.noResult;
  const what = one.fault === null || one.fault === "status" ? String(one.status ?? "") : t.fault[one.fault];
  return [what, t.ms(one.ms)].join(" · ");
}

/** One delivery: how it stands, what was sent, each attempt with what came back, and sending it again. */
export function DeliveryPane(props: { space: string; hook: HookId; delivery: string; asked: Asked<DeliveryDetail> }) {
  const t = hooksWords();
  const [busy, setBusy] = createSignal(false);
  const again = async () => {
    setBusy(true);
    try {
      await sendAgain(props.space, props.hook, props.delivery);
      toast({ text: t.againSaid, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const pretty = (body: string) => JSON.stringify(JSON.parse(body), null, 2);
  return (
    <Show
      when={props.asked.data}
      fallback={
        <Show when={props.asked.isError} fallback={<Loading rows={6} />}>
          <ErrorState title={t.deliveryNotRead} problem={props.asked.error} onRetry={() => props.asked.refetch()} />
        </Show>
      }
    >
      {(found) => (
        <Pane
          title={kindText(found().type)}
          actions={<DeliveryState of={found()} />}
          flush={false}
          foot={
            <Button icon="refresh" busy={busy()} onClick={() => void again()}>
              {t.again}
            </Button>
          }
        >
          <Facts
            items={[
              { label: t.at, value: instantCell(found().at, zone) },
              { label: t.id, value: <code class="font-mono text-xs break-all">{found().event}</code> },
              ...(found().state === "waiting" && found().nextAt
                ? [{ label: t.tries, value: t.next(instantCell(found().nextAt ?? "", zone)) }]
                : []),
            ]}
          />
          <h3 class="mt-5 mb-2 text-xs text-fg-2">{t.attempts}</h3>
          <ol class="flex flex-col gap-3">
            <For each={found().log.toReversed()}>
              {(attempt) => (
                <li class="border-l-2 border-line pl-3">
                  <p class="flex flex-wrap gap-x-3 tabular-nums">
                    <b>{t.attempt(attempt.attempt)}</b>
                    <span class="text-fg-2">{instantCell(attempt.at, zone)}</span>
                    <span>{said(attempt)}</span>
                  </p>
                  <Show when={attempt.answer}>
                    {(answer) => <code class="mt-1 block font-mono text-xs break-all text-fg-2">{answer()}</code>}
                  </Show>
                </li>
              )}
            </For>
          </ol>
          <h3 class="mt-5 mb-2 text-xs text-fg-2" id="hook-body">
            {t.body}
          </h3>
          <section
            class="overflow-x-auto border border-line bg-sunken p-3 font-mono text-xs whitespace-pre"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
            tabIndex={0}
            aria-labelledby="hook-body"
          >
            {pretty(found().body)}
          </section>
        </Pane>
      )}
    </Show>
  );
}
