import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { bound } from "./binding.ts";
import { Button } from "./button.tsx";
import { Checkbox } from "./choice-field.tsx";
import { Status } from "./status.tsx";

interface Run {
  readonly rows: readonly { readonly row: number }[];
  readonly faults: readonly { readonly row: number }[];
  readonly good: number;
  readonly ignored: readonly string[];
}

/**
 * A table that is tried before it is taken: what trying it said, its faults by row, how many rows are ready (none while one has a fault), and what goes on. `renew` forgets all of it, since the table is another now.
 */
export function createDryRun<Found extends Run>(options: {
  check: () => Promise<Found>;
  commit: () => Promise<void>;
  sentence: (fault: Found["faults"][number]) => string;
}) {
  const [run, setRun] = createSignal<Found>();
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal<"check" | "commit">();
  const [onlyFaults, setOnlyFaults] = createSignal(false);
  const attempt = async (what: "check" | "commit", act: () => Promise<void>) => {
    setBusy(what);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      setProblem(() => error);
    } finally {
      setBusy(undefined);
    }
  };
  const faultsOf = createMemo(() => {
    const byRow = new Map<number, string[]>();
    for (const fault of run()?.faults ?? [])
      byRow.set(fault.row, [...(byRow.get(fault.row) ?? []), options.sentence(fault)]);
    return byRow;
  });
  return {
    run,
    problem,
    busy,
    onlyFaults,
    setOnlyFaults,
    faultsOf,
    rows: (): Found["rows"][number][] => (run()?.rows ?? []).filter(({ row }) => !onlyFaults() || faultsOf().has(row)),
    ready: (): number => (run()?.faults.length === 0 ? (run()?.rows.length ?? 0) : 0),
    check: () =>
      attempt("check", async () => {
        const found = await options.check();
        setRun(() => found);
        setOnlyFaults(found.faults.length > 0);
      }),
    commit: () => attempt("commit", options.commit),
    renew: () => {
      setRun(undefined);
      setProblem(undefined);
    },
  };
}
type DryRun = Pick<
  ReturnType<typeof createDryRun>,
  "busy" | "ready" | "check" | "commit" | "onlyFaults" | "setOnlyFaults" | "faultsOf"
>;

/** Tries the table, and takes it once nothing is wrong with it. */
export function DryRunButtons(props: {
  of: DryRun;
  disabled: boolean;
  check: string;
  commit: (rows: number) => string;
  more?: JSX.Element;
}) {
  return (
    <div class="flex flex-wrap items-center gap-3">
      <Button
        kind={props.of.ready() > 0 ? "outline" : "primary"}
        busy={props.of.busy() === "check"}
        disabled={props.disabled || props.of.busy() !== undefined}
        onClick={() => void props.of.check()}
      >
        {props.check}
      </Button>
      <Show when={props.of.ready() > 0}>
        <Button
          kind="primary"
          busy={props.of.busy() === "commit"}
          disabled={props.of.busy() !== undefined}
          onClick={() => void props.of.commit()}
        >
          {props.commit(props.of.ready())}
        </Button>
      </Show>
      {props.more}
    </div>
  );
}

/** What trying the table said: how many rows are good, how many have faults, to be looked at alone, and which columns are not known. */
export function DryRunSays(props: {
  of: DryRun;
  run: Run;
  words: {
    readonly good: (good: number, all: number) => string;
    readonly faults: (rows: number) => string;
    readonly onlyFaults: string;
    readonly ignored: (columns: string) => string;
  };
}) {
  return (
    <>
      <p class="flex flex-wrap items-center gap-3">
        <b>{props.words.good(props.run.good, props.run.rows.length)}</b>
        <Show when={props.run.faults.length > 0}>
          <Status is="mismatch" text={props.words.faults(props.of.faultsOf().size)} />
          <Checkbox label={props.words.onlyFaults} bind={bound(props.of.onlyFaults, props.of.setOnlyFaults)} />
        </Show>
      </p>
      <Show when={props.run.ignored.length > 0}>
        <p class="text-fg-2">{props.words.ignored(props.run.ignored.join(" · "))}</p>
      </Show>
    </>
  );
}

/** What is wrong with a row, or that nothing is. */
export function RowFaults(props: { faults: readonly string[] | undefined; fine: string }) {
  return (
    <Show when={props.faults} fallback={<Status is="enough" text={props.fine} />}>
      {(all) => <Status is="mismatch" text={all().join("; ")} />}
    </Show>
  );
}
