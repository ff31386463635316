import { createEffect, createSignal, type JSX, on, Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { IconButton } from "./button.tsx";
import { described, FieldFrame, type FieldProps, InputBox, steady } from "./field.tsx";
import { Icon, type IconName } from "./icon.tsx";

const words = dictionary({
  zh: { fewer: "减一", more: "加一", show: "显示密码", hide: "隐藏密码", pick: "打开日历" },
  en: { fewer: "One fewer", more: "One more", show: "Show password", hide: "Hide password", pick: "Open calendar" },
});

/** One line of text. `mono` for machine codes; `password` can be shown. Enter during input composition never submits. */
export function TextField(
  given: FieldProps<string> & {
    type?: "text" | "email" | "tel" | "password" | "search" | "url";
    prefix?: JSX.Element;
    icon?: IconName;
    placeholder?: string;
    mono?: boolean;
    inputMode?: "text" | "numeric" | "decimal" | "email" | "tel";
    autocomplete?: string;
    maxLength?: number;
    autofocus?: boolean;
    onEnter?: () => void;
  },
) {
  const props = steady(given);
  const t = words();
  const about = described(props);
  const [shown, setShown] = createSignal(false);
  return (
    <FieldFrame {...props}>
      <InputBox size={props.size} bad={about.fault() !== undefined} aside={props.aside} disabled={props.disabled}>
        <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
        <Show when={props.prefix}>
          <span class="y-affix">{props.prefix}</span>
        </Show>
        <input
          {...about.input}
          name={props.bind.id}
          type={props.type === "password" && shown() ? "text" : (props.type ?? "text")}
          classList={{ "font-mono": props.mono === true }}
          placeholder={props.placeholder}
          inputmode={props.inputMode}
          autocomplete={props.autocomplete ?? "off"}
          maxLength={props.maxLength}
          autofocus={props.autofocus}
          value={props.bind.value()}
          onInput={(event) => props.bind.set(event.currentTarget.value)}
          onBlur={() => props.bind.blur?.()}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.isComposing) props.onEnter?.();
          }}
        />
        <Show when={props.type === "password"}>
          <button type="button" class="y-link text-xs" aria-pressed={shown()} onClick={() => setShown(!shown())}>
            {shown() ? t.hide : t.show}
          </button>
        </Show>
      </InputBox>
    </FieldFrame>
  );
}

/** Several lines of text. */
export function TextArea(given: FieldProps<string> & { rows?: number; placeholder?: string; maxLength?: number }) {
  const props = steady(given);
  const about = described(props);
  return (
    <FieldFrame {...props}>
      <textarea
        {...about.input}
        class="y-input y-textarea"
        classList={{ "y-input-bad": about.fault() !== undefined }}
        rows={props.rows ?? 3}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        value={props.bind.value()}
        onInput={(event) => props.bind.set(event.currentTarget.value)}
        onBlur={() => props.bind.blur?.()}
      />
    </FieldFrame>
  );
}

/** Text typed freely that stands for a value of another type; what cannot be read yet stays as typed. */
function Typed<T>(
  given: FieldProps<T> & {
    show: (value: T) => string;
    read: (text: string) => T | undefined;
    before?: JSX.Element;
    unit?: JSX.Element;
    inputMode: "numeric" | "decimal";
    step?: (value: T, by: 1 | -1) => T;
    align?: "end";
    placeholder?: string;
  },
) {
  const props = steady(given);
  const about = described(props);
  const [text, setText] = createSignal(props.show(props.bind.value()));
  createEffect(
    on(
      () => props.bind.value(),
      (value) => {
        if (!Object.is(props.read(text()), value)) setText(props.show(value));
      },
      { defer: true },
    ),
  );
  return (
    <FieldFrame {...props}>
      <InputBox
        size={props.size}
        bad={about.fault() !== undefined}
        aside={props.aside ?? props.unit}
        disabled={props.disabled}
      >
        {props.before}
        <input
          {...about.input}
          name={props.bind.id}
          type="text"
          inputmode={props.inputMode}
          autocomplete="off"
          placeholder={props.placeholder}
          classList={{ "text-right": props.align === "end" }}
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value);
            const value = props.read(event.currentTarget.value);
            if (value !== undefined) props.bind.set(value);
          }}
          onBlur={() => {
            const value = props.read(text());
            if (value !== undefined) {
              props.bind.set(value);
              setText(props.show(value));
            }
            props.bind.blur?.();
          }}
          onKeyDown={(event) => {
            const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
            if (by === 0 || !props.step) return;
            event.preventDefault();
            const next = props.step(props.bind.value(), by);
            props.bind.set(next);
            setText(props.show(next));
          }}
        />
      </InputBox>
    </FieldFrame>
  );
}

const plain = (text: string): string => text.replace(/[,，\s¥]/g, "").replace("−", "-");

/** A whole number, or nothing while empty (`undefined`); ↑ ↓ change it by `step`. */
export function NumberField(
  props: FieldProps<number | undefined> & {
    min?: number;
    max?: number;
    step?: number;
    unit?: JSX.Element;
    placeholder?: string;
  },
) {
  return (
    <Typed<number | null>
      {...props}
      bind={{
        ...props.bind,
        value: () => props.bind.value() ?? null,
        set: (value) => props.bind.set(value ?? undefined),
      }}
      inputMode="numeric"
      show={(value) => (value === null ? "" : String(value))}
      read={(text) => (plain(text) === "" ? null : /^-?\d{1,15}$/.test(plain(text)) ? Number(plain(text)) : undefined)}
      step={(value, by) =>
        Math.min(
          props.max ?? Number.MAX_SAFE_INTEGER,
          Math.max(props.min ?? Number.MIN_SAFE_INTEGER, (value ?? 0) + by * (props.step ?? 1)),
        )
      }
    />
  );
}

/** An amount of money, kept in whole fen; `undefined` while empty. Typed as yuan with up to two decimals. */
export function MoneyField(props: FieldProps<number | undefined> & { placeholder?: string }) {
  const read = (text: string): number | null | undefined => {
    const match = /^(-?)(\d{1,13})(?:\.(\d{0,2}))?$/.exec(plain(text));
    if (plain(text) === "") return null;
    if (!match) return undefined;
    const minor = Number(match[2]) * 100 + Number((match[3] ?? "").padEnd(2, "0"));
    return match[1] && minor !== 0 ? -minor : minor;
  };
  return (
    <Typed<number | null>
      {...props}
      bind={{
        ...props.bind,
        value: () => props.bind.value() ?? null,
        set: (value) => props.bind.set(value ?? undefined),
      }}
      before={<span class="y-affix">¥</span>}
      inputMode="decimal"
      show={(value) => (value === null ? "" : (value / 100).toFixed(2))}
      read={read}
    />
  );
}

/** A local day `2026-11-23` (empty string while none): typed freely (1201, 12-1, 2026-12-01) or picked. */
export function DateField(props: FieldProps<string> & { min?: string; max?: string; today?: string }) {
  let native: HTMLInputElement | undefined;
  const year = () => (props.today ?? new Date().toISOString()).slice(0, 4);
  const read = (text: string): string | undefined => {
    const typed = text
      .trim()
      .replace(/[年月/.]/g, "-")
      .replace(/日/g, "");
    if (typed === "") return "";
    const match = /^(?:(\d{4})-?)?(\d{1,2})-(\d{1,2})$/.exec(typed) ?? /^(\d{4})?(\d{2})(\d{2})$/.exec(typed);
    if (!match) return undefined;
    const day = `${match[1] ?? year()}-${match[2]!.padStart(2, "0")}-${match[3]!.padStart(2, "0")}`;
    const real = new Date(`${day}T00:00:00Z`);
    return Number.isNaN(real.getTime()) || !real.toISOString().startsWith(day) ? undefined : day;
  };
  const shift = (day: string, by: number): string => {
    if (day === "") return props.today ?? new Date().toISOString().slice(0, 10);
    return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
  };
  return (
    <Typed<string>
      {...props}
      inputMode="numeric"
      placeholder="YYYY-MM-DD"
      show={(value) => value}
      read={read}
      step={shift}
      before={
        <span class="y-date">
          <button
            type="button"
            class="y-affix"
            aria-label={words().pick}
            disabled={props.disabled}
            onClick={() => native?.showPicker?.()}
          >
            <Icon name="calendar" />
          </button>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: only opened by the button beside it; out of the tab order */}
          <input
            ref={(element) => {
              native = element;
            }}
            type="date"
            tabindex="-1"
            aria-hidden="true"
            value={props.bind.value()}
            min={props.min}
            max={props.max}
            onChange={(event) => props.bind.set(event.currentTarget.value)}
          />
        </span>
      }
    />
  );
}

/** A local time `14:30` (empty string while none), typed as 1430, 14:30 or 14; ↑ ↓ go by `step` minutes (15). */
export function TimeField(props: FieldProps<string> & { step?: number }) {
  const read = (text: string): string | undefined => {
    const typed = text.trim().replace("：", ":");
    if (typed === "") return "";
    const match = /^(\d{1,2}):(\d{2})$/.exec(typed) ?? /^(\d{1,2})(\d{2})$/.exec(typed) ?? /^(\d{1,2})()$/.exec(typed);
    if (!match) return undefined;
    const [hour, minute] = [Number(match[1]), Number(match[2] || 0)];
    return hour > 24 || minute > 59 || (hour === 24 && minute > 0)
      ? undefined
      : `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  };
  const shift = (time: string, by: number): string => {
    const [hour = 9, minute = 0] = time === "" ? [] : time.split(":").map(Number);
    const next = Math.min(1440, Math.max(0, hour * 60 + minute + by * (props.step ?? 15)));
    return `${String(Math.trunc(next / 60)).padStart(2, "0")}:${String(next % 60).padStart(2, "0")}`;
  };
  return (
    <Typed<string>
      {...props}
      inputMode="numeric"
      placeholder="HH:MM"
      show={(value) => value}
      read={read}
      step={shift}
    />
  );
}

/** Minus, number, plus: for small counts and for gloves (`xl`). */
export function Stepper(given: FieldProps<number> & { min?: number; max?: number }) {
  const props = steady(given);
  const t = words();
  const clamp = (value: number) => Math.min(props.max ?? Number.MAX_SAFE_INTEGER, Math.max(props.min ?? 0, value));
  const about = described(props);
  return (
    <FieldFrame {...props}>
      <span
        class="y-stepper"
        classList={{
          "y-stepper-lg": props.size === "lg",
          "y-stepper-xl": props.size === "xl",
          "y-input-bad": about.fault() !== undefined,
        }}
      >
        <button
          type="button"
          aria-label={t.fewer}
          disabled={props.disabled || props.bind.value() <= (props.min ?? 0)}
          onClick={() => props.bind.set(clamp(props.bind.value() - 1))}
        >
          <Icon name="minus" size={props.size === "xl" ? 28 : 16} />
        </button>
        <input
          {...about.input}
          type="text"
          inputmode="numeric"
          autocomplete="off"
          role="spinbutton"
          aria-valuenow={props.bind.value()}
          aria-valuemin={props.min ?? 0}
          aria-valuemax={props.max}
          value={props.bind.value()}
          onChange={(event) => {
            const typed = Number(event.currentTarget.value);
            if (Number.isInteger(typed)) props.bind.set(clamp(typed));
            event.currentTarget.value = String(props.bind.value());
            props.bind.blur?.();
          }}
          onKeyDown={(event) => {
            const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
            if (by !== 0) {
              event.preventDefault();
              props.bind.set(clamp(props.bind.value() + by));
            }
          }}
        />
        <button
          type="button"
          aria-label={t.more}
          disabled={props.disabled || (props.max !== undefined && props.bind.value() >= props.max)}
          onClick={() => props.bind.set(clamp(props.bind.value() + 1))}
        >
          <Icon name="plus" size={props.size === "xl" ? 28 : 16} />
        </button>
      </span>
    </FieldFrame>
  );
}

/** A search box for a list; `/` reaches it through `useKeys`. */
export function SearchBox(props: {
  value: string;
  onInput: (text: string) => void;
  label: string;
  ref?: (element: HTMLInputElement) => void;
  clear: string;
}) {
  return (
    <span class="y-input y-input-md">
      <Icon name="search" />
      <input
        ref={props.ref}
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        autocomplete="off"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <Show when={props.value !== ""}>
        <IconButton icon="close" size="sm" label={props.clear} onClick={() => props.onInput("")} />
      </Show>
    </span>
  );
}
