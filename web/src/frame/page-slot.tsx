import { useLocation } from "@solidjs/router";
import { createEffect, ErrorBoundary, on, type ParentProps, Suspense } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Loading, Note } from "../ui/feedback.tsx";
import { frameWords } from "./words.ts";

/** Holds a page inside its frame: the frame stands while the page's code is fetched, and a page that breaks takes nothing else with it. */
export function PageSlot(props: ParentProps) {
  return (
    <ErrorBoundary fallback={(error: unknown, reset) => <Broken error={error} reset={reset} />}>
      <Suspense fallback={<Loading rows={8} />}>{props.children}</Suspense>
    </ErrorBoundary>
  );
}

function Broken(props: { error: unknown; reset: () => void }) {
  const t = frameWords();
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      () => props.reset(),
      { defer: true },
    ),
  );
  return (
    <div class="p-4">
      <Note
        tone="bad"
        alert
        title={t.broken}
        actions={
          <>
            <Button size="sm" icon="refresh" onClick={() => globalThis.location.reload()}>
              {t.reload}
            </Button>
            <code class="ml-auto font-mono text-xs">
              {props.error instanceof Error ? props.error.message : String(props.error)}
            </code>
          </>
        }
      >
        {t.brokenSay}
      </Note>
    </div>
  );
}
