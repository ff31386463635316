import { useNavigate, useParams } from "@solidjs/router";
import { giveUpReasons } from "@yihao/warehouse/scan-exception-model";
import { createSignal, For, Show } from "solid-js";
import { queue, settle, wake } from "../../offline/outbox.ts";
import { conflict, pending } from "../../offline/queue.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Sheet } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { Stepper, TextField } from "../../ui/text-field.tsx";
import { useReadAhead } from "./hand-data.ts";
import { again, changeable, changed, givenUp } from "./hand-settle.ts";
import { HandShell, phoneClock } from "./hand-shell.tsx";
import { stepWords } from "./hand-step-words.ts";
import { type Step, type StepKind, stepsOf } from "./hand-steps.ts";
import { docNumber } from "./view.ts";
import { useWarehousesHere } from "./warehouse-here.ts";

const marks = { waiting: ["clock", "neutral"], refused: ["squares", "bad"], done: ["tick", "good"] } as const;

/** What a step is, in one row: kind, goods, where, how many, when. */
function StepRow(props: { step: Step }) {
  const t = stepWords();
  const about = () => props.step.about as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof about()[name] === "string" ? (about()[name] as string) : undefined);
  const kind = () => t.kinds[props.step.kind as StepKind] ?? props.step.kind;
  // What was done with a pallet names its carton and the pallet.
  const document = () =>
    props.step.kind.startsWith("pallet-")
      ? undefined
      : (text("asn") ?? text("order") ?? text("count") ?? text("transfer"));
  const goods = () =>
    [text("name"), typeof about().units === "number" ? t.units(about().units as number) : undefined]
      .filter(Boolean)
      .join(" × ");
  const what = () => (props.step.kind === "report" ? t.kinds[text("step") as StepKind] : undefined);
  const mark = () => marks[props.step.state];
  return (
    <div class="flex items-start gap-3 py-3">
      <span class="pt-1">
        <StatusMark shape={mark()[0]} tone={mark()[1]} size={20} />
      </span>
      <span class="min-w-0 flex-1">
        <b class="flex flex-wrap items-center gap-2">
          {[kind(), what()].filter(Boolean).join(" · ")}
          <Show when={text("bin")}>
            {(bin) => <Plate>{text("to") ? t.way(bin(), text("to") ?? "") : bin()}</Plate>}
          </Show>
        </b>
        <span class="block text-fg-2">
          {[goods(), document() && docNumber(document() ?? "")].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span class="text-right text-base text-fg-2">
        {t.states[props.step.state]}
        <br />
        {phoneClock(props.step.at)}
      </span>
    </div>
  );
}

/** What this phone did that the server does not know, in order; the one that was refused is settled here by whoever did it. */
export default function HandQueue() {
  const t = stepWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  useReadAhead(space, () => warehouses.data?.[0]?.id);
  const [sheet, setSheet] = createSignal<"adjust" | "drop">();
  const [bin, setBin] = createSignal("");
  const [units, setUnits] = createSignal(0);
  const [note, setNote] = createSignal("");
  const stopped = () => conflict(queue()) as Step | undefined;
  const rest = () => stepsOf(pending(queue())).filter(({ state }) => state === "waiting");
  const done = () =>
    stepsOf(queue())
      .filter(({ state }) => state === "done")
      .reverse();
  const suggested = (step: Step): string[] => {
    const { suggestions } = step.refusal?.params ?? {};
    return Array.isArray(suggestions)
      ? suggestions.map((one: { bin?: unknown }) => String(one.bin ?? "")).slice(0, 4)
      : [];
  };
  const adjust = (step: Step) => {
    const now = changeable(step);
    setBin(suggested(step)[0] ?? now.bin ?? "");
    setUnits(now.units ?? 0);
    setSheet("adjust");
  };
  const replace = (step: Step, by: Parameters<typeof settle>[0] & { do: "replace" }) => {
    setSheet(undefined);
    setNote("");
    void settle({ ...by, id: step.id });
  };
  return (
    <HandShell
      queue
      title={t.title}
      onBack={() => navigate(`/s/${params.space}/wh`)}
      foot={
        rest().length > 0 && !stopped() ? (
          <Button kind="primary" size="xxl" icon="refresh" block onClick={wake}>
            {t.syncNow}
          </Button>
        ) : undefined
      }
    >
      <div class="px-4">
        <Show when={stopped()}>
          {(step) => (
            <section class="flex flex-col gap-3 border-b border-line py-4">
              <StepRow step={step()} />
              <Note tone="bad" alert title={t.conflict}>
                {explain(new Problem({ ...(step().refusal ?? { code: "", status: 0 }) }))}
              </Note>
              <Show
                when={step().refusal?.code === "client.too-old"}
                fallback={
                  <>
                    <Show when={changeable(step()).bin !== undefined || changeable(step()).units !== undefined}>
                      <Button kind="primary" size="xl" icon="edit" block onClick={() => adjust(step())}>
                        {t.adjust}
                      </Button>
                    </Show>
                    <Button size="xl" icon="refresh" block onClick={() => void settle({ do: "retry", id: step().id })}>
                      {t.retry}
                    </Button>
                  </>
                }
              >
                <Button size="xl" icon="check" block onClick={() => void settle({ do: "done", id: step().id })}>
                  {t.wasDone}
                </Button>
                <Button
                  size="xl"
                  icon="refresh"
                  block
                  onClick={() => replace(step(), { do: "replace", id: step().id, by: again(step()) })}
                >
                  {t.doAgain}
                </Button>
              </Show>
              <Show when={step().kind !== "report"}>
                <Button kind="danger-outline" size="xl" icon="flag" block onClick={() => setSheet("drop")}>
                  {t.drop}
                </Button>
              </Show>
              <Show when={rest().length > 0}>
                <p class="text-fg-2">{t.waitsBehind(rest().length)}</p>
              </Show>
              <Sheet open={sheet() === "adjust"} onClose={() => setSheet(undefined)} title={t.adjust}>
                <div class="flex flex-col gap-4">
                  <Show when={changeable(step()).bin !== undefined}>
                    <TextField label={t.bin} size="xl" mono maxLength={20} bind={bound(bin, setBin)} />
                    <Show when={suggested(step()).length > 0}>
                      <p class="flex flex-wrap gap-3">
                        <For each={suggested(step())}>
                          {(one) => (
                            <button type="button" class="min-h-12" onClick={() => setBin(one)}>
                              <Plate size="lg">{one}</Plate>
                            </button>
                          )}
                        </For>
                      </p>
                    </Show>
                  </Show>
                  <Show when={changeable(step()).units !== undefined}>
                    <Stepper label={t.amount} size="xl" min={1} bind={bound(units, setUnits)} />
                  </Show>
                  <Button
                    kind="primary"
                    size="xxl"
                    block
                    onClick={() => {
                      const now = changeable(step());
                      const by = changed(step(), {
                        bin: now.bin === undefined ? undefined : bin().trim().toUpperCase(),
                        units: now.units === undefined ? undefined : units(),
                      });
                      replace(step(), { do: "replace", id: step().id, by });
                    }}
                  >
                    {t.send}
                  </Button>
                </div>
              </Sheet>
              <Sheet open={sheet() === "drop"} onClose={() => setSheet(undefined)} title={t.dropTitle}>
                <p class="mb-4">{t.dropSay}</p>
                <div class="flex flex-col gap-3">
                  <TextField label={t.note} hint={t.noteHint} size="xl" maxLength={200} bind={bound(note, setNote)} />
                  <For each={giveUpReasons}>
                    {(reason) => (
                      <Button
                        size="xl"
                        block
                        onClick={() =>
                          replace(step(), {
                            ...{ do: "replace", id: step().id, by: givenUp(params.space, step(), reason, note()) },
                          })
                        }
                      >
                        {t.reasons[reason]}
                      </Button>
                    )}
                  </For>
                </div>
              </Sheet>
            </section>
          )}
        </Show>
        <ol class="divide-y divide-line">
          <For each={rest()}>
            {(step) => (
              <li>
                <StepRow step={step} />
              </li>
            )}
          </For>
        </ol>
        <Show when={!stopped() && rest().length === 0}>
          <p class="py-4 text-md text-fg-2">{t.none}</p>
        </Show>
        <Show when={done().length > 0}>
          <h2 class="border-t border-line pt-4 text-xs text-fg-2">{t.doneLately}</h2>
          <ol class="divide-y divide-line">
            <For each={done()}>
              {(step) => (
                <li>
                  <StepRow step={step} />
                </li>
              )}
            </For>
          </ol>
        </Show>
      </div>
    </HandShell>
  );
}
