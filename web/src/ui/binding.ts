import { createUniqueId } from "solid-js";

/** What is wrong with a value, and when possible one press that mends it. */
export type Fault =
  | string
  | { readonly text: string; readonly fix?: { readonly label: string; readonly apply: () => void } };

/** How a field reads and writes its value; made by `form.field(name)` or `bound`. */
export interface Binding<T> {
  readonly id: string;
  value(): T;
  set(value: T): void;
  blur?(): void;
  fault?(): Fault | undefined;
}

/** Binds a field to a signal outside a form. */
export function bound<T>(value: () => T, set: (value: T) => void, id = createUniqueId()): Binding<T> {
  return { id, value, set: (next) => void set(next) };
}

/** The sentence of a fault. */
export const faultText = (fault: Fault): string => (typeof fault === "string" ? fault : fault.text);
