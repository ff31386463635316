import { createMemo, type JSX, mergeProps, Show } from "solid-js";
import { type Binding, type Fault, faultText } from "./binding.ts";
import { StatusMark } from "./status.tsx";

/** What every field takes beside its own: 32 px at the desk, 40 (`lg`) in the portal, 48 (`xl`) on phones. */
export interface FieldProps<T> {
  bind: Binding<T>;
  label: string;
  hint?: JSX.Element;
  /** A derived fact inside the field at the right (12 个月). */
  aside?: JSX.Element;
  size?: "md" | "lg" | "xl";
  disabled?: boolean;
  required?: boolean;
  /** Hides the label from sight where the heading beside it already says it. */
  bare?: boolean;
}

/** The same props with a binding that is made once, however often it is read: its id must not change. */
export function steady<T, P extends { bind: Binding<T> }>(props: P): P {
  const bind = createMemo(() => props.bind);
  return mergeProps(props, {
    get bind() {
      return bind();
    },
  }) as P;
}

/** Ids and states that tie an input to its label, hint and fault. */
export function described<T>(props: FieldProps<T>) {
  const fault = (): Fault | undefined => props.bind.fault?.();
  return {
    fault,
    get input() {
      return {
        id: props.bind.id,
        disabled: props.disabled === true,
        "aria-required": props.required ? ("true" as const) : undefined,
        "aria-invalid": fault() ? ("true" as const) : undefined,
        "aria-describedby": fault() ? `${props.bind.id}-fault` : props.hint ? `${props.bind.id}-hint` : undefined,
      };
    },
  };
}

/** The sentence under a field that names the fault and offers the fix; its button survives every new check. */
export function FaultLine(props: { id: string; fault: Fault | undefined }) {
  const fix = () => (typeof props.fault === "object" ? props.fault.fix : undefined);
  return (
    <Show when={props.fault !== undefined}>
      <p class="y-fault" id={`${props.id}-fault`}>
        <StatusMark shape="octagon" tone="bad" />
        <span>
          {props.fault === undefined ? "" : faultText(props.fault)}
          <Show when={fix() !== undefined}>
            <button type="button" class="y-link ml-2" onClick={() => fix()?.apply()}>
              {fix()?.label}
            </button>
          </Show>
        </span>
      </p>
    </Show>
  );
}

/** Label above, control, then its hint or fault. */
export function FieldFrame<T>(props: FieldProps<T> & { children: JSX.Element; group?: boolean }) {
  return (
    <div class="y-field">
      <Show
        when={props.group}
        fallback={
          <label class="y-label" classList={{ "y-hidden": props.bare === true }} for={props.bind.id}>
            {props.label}
          </label>
        }
      >
        <span class="y-label" classList={{ "y-hidden": props.bare === true }} id={`${props.bind.id}-label`}>
          {props.label}
        </span>
      </Show>
      {props.children}
      <Show
        when={props.bind.fault?.()}
        fallback={
          <Show when={props.hint}>
            <p class="y-hint" id={`${props.bind.id}-hint`}>
              {props.hint}
            </p>
          </Show>
        }
      >
        {(fault) => <FaultLine id={props.bind.id} fault={fault()} />}
      </Show>
    </div>
  );
}

/** The box around an input: marks before it, facts after it. */
export function InputBox(props: {
  size?: "md" | "lg" | "xl" | undefined;
  bad: boolean;
  aside?: JSX.Element;
  disabled?: boolean | undefined;
  children: JSX.Element;
}) {
  return (
    <span
      class={`y-input y-input-${props.size ?? "md"}`}
      classList={{ "y-input-bad": props.bad, "y-input-off": props.disabled === true }}
    >
      {props.children}
      <Show when={props.aside}>
        <span class="y-aside">{props.aside}</span>
      </Show>
    </span>
  );
}
