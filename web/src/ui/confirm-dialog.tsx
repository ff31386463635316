import { createSignal, For, Show } from "solid-js";
import { explain } from "../refusals.ts";
import { Button } from "./button.tsx";
import { Note } from "./feedback.tsx";
import { Dialog } from "./overlay.tsx";

/**
 * Asks once more before something is ended: what follows from it line by line, the act and the way back. It stays open while the act runs and says why when that is refused; whoever uses it closes it when the act is done.
 */
export function ConfirmDialog(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  act: string;
  keep: string;
  says: readonly string[];
  run: () => Promise<void>;
}) {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const run = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await props.run();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      foot={
        <>
          <Button kind="danger" busy={busy()} onClick={() => void run()}>
            {props.act}
          </Button>
          <Button onClick={() => props.onClose()}>{props.keep}</Button>
        </>
      }
    >
      <Show when={props.says.length > 1} fallback={<p>{props.says[0]}</p>}>
        <ul class="flex list-disc flex-col gap-1.5 pl-5">
          <For each={props.says}>{(line) => <li>{line}</li>}</For>
        </ul>
      </Show>
      <Show when={problem()}>
        {(why) => (
          <div class="mt-3">
            <Note tone="bad" alert>
              {explain(why())}
            </Note>
          </div>
        )}
      </Show>
    </Dialog>
  );
}
