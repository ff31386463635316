import { For } from "solid-js";

/** in: occupied and present · away: let, nobody there · later: booked for later · free · off: out of use. */
export type Tick = "in" | "away" | "later" | "free" | "off";

/** One tick per unit (desk, bin, day), grouped as in the room; the label says the sum for those who cannot see it. */
export function Ticks(props: { units: readonly Tick[]; label: string; group?: number }) {
  const group = () => props.group ?? 8;
  return (
    <span class="y-ticks" role="img" aria-label={props.label}>
      <For each={props.units}>
        {(unit, index) => (
          <i class={`y-tick-${unit}`} classList={{ "y-tick-gap": index() > 0 && index() % group() === 0 }} />
        )}
      </For>
    </span>
  );
}

/** What the ticks mean, each beside its word. */
export function TickLegend(props: { items: readonly { tick: Tick; text: string }[] }) {
  return (
    <ul class="y-legend">
      <For each={props.items}>
        {(item) => (
          <li>
            <span class="y-ticks" aria-hidden="true">
              <i class={`y-tick-${item.tick}`} />
            </span>
            {item.text}
          </li>
        )}
      </For>
    </ul>
  );
}

/** Progress in units: done ones filled, the next `using` hatched, the rest pale. */
export function Bricks(props: { total: number; done: number; using?: number; label: string; tall?: boolean }) {
  const kind = (index: number) =>
    index < props.done ? "y-brick-done" : index < props.done + (props.using ?? 0) ? "y-brick-using" : "";
  return (
    <span class="y-bricks" classList={{ "y-bricks-tall": props.tall === true }} role="img" aria-label={props.label}>
      <For each={Array.from({ length: props.total })}>{(_, index) => <i class={kind(index())} />}</For>
    </span>
  );
}
