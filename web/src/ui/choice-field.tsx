import { For, type JSX, Show } from "solid-js";
import { described, FaultLine, FieldFrame, type FieldProps, InputBox, steady } from "./field.tsx";
import { Icon, type IconName } from "./icon.tsx";

export interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
}

/** One of a few (up to about 12) known options; the browser's own list, so that phones show their wheel. */
export function SelectField<T extends string>(
  given: FieldProps<T> & { options: readonly Option<T>[]; placeholder?: string; icon?: IconName },
) {
  const props = steady(given);
  const about = described(props);
  return (
    <FieldFrame {...props}>
      <InputBox size={props.size} bad={about.fault() !== undefined} aside={props.aside} disabled={props.disabled}>
        <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
        <select
          {...about.input}
          name={props.bind.id}
          value={props.bind.value()}
          onChange={(event) => {
            const chosen = props.options.find((option) => option.value === event.currentTarget.value);
            if (chosen) props.bind.set(chosen.value);
          }}
          onBlur={() => props.bind.blur?.()}
        >
          <Show when={props.placeholder && !props.options.some((option) => option.value === props.bind.value())}>
            <option value="" disabled selected>
              {props.placeholder}
            </option>
          </Show>
          <For each={props.options}>
            {(option) => (
              <option
                value={option.value}
                disabled={option.disabled === true}
                selected={option.value === props.bind.value()}
              >
                {option.label}
              </option>
            )}
          </For>
        </select>
        <Icon name="down" size={14} />
      </InputBox>
    </FieldFrame>
  );
}

/** Two to five options side by side, one chosen; arrow keys move. */
export function Segmented<T extends string>(given: FieldProps<T> & { options: readonly Option<T>[]; small?: boolean }) {
  const props = steady(given);
  return (
    <FieldFrame {...props} group>
      <span
        class="y-seg"
        classList={{ "y-seg-sm": props.small === true, "y-seg-lg": props.size === "lg" || props.size === "xl" }}
        role="radiogroup"
        aria-labelledby={`${props.bind.id}-label`}
      >
        <For each={props.options}>
          {(option, index) => (
            <label classList={{ "y-seg-on": option.value === props.bind.value() }}>
              <input
                id={index() === 0 ? props.bind.id : undefined}
                class="y-hidden"
                type="radio"
                name={props.bind.id}
                value={option.value}
                checked={option.value === props.bind.value()}
                disabled={props.disabled || option.disabled === true}
                onChange={() => props.bind.set(option.value)}
                onBlur={() => props.bind.blur?.()}
              />
              {option.label}
            </label>
          )}
        </For>
      </span>
    </FieldFrame>
  );
}

type BoxProps = Omit<FieldProps<boolean>, "label"> & { label: JSX.Element };

/** Yes or no; `aside` stands at the right end (a price). */
export function Checkbox(given: BoxProps) {
  const props = steady(given);
  const fault = () => props.bind.fault?.();
  return (
    <div class="y-field">
      <label class="y-check">
        <input
          id={props.bind.id}
          type="checkbox"
          class="y-box"
          checked={props.bind.value()}
          disabled={props.disabled === true}
          aria-invalid={fault() ? "true" : undefined}
          aria-describedby={fault() ? `${props.bind.id}-fault` : undefined}
          onChange={(event) => {
            props.bind.set(event.currentTarget.checked);
            props.bind.blur?.();
          }}
        />
        <span class="min-w-0 flex-1">
          {props.label}
          <Show when={props.hint}>
            <span class="y-hint block">{props.hint}</span>
          </Show>
        </span>
        <Show when={props.aside}>
          <span class="text-fg-2">{props.aside}</span>
        </Show>
      </label>
      <FaultLine id={props.bind.id} fault={fault()} />
    </div>
  );
}

/** On or off, at once: for settings that need no save button. */
export function Switch(given: BoxProps) {
  const props = steady(given);
  return (
    <label class="y-check">
      <span class="min-w-0 flex-1">
        {props.label}
        <Show when={props.hint}>
          <span class="y-hint block">{props.hint}</span>
        </Show>
      </span>
      <input
        id={props.bind.id}
        type="checkbox"
        role="switch"
        aria-checked={props.bind.value()}
        class="y-switch"
        checked={props.bind.value()}
        disabled={props.disabled === true}
        onChange={(event) => props.bind.set(event.currentTarget.checked)}
      />
    </label>
  );
}
