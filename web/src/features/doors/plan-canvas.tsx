import { A } from "@solidjs/router";
import type { ResourceView } from "@yihao/booking/model";
import type { PlanView, Spot } from "@yihao/booking/plan-model";
import { For, type JSX, Show } from "solid-js";
import { StatusMark, statusLook, type Tone } from "../../ui/status.tsx";
import { onPlan, type SpotState, spotStatus } from "./plan-view.ts";
import { planWords } from "./plan-words.ts";

const step = 5;
const far = 25;

/** The ground of a plan: its image, or a blank sheet of its shape, with what stands on it. */
function Ground(props: {
  plan: Pick<PlanView, "width" | "height">;
  image: string | undefined;
  children: JSX.Element;
  ref?: (element: HTMLDivElement) => void;
}) {
  return (
    // On a phone a plan is wider than the screen and is moved across, so that places do not lie on each other.
    <div class="overflow-x-auto">
      <div
        ref={props.ref}
        class="relative w-full min-w-[720px] overflow-hidden border border-line bg-sunken"
        style={{ "aspect-ratio": `${props.plan.width} / ${props.plan.height}` }}
      >
        <Show when={props.image}>
          {(url) => <img class="absolute inset-0 h-full w-full object-contain" src={url()} alt="" draggable={false} />}
        </Show>
        {props.children}
      </div>
    </div>
  );
}

const place = ({ x, y }: Spot) => ({ left: `${x / 10}%`, top: `${y / 10}%`, transform: "translate(-50%, -50%)" });
const chip = "absolute inline-flex min-h-7 items-center gap-1 border px-1.5 text-xs whitespace-nowrap";
const tones: Readonly<Record<SpotState, string>> = {
  free: "border-line-control bg-surface text-fg",
  mine: "border-brand bg-brand-soft text-brand-fg",
  taken: "border-line-strong bg-plate text-fg",
  let: "border-line bg-plate text-fg-2",
  closed: "border-line bg-sunken text-fg-3",
  off: "border-line bg-sunken text-fg-3",
};

/** The tone of a mark on the ground of its chip. */
const marks: Readonly<Record<SpotState, Tone>> = {
  ...{ free: "neutral", mine: "brand", taken: "brand", let: "muted", closed: "neutral", off: "neutral" },
};

export type Shown = {
  readonly one: ResourceView;
  readonly spot: Spot;
  readonly state: SpotState;
  readonly word: string;
};

/** A plan to look at: each place with its state in shape and word; a free one leads to where it is booked. */
export function PlanPicture(props: {
  plan: PlanView;
  image: string | undefined;
  spots: readonly Shown[];
  href: (one: ResourceView) => string;
}) {
  return (
    <Ground plan={props.plan} image={props.image}>
      <For each={props.spots.map(({ one }) => one.id)}>
        {(id) => (
          <Show when={props.spots.find(({ one }) => one.id === id)}>
            {(shown) => {
              const inside = () => (
                <>
                  <StatusMark
                    shape={statusLook(spotStatus[shown().state]).shape}
                    tone={marks[shown().state]}
                    size={12}
                  />
                  <b>{shown().one.code}</b>
                  <span>{shown().word}</span>
                </>
              );
              return (
                <Show
                  when={shown().state === "free"}
                  fallback={
                    <span class={`${chip} ${tones[shown().state]}`} style={place(shown().spot)}>
                      {inside()}
                    </span>
                  }
                >
                  <A
                    class={`${chip} ${tones.free} hover:border-brand`}
                    style={place(shown().spot)}
                    href={props.href(shown().one)}
                  >
                    {inside()}
                  </A>
                </Show>
              );
            }}
          </Show>
        )}
      </For>
    </Ground>
  );
}

/** A plan to arrange: places are dragged, or moved by the arrow keys; Delete takes one off. */
export function PlanEditor(props: {
  plan: Pick<PlanView, "width" | "height">;
  image: string | undefined;
  spots: readonly Spot[];
  codeOf: (resource: string) => string;
  onMove: (spot: Spot) => void;
  onRemove: (resource: string) => void;
}) {
  const t = planWords();
  let ground: HTMLDivElement | undefined;
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }, spot: Spot) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !ground) return;
    const box = ground.getBoundingClientRect();
    const share = (at: number, from: number, size: number) => onPlan(((at - from) / size) * 1000);
    props.onMove({
      ...spot,
      x: share(event.clientX, box.left, box.width),
      y: share(event.clientY, box.top, box.height),
    });
  };
  const key = (event: KeyboardEvent, spot: Spot) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      props.onRemove(spot.resource);
      return;
    }
    const by = event.shiftKey ? far : step;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-by, 0],
      ArrowRight: [by, 0],
      ArrowUp: [0, -by],
      ArrowDown: [0, by],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    props.onMove({ ...spot, x: onPlan(spot.x + move[0]), y: onPlan(spot.y + move[1]) });
  };
  // Keyed by the place, so that the one in hand keeps its focus and its pointer while it moves.
  const names = () => props.spots.map(({ resource }) => resource);
  const spotOf = (resource: string) =>
    props.spots.find((spot) => spot.resource === resource) ?? ({ resource, x: 0, y: 0 } as Spot);
  return (
    <Ground
      plan={props.plan}
      image={props.image}
      ref={(element) => {
        ground = element;
      }}
    >
      <For each={names()}>
        {(resource) => (
          <button
            type="button"
            id={`spot-${resource}`}
            class={`${chip} cursor-grab touch-none border-brand bg-surface text-fg`}
            style={place(spotOf(resource))}
            aria-label={t.at(props.codeOf(resource), spotOf(resource).x, spotOf(resource).y)}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => drag(event, spotOf(resource))}
            onKeyDown={(event) => key(event, spotOf(resource))}
          >
            <b>{props.codeOf(resource)}</b>
          </button>
        )}
      </For>
    </Ground>
  );
}
