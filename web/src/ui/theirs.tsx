import { createSignal, type JSX, Show } from "solid-js";
import { Problem } from "../problem.ts";
import { Button } from "./button.tsx";
import { Note } from "./feedback.tsx";

/**
 * What somebody else saved while a form was filled in (412). Nothing typed is lost: whoever fills it in chooses to keep it, to be saved over the new revision, or to `take` what stands now.
 */
export function createTheirs<T extends { readonly rev: number }>(start: number, take: (theirs: T) => void) {
  const [rev, setRev] = createSignal(start);
  const [theirs, setTheirs] = createSignal<T>();
  return {
    /** The revision that is saved over. */
    rev,
    setRev,
    theirs,
    /** Saves over the revision; where somebody was faster, reads what stands now and gives nothing. */
    async save<R>(save: (rev: number) => Promise<R>, read: () => Promise<T | undefined>): Promise<R | undefined> {
      try {
        return await save(rev());
      } catch (error) {
        const now = error instanceof Problem && error.status === 412 ? await read() : undefined;
        if (!now) throw error;
        setTheirs(() => now);
        return undefined;
      }
    },
    settle(theirsInstead: boolean) {
      const now = theirs();
      if (!now) return;
      setRev(now.rev);
      if (theirsInstead) take(now);
      setTheirs(undefined);
    },
  };
}

/** Says that somebody was faster, and offers both ways on. `children` may show where the two differ. */
export function TheirsNote<T>(props: {
  of: { readonly theirs: () => T | undefined; readonly settle: (theirsInstead: boolean) => void };
  words: { readonly title: string; readonly say: string; readonly mine: string; readonly theirs: string };
  children?: (theirs: T) => JSX.Element;
}) {
  return (
    <Show when={props.of.theirs()} keyed>
      {(now) => (
        <Note
          tone="warn"
          alert
          title={props.words.title}
          actions={
            <>
              <Button onClick={() => props.of.settle(false)}>{props.words.mine}</Button>
              <Button onClick={() => props.of.settle(true)}>{props.words.theirs}</Button>
            </>
          }
        >
          {props.words.say}
          {props.children?.(now)}
        </Note>
      )}
    </Show>
  );
}
