import { useNavigate, useParams } from "@solidjs/router";
import { type ReturnDecision, type ReturnView, returnDecisions } from "@yihao/warehouse/return-model";
import { undecided } from "@yihao/warehouse/return-rules";
import { createEffect, createSignal, For, on, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { createGoodsEntered } from "./goods-entered.ts";
import { parcelsOf } from "./hand-ahead.ts";
import { doStep, requests, useListed, useReturn } from "./hand-data.ts";
import { handWords } from "./hand-words.ts";
import { returnWords } from "./return-words.ts";
import { createAttempt, OtherLines, TaskReading } from "./task-reading.tsx";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { TrackFields } from "./track-fields.tsx";
import { docNumber } from "./view.ts";

type Line = ReturnView["lines"][number];

/** Receives what comes back and decides what becomes of it (收退货), line by line: what → how many → a decision. */
export default function HandReturn() {
  const t = returnWords();
  const h = handWords();
  const params = useParams<{ space: string; return: string }>();
  const navigate = useNavigate();
  const back = useReturn(
    () => params.space,
    () => params.return,
  );
  const [chosen, setChosen] = createSignal<number>();
  const { busy, problem, attempt } = createAttempt();
  const title = () => `${t.return} ${docNumber(params.return)}`;
  const home = () => navigate(`/s/${params.space}/wh`);
  const waiting = () => back.data?.lines.find((line) => undecided(line) > 0);
  const open = () => back.data?.lines.filter((line) => line.received < line.expected) ?? [];
  const line = () => open().find((one) => one.line === chosen()) ?? open()[0];
  const listed = useListed(() => params.space);
  /** The line with how long its goods keep, which the product says. */
  const tracked = () => {
    const now = line();
    return now && { ...now, shelfDays: listed(now.product)?.shelfDays };
  };
  const { lot, setLot, made, setMade, expiry, setExpiry, serials, setSerials, heard, told, clear } =
    createGoodsEntered(tracked);
  const over = () => back.data?.state === "closed" || back.data?.state === "cancelled";
  const receive = (units: number) =>
    attempt(async () => {
      const now = line();
      if (!now) return;
      const wish = {
        units,
        ...told(),
      };
      await doStep("return-receive", requests.returned(params.space, params.return, now.line), wish, {
        ...{ product: now.product, name: now.name, code: now.code, gtin: now.gtin, company: back.data?.company },
        ...{ back: params.return, line: now.line, units, parcels: parcelsOf(now, wish) },
      });
      clear();
      setChosen(undefined);
      await back.refetch();
    });
  const decide = (now: Line, decision: ReturnDecision, units: number, of: string | undefined) =>
    attempt(async () => {
      const wish = { decision, units, ...(of === undefined ? {} : { lot: of }) };
      await doStep("return-decide", requests.decide(params.space, params.return, now.line), wish, {
        ...{ product: now.product, name: now.name, code: now.code, gtin: now.gtin },
        ...{ back: params.return, line: now.line, units, decision, lot: of },
      });
      toast({ text: t.decided(t.decisions[decision], units) });
      await back.refetch();
    });
  return (
    <Show
      when={back.data}
      fallback={
        <TaskReading
          title={title()}
          notRead={h.notRead}
          problem={back.error}
          onBack={home}
          onRetry={() => void back.refetch()}
        />
      }
    >
      <Show
        when={waiting()}
        fallback={
          <Show
            when={over() ? undefined : line()}
            fallback={
              <TaskDone
                title={title()}
                say={t.allDone}
                onBack={home}
                foot={
                  <Button kind="primary" size="xxl" block onClick={home}>
                    {h.toHome}
                  </Button>
                }
              />
            }
          >
            {(now) => (
              <TaskScreen
                title={title()}
                onBack={home}
                task={`${now().line} ${now().received}`}
                product={{ id: now().product, name: now().name, code: now().code, gtin: now().gtin }}
                units={now().expected - now().received}
                most={now().expected - now().received}
                unitsLabel={t.shouldCome(now().expected - now().received)}
                busy={busy()}
                problem={problem()}
                onConfirm={(units) => void receive(units)}
                onScan={heard}
                fixedUnits={now().track === "serial" ? serials().length : undefined}
                more={() => (
                  <TrackFields
                    line={tracked() ?? now()}
                    lot={bound(lot, setLot)}
                    made={bound(made, setMade)}
                    expiry={bound(expiry, setExpiry)}
                    serials={serials()}
                    onRemove={(serial) => setSerials(serials().filter((one) => one !== serial))}
                  />
                )}
                below={
                  <OtherLines
                    title={t.linesLeft}
                    open={open()}
                    now={now()}
                    left={(other) => t.shouldCome(other.expected - other.received)}
                    onChoose={setChosen}
                  />
                }
              />
            )}
          </Show>
        }
      >
        {(now) => (
          <Decide
            title={title()}
            line={now()}
            busy={busy()}
            problem={problem()}
            onBack={home}
            onDecide={(decision, units, of) => void decide(now(), decision, units, of)}
          />
        )}
      </Show>
    </Show>
  );
}

/** What becomes of goods that came back: how many of them, and one of four. */
function Decide(props: {
  title: string;
  line: Line;
  busy: boolean;
  problem: unknown;
  onBack: () => void;
  onDecide: (decision: ReturnDecision, units: number, lot: string | undefined) => void;
}) {
  const t = returnWords();
  const h = handWords();
  const lot = () => props.line.lots?.[0];
  const left = () => lot()?.units ?? undecided(props.line);
  const [units, setUnits] = createSignal(left());
  createEffect(on(left, (now) => setUnits(now)));
  return (
    <TaskDone title={props.title} say={t.decideTitle} onBack={props.onBack}>
      <Show when={props.problem !== undefined}>
        <Note tone="bad" alert>
          {explain(props.problem)}
        </Note>
      </Show>
      <div class="border-t border-line pt-4">
        <b class="text-lg">{props.line.name}</b>
        <p class="font-mono text-fg-2">{props.line.gtin ?? props.line.code}</p>
        <Show when={lot()}>
          {(one) => (
            <p class="mt-2 flex items-center gap-2">
              <span class="text-fg-2">{h.lot}</span> <Plate size="lg">{one().lot}</Plate>
            </p>
          )}
        </Show>
        <p class="mt-2 text-fg-2">{t.waits(undecided(props.line))}</p>
      </div>
      <Stepper label={t.decideUnits} size="xl" min={1} max={left()} bind={bound(units, setUnits)} />
      <div class="flex flex-col gap-2">
        <For each={returnDecisions}>
          {(decision) => (
            <Button
              size="xl"
              block
              kind={decision === "restock" ? "primary" : "outline"}
              busy={props.busy}
              onClick={() => props.onDecide(decision, units(), lot()?.lot)}
            >
              {t.decisions[decision]}
            </Button>
          )}
        </For>
      </div>
    </TaskDone>
  );
}
