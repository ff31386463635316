import { createSignal } from "solid-js";
import { unwrap } from "solid-js/store";
import type { Intent } from "../../api.ts";
import { createForm, type Faults, type Form } from "../../ui/form.tsx";
import { noteSaved, type StepActs } from "./step-frame.tsx";

/** A step's form and what its frame needs of it: saving answers whether it went through, and what is not saved yet is known. */
export function createStep<V extends Record<string, unknown>>(options: {
  name: string;
  initial: V;
  check: (values: V) => Faults<V>;
  save: (values: V, intent: Intent) => Promise<unknown>;
  draftKey?: string;
}): { form: Form<V>; acts: StepActs & { save: () => Promise<boolean> } } {
  const textOf = (values: V) => JSON.stringify(values);
  const [kept, setKept] = createSignal(textOf(options.initial));
  let through = false;
  const form: Form<V> = createForm<V>({
    name: options.name,
    initial: options.initial,
    check: options.check,
    ...(options.draftKey ? { draftKey: options.draftKey } : {}),
    submit: async (values, intent) => {
      await options.save(values, intent);
      setKept(textOf(values));
      through = true;
      noteSaved();
    },
  });
  const save = async () => {
    through = false;
    await form.submit();
    return through;
  };
  return { form, acts: { save, busy: form.busy, dirty: () => textOf(unwrap(form.values)) !== kept() } };
}
