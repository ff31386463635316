import { For, Show } from "solid-js";
import { joined } from "../format.ts";
import { dictionary } from "../i18n.ts";
import { StatusMark } from "./status.tsx";

const words = dictionary({
  zh: {
    fill: (p: number) => `占用 ${p}%`,
    age: (d: number) => `库龄 ${d} 天`,
    flow: (n: number) => `7 天动销 ${n}`,
    empty: "空",
    full: "满",
    locked: "锁定",
    counting: "盘点中",
    warn: "差异",
    bad: "告警",
    old: "久",
    fast: "快",
    slow: "慢",
    young: "新",
  },
  en: {
    fill: (p: number) => `${p}% full`,
    age: (d: number) => `${d} days old`,
    flow: (n: number) => `${n} moved in 7 days`,
    empty: "Empty",
    full: "Full",
    locked: "Locked",
    counting: "Being counted",
    warn: "Mismatch",
    bad: "Alarm",
    old: "Old",
    fast: "Fast",
    slow: "Slow",
    young: "New",
  },
});

export type Heat = "fill" | "age" | "flow";
export interface BinCell {
  readonly address: string;
  /** Bay from the left and level from the floor, from 1. */
  readonly bay: number;
  readonly level: number;
  /** 0 to 1: how full, how old, how busy. */
  readonly heat: number;
  /** The figure behind it: per cent, days or moves. */
  readonly figure: number;
  readonly locked?: boolean;
  /** Somebody counts it: what is in it is not told. */
  readonly counting?: boolean;
  readonly alert?: "warn" | "bad";
}

const stepOf = (heat: number) => (heat <= 0 ? 0 : Math.min(5, Math.max(1, Math.ceil(heat * 5))));

/**
 * One rack from the front. Each question has its own hue and shape: fill rises (height), flow widens (width), age prints
 * its days. Arrow keys move between bins, ↵ opens one.
 */
export function RackHeat(props: {
  name: string;
  note?: string;
  sum?: string;
  bays: number;
  levels: number;
  /** How bays and levels are named, from the first; left out, by their numbers. */
  bayNames?: readonly string[];
  levelNames?: readonly string[];
  bins: readonly BinCell[];
  heat: Heat;
  chosen?: string | undefined;
  onOpen?: (bin: BinCell) => void;
}) {
  const t = words();
  const bay = (number: number) => props.bayNames?.[number - 1] ?? String(number).padStart(2, "0");
  const at = (bay: number, level: number) => props.bins.find((bin) => bin.bay === bay && bin.level === level);
  const cells = () =>
    Array.from({ length: props.bays * props.levels }, (_, index) => ({
      bay: (index % props.bays) + 1,
      level: props.levels - Math.floor(index / props.bays),
    }));
  const spoken = (bin: BinCell) =>
    joined([
      bin.address,
      bin.counting ? t.counting : bin.heat <= 0 ? t.empty : t[props.heat](bin.figure),
      ...(bin.locked ? [t.locked] : []),
      ...(bin.alert ? [t[bin.alert]] : []),
    ]);
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: props.bays, ArrowUp: -props.bays }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const all = [...(event.currentTarget.parentElement?.children ?? [])];
    (all[all.indexOf(event.currentTarget) + by] as HTMLElement | undefined)?.focus();
  };
  return (
    <section class="y-rack" aria-label={props.name}>
      <header>
        <b>{props.name}</b> <span class="text-fg-3">{props.note}</span>
        <span class="ml-auto text-fg-3">{props.sum}</span>
      </header>
      <div class="flex">
        <span class="y-rack-levels" aria-hidden="true">
          <For each={Array.from({ length: props.levels }, (_, index) => props.levels - index)}>
            {(level) => <i>{props.levelNames?.[level - 1] ?? level}</i>}
          </For>
        </span>
        <div class="y-rack-grid" style={{ "grid-template-columns": `repeat(${props.bays}, minmax(0, 1fr))` }}>
          <For each={cells()}>
            {(cell) => (
              <Show when={at(cell.bay, cell.level)} fallback={<span />}>
                {(bin) => (
                  <button
                    type="button"
                    class="y-bin"
                    classList={{
                      "y-bin-chosen": props.chosen === bin().address,
                      "y-bin-locked": bin().locked === true,
                      "y-bin-counting": bin().counting === true && bin().locked !== true,
                    }}
                    style={{ background: `var(--color-${props.heat}-0)` }}
                    aria-label={spoken(bin())}
                    title={spoken(bin())}
                    tabindex={
                      props.chosen === undefined
                        ? cell.bay === 1 && cell.level === props.levels
                          ? 0
                          : -1
                        : props.chosen === bin().address
                          ? 0
                          : -1
                    }
                    onClick={() => props.onOpen?.(bin())}
                    onKeyDown={move}
                  >
                    <Show when={!bin().locked && !bin().counting}>
                      <i
                        style={{
                          background: `var(--color-${props.heat}-${stepOf(bin().heat)})`,
                          height: props.heat === "fill" ? `${Math.round(bin().heat * 100)}%` : "100%",
                          width: props.heat === "flow" ? `${Math.round(bin().heat * 100)}%` : "100%",
                        }}
                      />
                    </Show>
                    <Show when={props.heat === "age" && bin().heat > 0}>
                      <span classList={{ "y-on-heat": stepOf(bin().heat) >= 4 }}>{bin().figure}</span>
                    </Show>
                    <Show when={bin().alert}>
                      {(alert) => (
                        <em>
                          <StatusMark shape={alert() === "bad" ? "octagon" : "triangle"} tone={alert()} size={12} />
                        </em>
                      )}
                    </Show>
                  </button>
                )}
              </Show>
            )}
          </For>
        </div>
      </div>
      <footer class="y-rack-bays" aria-hidden="true">
        <span>{bay(1)}</span>
        <span>{bay(Math.ceil(props.bays / 2))}</span>
        <span>{bay(props.bays)}</span>
      </footer>
    </section>
  );
}

/** The scale of a heat with words at both ends, and what the hatches mean where there are any. */
export function HeatLegend(props: { heat: Heat; counting?: boolean; locked?: boolean }) {
  const t = words();
  const ends = () =>
    props.heat === "fill" ? [t.empty, t.full] : props.heat === "age" ? [t.young, t.old] : [t.slow, t.fast];
  return (
    <span class="inline-flex items-center gap-2 text-xs text-fg-2">
      {ends()[0]}
      <span class="flex gap-0.5" aria-hidden="true">
        <For each={[0, 1, 2, 3, 4, 5]}>
          {(step) => <i class="block h-2.5 w-4" style={{ background: `var(--color-${props.heat}-${step})` }} />}
        </For>
      </span>
      {ends()[1]}
      <Show when={props.counting}>
        <i class="y-bin-counting ml-2 block h-2.5 w-4" aria-hidden="true" /> {t.counting}
      </Show>
      <Show when={props.locked}>
        <i class="y-bin-locked ml-2 block h-2.5 w-4" aria-hidden="true" /> {t.locked}
      </Show>
    </span>
  );
}
