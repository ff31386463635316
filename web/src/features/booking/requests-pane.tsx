import { bookedBy } from "@yihao/booking/model";
import type { AnswerRequest, Request } from "@yihao/booking/request-model";
import { createSignal, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { clockRange, dayProse } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton, TextButton } from "../../ui/button.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { useKeys } from "../../ui/keys.ts";
import { Facts, Pane } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Status } from "../../ui/status.tsx";
import { DataTable } from "../../ui/table.tsx";
import { TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { priceText } from "./price-text.ts";
import { answer, type useRequests } from "./request-data.ts";
import { instantProse } from "./request-state.tsx";
import { requestWords } from "./request-words.ts";
import { bookingWords } from "./words.ts";

const hourMs = 3_600_000;

function whenOf(request: Request, wholeDay: string): string {
  const time = bookedBy(request) === "day" ? wholeDay : clockRange(request.from, request.until, request.zone);
  return `${dayProse(request.day)} ${time}`;
}

/** How urgent an answer is: what lapses within four hours is said as a warning. */
function Lapses(props: { request: Request; now: string }) {
  const soon = () => Date.parse(props.request.askedUntil) - Date.parse(props.now) < 4 * hourMs;
  return (
    <Status
      is="queued"
      text={instantProse(props.request.askedUntil, props.request.zone)}
      tone={soon() ? "warn" : "neutral"}
    />
  );
}

/** The queue of requests (待批), those that lapse first before the others. */
export function RequestsTable(props: {
  space: string;
  requests: ReturnType<typeof useRequests>;
  now: string;
  current: string | undefined;
  onOpen: (request: Request) => void;
}) {
  const t = requestWords();
  const b = bookingWords();
  return (
    <DataTable
      label={t.title}
      rows={props.requests.data ?? []}
      rowKey={(one) => one.booking}
      current={props.current}
      onOpen={props.onOpen}
      state={props.requests.isError ? "error" : props.requests.isPending ? "loading" : "ready"}
      problem={props.requests.error}
      errorTitle={t.notRead}
      onRetry={() => void props.requests.refetch()}
      slow={t.slow}
      columns={[
        { key: "place", head: b.place, width: "96px", cell: (one) => <Plate han>{one.code}</Plate> },
        {
          key: "when",
          head: b.time,
          cell: (one) => (
            <span>
              {whenOf(one, b.wholeDay)}
              <Show when={one.count}>{(n) => <span class="text-xs text-fg-3"> · {t.times(n())}</span>}</Show>
            </span>
          ),
        },
        { key: "company", head: b.company, cell: (one) => one.companyName },
        { key: "person", head: t.askedBy, from: "desk", cell: (one) => one.personName },
        { key: "price", head: b.price, align: "end", from: "tablet", cell: (one) => priceText(one, b) },
        {
          key: "lapses",
          head: t.lapses,
          width: "168px",
          from: "tablet",
          cell: (one) => <Lapses request={one} now={props.now} />,
        },
      ]}
      empty={
        <EmptyState
          title={t.empty}
          actions={<LinkButton href={`/s/${props.space}/settings/places`}>{t.setPlaces}</LinkButton>}
        >
          {t.emptySay}
        </EmptyState>
      }
    />
  );
}

/** One request: who wants what when and at what price, and the two answers; ⌘↵ approves. */
export function RequestDetail(props: {
  space: string;
  request: Request | undefined;
  onDone: () => void;
  onClose: () => void;
  onDay: (request: Request) => void;
  onCompany: (company: string) => void;
}) {
  const t = requestWords();
  const b = bookingWords();
  const [busy, setBusy] = createSignal(false);
  const [declining, setDeclining] = createSignal(false);
  const [reason, setReason] = createSignal("");
  const [fault, setFault] = createSignal<string>();
  const [problem, setProblem] = createSignal<unknown>();
  const give = async (request: Request, wish: AnswerRequest) => {
    if (busy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await answer(props.space, request, wish, newIntent());
      toast({ text: wish.as === "approved" ? t.approved(request.code) : t.refused(request.code) });
      setDeclining(false);
      setReason("");
      props.onDone();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  const decline = (request: Request) => {
    if (reason().trim() === "") {
      setFault(t.reasonNeeded);
      return;
    }
    void give(request, { as: "declined", reason: reason().trim() });
  };
  useKeys([
    {
      keys: "mod+enter",
      label: t.approve,
      run: () => {
        const { request } = props;
        if (request) declining() ? decline(request) : void give(request, { as: "approved" });
      },
    },
  ]);
  const foot = (request: Request) => (
    <Show
      when={declining()}
      fallback={
        <div class="flex gap-2">
          <span class="min-w-0 flex-1">
            <Button
              kind="primary"
              size="lg"
              block
              icon="check"
              busy={busy()}
              keys={["⌘", "↵"]}
              onClick={() => void give(request, { as: "approved" })}
            >
              {request.count ? t.approveTimes(request.count) : t.approve}
            </Button>
          </span>
          <Button size="lg" onClick={() => setDeclining(true)}>
            {t.decline}
          </Button>
        </div>
      }
    >
      <div class="flex gap-2">
        <span class="min-w-0 flex-1">
          <Button kind="danger" size="lg" block busy={busy()} onClick={() => decline(request)}>
            {t.declineDo}
          </Button>
        </span>
        <Button size="lg" onClick={() => setDeclining(false)}>
          {t.back}
        </Button>
      </div>
    </Show>
  );
  return (
    <Pane
      title={t.request}
      flush={false}
      note={
        <Show when={props.request}>
          {(one) => (
            <Plate tone="brand" han>
              {one().code}
            </Plate>
          )}
        </Show>
      }
      actions={
        <Button kind="text" icon="close" onClick={() => props.onClose()}>
          {b.close}
        </Button>
      }
      foot={<Show when={props.request}>{(one) => foot(one())}</Show>}
    >
      <Show
        when={props.request}
        fallback={
          <EmptyState art={false} title={t.chooseTitle}>
            {t.choose}
          </EmptyState>
        }
      >
        {(one) => (
          <div class="flex flex-col gap-4">
            <Status is="requested" />
            <Facts
              items={[
                { label: one().count ? t.first : b.when, value: whenOf(one(), b.wholeDay) },
                ...(one().count ? [{ label: b.when, value: t.times(one().count ?? 0) }] : []),
                { label: b.place, value: one().resourceName },
                {
                  label: b.company,
                  value: <TextButton onClick={() => props.onCompany(one().company)}>{one().companyName}</TextButton>,
                },
                { label: t.askedBy, value: one().personName },
                { label: b.paid, value: priceText(one(), b) },
                { label: t.askedAt, value: instantProse(one().at, one().zone) },
                { label: t.lapses, value: instantProse(one().askedUntil, one().zone) },
              ]}
            />
            <span>
              <Button icon="calendar" onClick={() => props.onDay(one())}>
                {t.openRow}
              </Button>
            </span>
            <Show when={declining()} fallback={<p class="text-xs text-fg-3">{t.approveSay}</p>}>
              <TextArea
                label={t.reason}
                hint={t.reasonHint}
                rows={3}
                bind={{
                  ...bound(reason, (text: string) => {
                    setReason(text);
                    setFault(undefined);
                  }),
                  fault,
                }}
              />
            </Show>
            <Show when={problem() !== undefined}>
              <Note tone="bad" alert>
                {explain(problem())}
              </Note>
            </Show>
          </div>
        )}
      </Show>
    </Pane>
  );
}
