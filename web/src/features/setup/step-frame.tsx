import { useNavigate } from "@solidjs/router";
import { createSignal, type JSX, Show } from "solid-js";
import { clock } from "../../format.ts";
import { Button } from "../../ui/button.tsx";
import { DraftNote, type Form } from "../../ui/form.tsx";
import { useKeys } from "../../ui/keys.ts";
import { media } from "../../ui/panes.tsx";
import { PlainShell } from "../../ui/shell-plain.tsx";
import { Status } from "../../ui/status.tsx";
import { Steps } from "../../ui/steps.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import { toast } from "../../ui/toast.tsx";
import { isUnfinished } from "./drafts.ts";
import { type Built, isDone, optional, type StepKey, stepBy, steps } from "./progress.ts";
import { setupWords } from "./words.ts";

const [savedAt, setSavedAt] = createSignal<string>();
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Notes that a step was saved just now, for the head of the page. */
export const noteSaved = () => setSavedAt(new Date().toISOString());

/** What a step of the set-up hands to its frame. */
export type StepActs = {
  /** Saves the step; true when it is saved and may be left. */
  readonly save?: () => Promise<boolean>;
  /** Whether something was changed that is not saved yet. */
  readonly dirty?: () => boolean;
  /** Whether what is typed may be saved as it is. */
  readonly valid?: () => boolean;
  readonly busy?: () => boolean;
  readonly draft?: Pick<Form<Record<string, unknown>>, "draftAt" | "restored" | "reset" | "keep">;
  /** Takes what submitting the step's form does, so that ⌘↵ in a field goes on like the button. */
  readonly onSubmit?: (run: () => void) => void;
};

/**
 * The frame of every step: progress at the left, the step, and at the foot back, skip and save. Leaving a step saves what was changed; what
 * cannot be saved yet stays a draft in this browser, and the step is marked.
 */
export function StepFrame(props: {
  step: StepKey;
  space: string | undefined;
  built: Built | undefined;
  acts?: StepActs;
  aside?: JSX.Element;
  children: JSX.Element;
}) {
  const t = setupWords();
  const navigate = useNavigate();
  const work = steps.filter((step) => step !== "done");
  const count = () => work.filter((step) => isDone(step, props.built)).length;
  const next = () => stepBy(props.step, 1);
  const before = () => stepBy(props.step, -1);
  const to = (step: StepKey) => navigate(`/setup/${props.space}/${step}`);
  const leave = async (go: () => void) => {
    if (props.acts?.dirty?.() && !(props.acts.valid?.() && (await props.acts.save?.()))) {
      props.acts.draft?.keep();
      toast({ text: t.keptDraft(t.names[props.step]), tone: "info" });
    }
    go();
  };
  const skip = (step: StepKey) => {
    if (props.acts?.dirty?.()) props.acts.draft?.keep();
    to(step);
  };
  const toSave = () =>
    props.acts?.save !== undefined && (props.acts.dirty?.() === true || !isDone(props.step, props.built));
  const saveAndGo = async () => {
    if (toSave() && !(await props.acts?.save?.())) return;
    const after = next();
    if (after && props.space) to(after);
  };
  const label = () => {
    const after = next();
    const name = after ? t.names[after] : "";
    return toSave() ? t.save(name) : t.go(name);
  };
  props.acts?.onSubmit?.(() => void saveAndGo());
  useKeys([{ keys: "mod+enter", label: label(), run: () => void saveAndGo() }]);
  const unfinished = (step: StepKey) => step !== props.step && isUnfinished(props.space, step);
  const note = (step: StepKey) => noteOf(step, props.built);
  const wide = media("(min-width: 1120px)");
  const list = () => (
    <Steps
      label={t.title}
      {...(props.space
        ? { onOpen: (key: string) => void leave(() => to(steps.find((step) => step === key) ?? "done")) }
        : {})}
      steps={steps.map((step) => ({
        key: step,
        title: t.names[step],
        ...(unfinished(step) ? { note: t.unfinished } : note(step) ? { note: note(step) } : {}),
        ...(step === props.step
          ? {}
          : isDone(step, props.built)
            ? { aside: t.edit }
            : optional.has(step)
              ? { aside: t.optional }
              : {}),
        state: step === props.step ? "now" : unfinished(step) ? "draft" : isDone(step, props.built) ? "done" : "next",
      }))}
    />
  );
  return (
    <PlainShell
      title={t.shell}
      actions={
        <>
          <Show when={savedAt()}>{(at) => <Status is="in" text={t.saved(clock(at(), zone))} />}</Show>
          <Show when={props.space}>
            {(space) => <Button onClick={() => void leave(() => navigate(`/s/${space()}/today`))}>{t.leave}</Button>}
          </Show>
        </>
      }
      aside={
        <>
          <div class="flex flex-col gap-2 border-b border-line px-6 py-5">
            <h2 class="text-lg">{t.title}</h2>
            <p class="flex justify-between gap-3 text-fg-2">
              <span>{t.progress(count(), work.length)}</span>
              <span>{t.leaveAny}</span>
            </p>
            <Bricks
              total={work.length}
              done={count()}
              using={props.step !== "done" && !isDone(props.step, props.built) ? 1 : 0}
              label={t.progress(count(), work.length)}
              tall
            />
          </div>
          <Show
            when={wide()}
            fallback={
              <details class="y-fold border-b border-line">
                <summary>
                  {steps.indexOf(props.step) + 1} / {steps.length} · {t.allSteps}
                </summary>
                {list()}
              </details>
            }
          >
            {list()}
          </Show>
        </>
      }
      foot={
        <>
          <Show when={props.space ? before() : undefined}>
            {(step) => (
              <Button size="lg" onClick={() => void leave(() => to(step()))}>
                {t.back}
              </Button>
            )}
          </Show>
          <span class="ml-auto" />
          <Show when={optional.has(props.step) && !isDone(props.step, props.built) && next()}>
            {(step) => (
              <Button size="lg" kind="text" onClick={() => skip(step())}>
                {t.skip}
              </Button>
            )}
          </Show>
          <Show when={next() && (props.acts?.save || isDone(props.step, props.built))}>
            <Button
              size="lg"
              kind="primary"
              keys={["⌘", "↵"]}
              busy={props.acts?.busy?.() ?? false}
              onClick={() => void saveAndGo()}
            >
              {label()}
            </Button>
          </Show>
        </>
      }
    >
      <header class="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <h1 class="text-lg">{t.names[props.step]}</h1>
          <p class="text-pretty text-fg-2">{t.says[props.step]}</p>
        </div>
        <Show when={props.acts?.draft}>{(form) => <DraftNote form={form()} />}</Show>
      </header>
      <div class="grid gap-6" classList={{ "wide:grid-cols-[minmax(0,1fr)_340px]": props.aside !== undefined }}>
        <div class="min-w-0" classList={{ "max-w-3xl": props.aside === undefined }}>
          {props.children}
        </div>
        <Show when={props.aside}>
          <aside class="min-w-0">{props.aside}</aside>
        </Show>
      </div>
    </PlainShell>
  );
}

function noteOf(step: StepKey, built: Built | undefined): string {
  const t = setupWords();
  if (!built) return "";
  const desks = built.resources.filter(({ kind }) => kind === "desk").length;
  switch (step) {
    case "space":
      return built.space.name;
    case "site":
      return built.sites.map(({ name, city }) => [name, city].filter(Boolean).join(" · ")).join("; ");
    case "desks":
      return built.resources.length > 0 ? t.has(desks, built.resources.length - desks) : "";
    case "prices":
      return built.plans.map(({ name }) => name).join(", ");
    case "warehouse":
      return built.bins.length > 0 ? `${built.warehouses[0]?.name ?? ""} · ${built.bins.length}` : "";
    case "companies":
      return built.companies > 0 ? t.hasCompanies(built.companies) : "";
    case "done":
      return "";
  }
}
