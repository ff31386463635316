import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { clockOfMinute } from "../format.ts";
import { dictionary, lang } from "../i18n.ts";
import { IconButton, Kbd } from "./button.tsx";
import { StatusMark } from "./status.tsx";

const words = dictionary({
  zh: {
    day: "时间尺",
    month: "月历尺",
    before: "前一天",
    after: "后一天",
    lastMonth: "上个月",
    nextMonth: "下个月",
    live: "实时",
    back: "回到此刻",
    today: "回到今天",
    todayAt: (d: number) => `今天 ${d}`,
    look: "正在看的时间",
    list: "时间尺上的事",
  },
  en: {
    day: "Day ruler",
    month: "Month ruler",
    before: "Day before",
    after: "Day after",
    lastMonth: "Month before",
    nextMonth: "Month after",
    live: "Live",
    back: "Back to now",
    today: "Back to today",
    todayAt: (d: number) => `Today ${d}`,
    look: "Time shown",
    list: "On the ruler",
  },
});

export interface RulerMark {
  /** Minute of the day, or day of the month. */
  readonly at: number;
  /** ▼ arrival or issue · ◆ due · red octagon alarm. */
  readonly kind: "arrival" | "due" | "alarm";
  readonly label: string;
}

/** Follows the width of an element in px. */
export function widthOf(element: () => Element | undefined): () => number {
  const [width, setWidth] = createSignal(1000);
  onMount(() => {
    const target = element();
    if (!target) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)));
    observer.observe(target);
    onCleanup(() => observer.disconnect());
  });
  return width;
}

function Mark(props: { mark: RulerMark; x: number; foot: number }) {
  return (
    <g>
      <path
        d={`M${props.x} 26V${props.foot}`}
        stroke={
          props.mark.kind === "arrival"
            ? "var(--color-info)"
            : props.mark.kind === "due"
              ? "var(--color-warn)"
              : "var(--color-bad)"
        }
        stroke-dasharray="1.5 1.5"
      />
      <Show when={props.mark.kind === "arrival"}>
        <path d={`M${props.x - 4} 19h8l-4 6z`} fill="var(--color-info)" />
      </Show>
      <Show when={props.mark.kind === "due"}>
        <path d={`M${props.x} 17.5l4.5 4.5-4.5 4.5-4.5-4.5z`} fill="var(--color-warn)" />
      </Show>
      <Show when={props.mark.kind === "alarm"}>
        <path d={`M${props.x - 2} 17h4l3 3v4l-3 3h-4l-3-3v-4z`} fill="var(--color-bad)" />
      </Show>
    </g>
  );
}

function Live() {
  return (
    <span class="y-status y-tone-brand">
      <StatusMark shape="dot" tone="brand" />
      {words().live}
    </span>
  );
}

function Frame(props: {
  title: JSX.Element;
  before: string;
  after: string;
  onStep?: ((by: 1 | -1) => void) | undefined;
  live: boolean;
  back: string;
  onNow?: (() => void) | undefined;
  children: JSX.Element;
}) {
  return (
    <div class="y-ruler">
      <div class="y-ruler-date">
        <span class="whitespace-nowrap">{props.title}</span>
        <Show when={props.onStep}>
          {(step) => (
            <span class="ml-auto flex">
              <IconButton icon="left" size="sm" label={props.before} onClick={() => step()(-1)} />
              <IconButton icon="right" size="sm" label={props.after} onClick={() => step()(1)} />
            </span>
          )}
        </Show>
      </div>
      {props.children}
      <Show
        when={props.onNow}
        fallback={
          <span class="y-ruler-live">
            <Live />
          </span>
        }
      >
        {(toNow) => (
          <button type="button" class="y-ruler-live" onClick={() => toNow()()}>
            <Show when={props.live} fallback={<span class="text-xs text-fg-2">{props.back}</span>}>
              <Live />
            </Show>
            <Kbd keys={["T"]} />
          </button>
        )}
      </Show>
    </div>
  );
}

/**
 * The ruler of one day under the top bar: load bars, marks, the needle of now. Drag it, or use the arrow keys (15 min),
 * to look at another minute; `onLook(undefined)` returns to now. Without `onLook` it only shows. Minutes are local, 0…1440; outside opening
 * hours it grows to where now is.
 */
export function DayRuler(props: {
  title: JSX.Element;
  from?: number;
  until?: number;
  /** Load from 0 to 1, evenly spread over from…until. */
  load?: readonly number[];
  marks?: readonly RulerMark[];
  /** The minute of now, or nothing on another day. */
  now?: number | undefined;
  look?: number | undefined;
  onLook?: ((minute: number | undefined) => void) | undefined;
  onDay?: ((by: 1 | -1) => void) | undefined;
  onNow?: (() => void) | undefined;
}) {
  const t = words();
  let track: HTMLDivElement | undefined;
  const width = widthOf(() => track);
  const first = () => props.from ?? 7 * 60;
  const last = () => props.until ?? 22 * 60;
  const from = () => Math.min(first(), Math.floor((props.now ?? first()) / 60) * 60);
  const until = () => Math.max(last(), Math.ceil(((props.now ?? last()) + 1) / 60) * 60);
  const x = (minute: number) => ((minute - from()) / (until() - from())) * width();
  const hours = createMemo(() => {
    const first = Math.ceil(from() / 60);
    return Array.from({ length: Math.floor(until() / 60) - first + 1 }, (_, index) => first + index);
  });
  const shown = () => props.look ?? props.now;
  // The plate of the needle stays inside the ruler, so the hour beneath it may not be the needle's.
  const plate = () => Math.min(width() - 24, Math.max(24, x(shown() ?? -1e6)));
  const lookAt = (clientX: number) => {
    const box = track?.getBoundingClientRect();
    if (!box) return;
    const minute = from() + ((clientX - box.left) / box.width) * (until() - from());
    props.onLook?.(Math.min(until(), Math.max(from(), Math.round(minute / 5) * 5)));
  };
  const labelEvery = () => (width() < 420 ? 3 : width() < 700 ? 2 : 1);
  return (
    <Frame
      title={props.title}
      before={t.before}
      after={t.after}
      onStep={props.onDay}
      live={props.look === undefined && props.now !== undefined}
      back={t.back}
      onNow={props.onNow ?? (props.onLook && (() => props.onLook?.(undefined)))}
    >
      <div
        ref={(element) => {
          track = element;
        }}
        class="y-ruler-track"
        classList={{ "y-ruler-still": props.onLook === undefined }}
        role="slider"
        tabIndex={props.onLook ? 0 : -1}
        aria-disabled={props.onLook ? undefined : "true"}
        aria-label={t.look}
        aria-valuemin={from()}
        aria-valuemax={until()}
        aria-valuenow={shown() ?? from()}
        aria-valuetext={clockOfMinute(Math.round(shown() ?? from()))}
        onPointerDown={(event) => {
          if (!props.onLook) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          lookAt(event.clientX);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) lookAt(event.clientX);
        }}
        onKeyDown={(event) => {
          if (!props.onLook) return;
          const by = event.key === "ArrowRight" ? 15 : event.key === "ArrowLeft" ? -15 : 0;
          if (by !== 0) {
            event.preventDefault();
            props.onLook(Math.min(until(), Math.max(from(), Math.round((shown() ?? from()) / 15) * 15 + by)));
          } else if (event.key === "Escape" || event.key === "Home") props.onLook(undefined);
        }}
      >
        <svg width={width()} height="40" aria-hidden="true">
          <Show when={props.now !== undefined && props.now > from()}>
            <rect x="0" y="0" width={Math.max(0, x(props.now ?? 0))} height="40" fill="var(--color-sunken)" />
          </Show>
          <For each={props.load ?? []}>
            {(load, index) => {
              const step = () => width() / Math.max(1, props.load?.length ?? 1);
              const past = () => props.now !== undefined && (index() + 0.5) * step() < x(props.now);
              return (
                <rect
                  x={index() * step() + 0.5}
                  y={40 - load * 24}
                  width={Math.max(0, step() - 1)}
                  height={load * 24}
                  fill={past() ? "var(--color-line)" : "var(--color-line-strong)"}
                />
              );
            }}
          </For>
          <For each={hours()}>
            {(hour) => (
              <>
                <path d={`M${x(hour * 60)} 40v-7`} stroke="var(--color-fg-3)" />
                <For each={[15, 30, 45]}>
                  {(minute) => <path d={`M${x(hour * 60 + minute)} 40v-3`} stroke="var(--color-line-control)" />}
                </For>
                <Show
                  when={
                    hour * 60 > from() &&
                    hour * 60 < until() &&
                    hour % labelEvery() === 0 &&
                    (shown() === undefined || Math.abs(x(hour * 60) - plate()) > 28)
                  }
                >
                  <text x={x(hour * 60)} y="13" text-anchor="middle" class="y-axis">
                    {String(hour).padStart(2, "0")}
                  </text>
                </Show>
              </>
            )}
          </For>
          <For each={props.marks ?? []}>{(mark) => <Mark mark={mark} x={x(mark.at)} foot={40} />}</For>
          <Show when={props.now}>
            {(now) => (
              <path
                d={`M${x(now())} 0v40`}
                stroke="var(--color-brand)"
                stroke-width="2"
                opacity={props.look === undefined ? 1 : 0.4}
              />
            )}
          </Show>
          <Show when={props.look}>
            {(look) => <path d={`M${x(look())} 0v40`} stroke="var(--color-info)" stroke-width="2" />}
          </Show>
        </svg>
        <Show when={shown() !== undefined}>
          <b
            class="y-needle"
            classList={{ "y-needle-look": props.look !== undefined }}
            style={{ left: `${plate()}px` }}
          >
            {clockOfMinute(Math.round(shown() ?? 0))}
          </b>
        </Show>
      </div>
      <ul class="y-hidden" aria-label={t.list}>
        <For each={props.marks ?? []}>{(mark) => <li>{`${clockOfMinute(mark.at)} ${mark.label}`}</li>}</For>
      </ul>
    </Frame>
  );
}

/** The ruler of one month: a bar and marks per day, the needle on today; a day is a button. Days count from 1. */
export function MonthRuler(props: {
  title: JSX.Element;
  days: number;
  load?: readonly number[];
  marks?: readonly RulerMark[];
  today?: number | undefined;
  look?: number | undefined;
  onLook: (day: number | undefined) => void;
  onMonth?: ((by: 1 | -1) => void) | undefined;
  onNow?: (() => void) | undefined;
}) {
  const t = words();
  let track: HTMLDivElement | undefined;
  const width = widthOf(() => track);
  const step = () => width() / props.days;
  const x = (day: number) => (day - 0.5) * step();
  return (
    <Frame
      title={props.title}
      before={t.lastMonth}
      after={t.nextMonth}
      onStep={props.onMonth}
      live={false}
      back={t.today}
      onNow={props.onNow ?? (() => props.onLook(undefined))}
    >
      <div
        class="y-ruler-track"
        ref={(element) => {
          track = element;
        }}
      >
        <svg width={width()} height="40" aria-hidden="true">
          <Show when={props.today}>
            {(today) => <rect width={(today() - 1) * step()} height="40" fill="var(--color-sunken)" />}
          </Show>
          <For each={Array.from({ length: props.days }, (_, index) => index + 1)}>
            {(day) => (
              <>
                <rect
                  x={(day - 1) * step() + 1}
                  y={40 - (props.load?.[day - 1] ?? 0) * 22}
                  width={step() - 2}
                  height={(props.load?.[day - 1] ?? 0) * 22}
                  fill={props.today && day < props.today ? "var(--color-line)" : "var(--color-line-strong)"}
                />
                <path d={`M${day * step()} 40v-6`} stroke="var(--color-line-control)" />
                <Show
                  when={
                    day !== props.today &&
                    (step() > 22 || day % 5 === 0) &&
                    Math.abs(x(day) - x(props.today ?? -99)) > 34
                  }
                >
                  <text x={x(day)} y="13" text-anchor="middle" class="y-axis">
                    {day}
                  </text>
                </Show>
              </>
            )}
          </For>
          <For each={props.marks ?? []}>{(mark) => <Mark mark={mark} x={x(mark.at)} foot={40} />}</For>
          <Show when={props.today}>
            {(today) => <path d={`M${x(today())} 0v40`} stroke="var(--color-brand)" stroke-width="2" />}
          </Show>
          <Show when={props.look}>
            {(look) => (
              <rect
                x={(look() - 1) * step() + 1}
                y="1"
                width={step() - 2}
                height="38"
                fill="none"
                stroke="var(--color-info)"
                stroke-width="2"
              />
            )}
          </Show>
        </svg>
        <Show when={props.today}>
          {(today) => (
            <b class="y-needle" style={{ left: `${Math.min(width() - 28, Math.max(28, x(today())))}px` }}>
              {t.todayAt(today())}
            </b>
          )}
        </Show>
        <For each={Array.from({ length: props.days }, (_, index) => index + 1)}>
          {(day) => (
            <button
              type="button"
              class="y-ruler-day"
              style={{ left: `${(day - 1) * step()}px`, width: `${step()}px` }}
              aria-pressed={props.look === day}
              aria-label={[
                lang() === "en" ? `Day ${day}` : `${day}日`,
                ...(props.marks ?? []).filter((mark) => mark.at === day).map((mark) => mark.label),
              ].join(", ")}
              tabindex={day === (props.look ?? props.today ?? 1) ? 0 : -1}
              onClick={() => props.onLook(day === props.today ? undefined : day)}
              onKeyDown={(event) => {
                const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
                if (by === 0) return;
                const next = Math.min(props.days, Math.max(1, day + by));
                props.onLook(next);
                (
                  event.currentTarget.parentElement?.querySelectorAll("button")[next - 1] as HTMLElement | undefined
                )?.focus();
              }}
            />
          )}
        </For>
      </div>
    </Frame>
  );
}
