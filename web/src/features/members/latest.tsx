import { createSignal, Show } from "solid-js";
import { Problem } from "../../problem.ts";
import { Note } from "../../ui/feedback.tsx";
import { leadWords } from "./lead-words.ts";

/** A revision that an edit names, and whether somebody else saved first. */
export interface Latest {
  readonly met: () => boolean;
  /** Saves under the revision; when it is old, takes up the latest and says so instead of throwing. Gives whether it was saved. */
  readonly save: (put: (rev: number) => Promise<unknown>) => Promise<boolean>;
}

/** Follows the revision of what a form edits, so that saving again after a conflict overwrites what was seen. */
export function createLatest(first: number, read: () => Promise<{ rev: number }>): Latest {
  const [rev, setRev] = createSignal(first);
  const [met, setMet] = createSignal(false);
  return {
    met,
    save: async (put) => {
      try {
        await put(rev());
        setMet(false);
        return true;
      } catch (error) {
        if (!(error instanceof Problem && error.status === 412)) throw error;
        setRev((await read()).rev);
        setMet(true);
        return false;
      }
    },
  };
}

/** Says that somebody else saved first; what was typed is kept. */
export function MetNote(props: { latest: Latest }) {
  const t = leadWords();
  return (
    <Show when={props.latest.met()}>
      <Note tone="warn" shape="squares" alert title={t.met}>
        {t.metSay}
      </Note>
    </Show>
  );
}
