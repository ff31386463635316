import { For, type JSX, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { StatusMark, type StatusShape, type Tone } from "./status.tsx";

const words = dictionary({
  zh: { done: "已完成", now: "正在做", next: "还没做", draft: "没写完" },
  en: { done: "done", now: "now", next: "not yet", draft: "unfinished" },
});

export interface Step {
  readonly key: string;
  readonly title: string;
  readonly note?: string;
  readonly aside?: string;
  /** `draft`: left before it could be saved. */
  readonly state: "done" | "now" | "next" | "draft";
}

const stepLook: Readonly<Record<Step["state"], readonly [StatusShape, Tone]>> = {
  done: ["disc", "good"],
  now: ["dot", "brand"],
  next: ["ring", "muted"],
  draft: ["dashed", "warn"],
};

/** The steps of a set-up, down the left; those that may be opened are buttons. */
export function Steps(props: {
  label: string;
  steps: readonly Step[];
  onOpen?: (key: string) => void;
  numbered?: boolean;
}) {
  const t = words();
  const inside = (step: Step, index: number): JSX.Element => (
    <>
      <StatusMark shape={stepLook[step.state][0]} tone={stepLook[step.state][1]} size={16} />
      <span class="min-w-0 flex-1 text-left">
        <b classList={{ "font-regular": step.state !== "now" }}>
          {props.numbered === false ? "" : `${index + 1}. `}
          {step.title}
        </b>
        <span class="y-hidden"> {t[step.state]}</span>
        <Show when={step.note}>
          <span class="block text-xs text-fg-3">{step.note}</span>
        </Show>
      </span>
      <span class="text-xs text-fg-3">{step.aside}</span>
    </>
  );
  return (
    <ol class="y-steps" aria-label={props.label}>
      <For each={props.steps}>
        {(step, index) => (
          <li aria-current={step.state === "now" ? "step" : undefined}>
            <Show
              when={props.onOpen}
              fallback={
                <div class="y-step" classList={{ "y-on": step.state === "now" }}>
                  {inside(step, index())}
                </div>
              }
            >
              {(open) => (
                <button
                  type="button"
                  class="y-step"
                  classList={{ "y-on": step.state === "now" }}
                  onClick={() => open()(step.key)}
                >
                  {inside(step, index())}
                </button>
              )}
            </Show>
          </li>
        )}
      </For>
    </ol>
  );
}

/** The stages of one short task across the top of the phone: done, now, wrong, next. */
export function TaskSteps(props: { steps: readonly { label: string; state: "done" | "now" | "wrong" | "next" }[] }) {
  return (
    <ol class="y-task-steps">
      <For each={props.steps}>
        {(step, index) => (
          <li
            class={`y-task-${step.state}`}
            aria-current={step.state === "now" || step.state === "wrong" ? "step" : undefined}
          >
            <Show when={step.state === "done" || step.state === "wrong"} fallback={<span>{index() + 1}</span>}>
              <StatusMark
                shape={step.state === "done" ? "disc" : "octagon"}
                tone={step.state === "done" ? "good" : "bad"}
                size={16}
              />
            </Show>
            {step.label}
          </li>
        )}
      </For>
    </ol>
  );
}

export interface Milestone {
  readonly key: string;
  readonly title: string;
  readonly note?: string;
  readonly shape: StatusShape;
  readonly tone: Tone;
  /** Where things stand now; what comes after it has not happened. */
  readonly now?: boolean;
}

/** What a document has gone through and what is still to come, from left to right. */
export function Milestones(props: { label: string; items: readonly Milestone[] }) {
  const at = () => props.items.findIndex(({ now }) => now);
  return (
    <ol class="y-milestones" aria-label={props.label}>
      <For each={props.items}>
        {(item, index) => (
          <li
            classList={{ "y-milestone-ahead": index() >= at() && at() >= 0 }}
            aria-current={item.now ? "step" : undefined}
          >
            <StatusMark shape={item.shape} tone={item.tone} />
            <b class={item.now ? `y-tone-${item.tone}` : ""} classList={{ "font-regular": !item.now }}>
              {item.title}
            </b>
            <small>{item.note}</small>
          </li>
        )}
      </For>
    </ol>
  );
}
