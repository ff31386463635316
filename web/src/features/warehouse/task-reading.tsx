import { shortReasons } from "@yihao/warehouse/order-model";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Sheet } from "../../ui/overlay.tsx";
import { signal } from "../../ui/signals.ts";
import { handWords } from "./hand-words.ts";
import { TaskDone } from "./task-screen.tsx";

/** What a task's page shows until it is read, or when it could not be. */
export function TaskReading(props: {
  title: string;
  notRead: string;
  problem: unknown;
  onBack: () => void;
  onRetry: () => void;
}) {
  return (
    <TaskDone title={props.title} say="" onBack={props.onBack}>
      <Show when={props.problem} fallback={<Loading rows={5} />}>
        <ErrorState title={props.notRead} problem={props.problem} onRetry={props.onRetry} />
      </Show>
    </TaskDone>
  );
}

/** The other open lines of a document, any of which may be taken next. */
export function OtherLines<Line extends { readonly line: number; readonly name: string }>(props: {
  title: string;
  open: readonly Line[];
  now: Line;
  left: (line: Line) => string;
  named?: (line: Line) => string;
  onChoose: (line: number) => void;
}): JSX.Element {
  return (
    <Show when={props.open.length > 1}>
      <h2 class="border-t border-line pt-4 text-xs text-fg-2">{props.title}</h2>
      <ul>
        <For each={props.open.filter((other) => other.line !== props.now.line)}>
          {(other) => (
            <li>
              <button
                type="button"
                class="flex min-h-16 w-full items-center gap-3 border-b border-line text-left"
                onClick={() => props.onChoose(other.line)}
              >
                <span class="min-w-0 flex-1">{props.named?.(other) ?? other.name}</span>
                <span class="text-fg-2">{props.left(other)}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** The task at hand: the one that was begun for as long as it waits, whatever comes before it meanwhile by others' work; else the first. */
export function createCurrent<Task>(tasks: () => readonly Task[], key: (task: Task) => string): () => Task | undefined {
  return createMemo<Task | undefined>((before) => {
    const all = tasks();
    const begun = before && key(before);
    return all.find((one) => key(one) === begun) ?? all[0];
  });
}

/** One step at a time: whether it is under way, what was wrong with the last, and doing the next. `settled` ends each, well or not. */
export function createAttempt(settled?: (failed: boolean) => Promise<unknown> | undefined) {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const attempt = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      signal(true);
    } catch (error) {
      setProblem(error);
    } finally {
      await settled?.(problem() !== undefined);
      setBusy(false);
    }
  };
  return { busy, problem, attempt };
}

/** Why there was less than wanted (短拣原因), which closes the step with as many as there were. */
export function ShortSheet(props: {
  units: number | undefined;
  of: number;
  busy: boolean;
  onClose: () => void;
  onShort: (units: number, reason: (typeof shortReasons)[number]) => void;
}) {
  const t = handWords();
  return (
    <Sheet open={props.units !== undefined} onClose={props.onClose} title={t.shortTitle}>
      <p class="mb-4">{t.shortNote(props.units ?? 0, props.of)}</p>
      <div class="flex flex-col gap-2">
        <For each={shortReasons}>
          {(reason) => (
            <Button size="xl" block busy={props.busy} onClick={() => props.onShort(props.units ?? 0, reason)}>
              {t.shortReasons[reason]}
            </Button>
          )}
        </For>
      </div>
    </Sheet>
  );
}
