import { createSignal } from "solid-js";
import type { Intent } from "../../api.ts";
import { createForm, type Faults, type Form } from "../../ui/form.tsx";
import { draftKey } from "./drafts.ts";
import type { StepKey } from "./progress.ts";
import { noteSaved, type StepActs } from "./step-frame.tsx";

/**
 * A step's form and what its frame needs of it: whether it may be saved, saving it, and what is not saved yet. What is typed is kept in this
 * browser until it is saved, so a step can be left before it is right.
 */
export function createStep<V extends Record<string, unknown>>(options: {
  name: StepKey;
  space: string | undefined;
  initial: V;
  check: (values: V) => Faults<V>;
  save: (values: V, intent: Intent) => Promise<unknown>;
}): { form: Form<V>; acts: StepActs } {
  const textOf = (values: V) => JSON.stringify(values);
  const [kept, setKept] = createSignal(textOf(options.initial));
  let through = false;
  let onward: (() => void) | undefined;
  const form: Form<V> = createForm<V>({
    name: options.name,
    initial: options.initial,
    check: options.check,
    draftKey: draftKey(options.space, options.name),
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
  const submit = async (event?: Event) => {
    event?.preventDefault();
    if (onward) onward();
    else await form.submit();
  };
  return {
    form: { ...form, submit },
    acts: {
      save,
      busy: form.busy,
      dirty: () => textOf(form.values) !== kept(),
      valid: () => Object.values(options.check(form.values)).every((fault) => fault === undefined),
      draft: form,
      onSubmit: (run) => {
        onward = run;
      },
    },
  };
}
