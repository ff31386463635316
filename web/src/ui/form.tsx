import { createSignal, For, type JSX, onCleanup, Show } from "solid-js";
import { createStore, reconcile, unwrap } from "solid-js/store";
import { type Intent, newIntent } from "../api.ts";
import { dictionary } from "../i18n.ts";
import { Problem } from "../problem.ts";
import { explain, explainField } from "../refusals.ts";
import { type Binding, type Fault, faultText } from "./binding.ts";
import { StatusMark } from "./status.tsx";

const words = dictionary({
  zh: {
    left: (n: number) => `还有 ${n} 处要改`,
    failed: "没有提交成功",
    saved: (at: string) => `草稿，${at} 已存`,
    restored: "这是上次没写完的内容",
    discard: "清空重填",
  },
  en: {
    left: (n: number) => (n === 1 ? "1 thing to fix" : `${n} things to fix`),
    failed: "This was not submitted",
    saved: (at: string) => `Draft, saved ${at}`,
    restored: "Restored from your last visit",
    discard: "Start over",
  },
});

type Values = Record<string, unknown>;
export type Faults<V extends Values> = { readonly [K in keyof V]?: Fault | undefined };

export interface Form<V extends Values> {
  readonly values: V;
  /** Binds a field; its id is `<form>-<name>`. */
  field<K extends keyof V & string>(name: K): Binding<V[K]>;
  set<K extends keyof V & string>(name: K, value: V[K]): void;
  /** Checks everything, then submits; on faults it shows the summary and moves focus to the first one. */
  submit(event?: Event): Promise<void>;
  busy(): boolean;
  /** Why the last submit was refused, until the next. */
  problem(): unknown;
  /** Faults shown now, in field order. */
  faults(): readonly { name: string; id: string; text: string }[];
  labelOf(id: string): string;
  draftAt(): Date | undefined;
  restored(): boolean;
  reset(values?: V): void;
  /** Keeps what is typed as the draft now, rather than a moment after the last key. */
  keep(): void;
}

/**
 * A form: fields are checked when left and then on each key until right, a draft is kept in this browser under
 * `draftKey`, and every submit of the same content carries the same intent. `check` returns a sentence per wrong field.
 */
export function createForm<V extends Values>(options: {
  name: string;
  initial: V;
  check?: (values: V) => Faults<V>;
  submit: (values: V, intent: Intent) => Promise<unknown>;
  draftKey?: string;
}): Form<V> {
  const storage = options.draftKey ? `yihao.draft.${options.draftKey}` : undefined;
  const kept = storage ? readDraft<V>(storage, options.initial) : undefined;
  const [values, setValues] = createStore<V>(structuredClone({ ...options.initial, ...kept?.values }));
  const [touched, setTouched] = createSignal<ReadonlySet<string>>(new Set());
  const [summary, setSummary] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [draftAt, setDraftAt] = createSignal<Date | undefined>(kept?.at);
  const [restored, setRestored] = createSignal(kept !== undefined);
  let intent = newIntent();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => timer && keepDraft());

  const check = (): Faults<V> => options.check?.(values) ?? {};
  const idOf = (name: string) => `${options.name}-${name}`;
  const fromServer = (name: string): Fault | undefined => {
    const now = problem();
    const field = now instanceof Problem ? now.fields.find((one) => one.path === name) : undefined;
    return field && explainField(field);
  };
  const faultOf = (name: string): Fault | undefined =>
    touched().has(name) ? (check()[name as keyof V] ?? fromServer(name)) : undefined;

  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const keepDraft = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!storage) return;
    if (same(unwrap(values), options.initial)) return dropDraft();
    const at = new Date();
    try {
      localStorage.setItem(storage, JSON.stringify({ at: at.toISOString(), values: unwrap(values) }));
      setDraftAt(at);
    } catch {
      // A full or closed store: the form still works, only without a draft.
    }
  };
  const saveDraft = () => {
    if (!storage) return;
    clearTimeout(timer);
    timer = setTimeout(keepDraft, 400);
  };
  const dropDraft = () => {
    clearTimeout(timer);
    timer = undefined;
    if (storage) localStorage.removeItem(storage);
    setDraftAt(undefined);
    setRestored(false);
  };

  const form: Form<V> = {
    values,
    set(name, value) {
      setValues(name as never, value as never);
      intent = newIntent();
      saveDraft();
    },
    field(name) {
      return {
        id: idOf(name),
        value: () => values[name],
        set: (value) => form.set(name, value),
        blur: () => setTouched(new Set([...touched(), name])),
        fault: () => faultOf(name),
      };
    },
    async submit(event) {
      event?.preventDefault();
      if (busy()) return;
      setProblem(undefined);
      const faults = check();
      const wrong = Object.keys(values).filter((name) => faults[name] !== undefined);
      setTouched(new Set(Object.keys(values)));
      setSummary(wrong.length > 0);
      if (wrong.length > 0) {
        queueMicrotask(() => document.getElementById(idOf(wrong[0]!))?.focus());
        return;
      }
      setBusy(true);
      try {
        await options.submit(structuredClone(unwrap(values)), intent);
        intent = newIntent();
        dropDraft();
        setTouched(new Set<string>());
      } catch (error) {
        setProblem(() => error);
        setSummary(true);
      } finally {
        setBusy(false);
      }
    },
    busy,
    problem,
    faults: () =>
      summary()
        ? Object.keys(values).flatMap((name) => {
            const fault = faultOf(name);
            return fault === undefined ? [] : [{ name, id: idOf(name), text: faultText(fault) }];
          })
        : [],
    labelOf: (id) => {
      const label = document.querySelector(`label[for="${CSS.escape(id)}"]`) ?? document.getElementById(`${id}-label`);
      return label?.textContent ?? document.getElementById(id)?.closest("label")?.textContent ?? "";
    },
    draftAt,
    restored,
    keep: () => keepDraft(),
    reset(next) {
      dropDraft();
      setValues(reconcile(structuredClone(next ?? options.initial)));
      setTouched(new Set<string>());
      setSummary(false);
      setProblem(undefined);
      intent = newIntent();
    },
  };
  return form;
}

/** Whether this browser keeps a draft under a key. */
export function draftOf(key: string): boolean {
  try {
    return localStorage.getItem(`yihao.draft.${key}`) !== null;
  } catch {
    return false;
  }
}

function readDraft<V extends Values>(storage: string, initial: V): { at: Date; values: Partial<V> } | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storage) ?? "null");
    if (typeof stored !== "object" || stored === null || !("at" in stored) || !("values" in stored)) return undefined;
    const known = Object.entries(stored.values as object).filter(([name]) => name in initial);
    return { at: new Date(String(stored.at)), values: Object.fromEntries(known) as Partial<V> };
  } catch {
    return undefined;
  }
}

/** The form element: Enter and ⌘↵ submit; faults are summed up on top with links. */
export function FormFrame<V extends Values>(props: { form: Form<V>; label: string; children: JSX.Element }) {
  return (
    <form
      class="y-form"
      aria-label={props.label}
      noValidate
      onSubmit={(event) => void props.form.submit(event)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.isComposing)
          void props.form.submit(event);
      }}
    >
      <ErrorSummary form={props.form} />
      {props.children}
    </form>
  );
}

/** On a small screen the button is far below: what is said on top comes into sight. */
const intoSight = (element: HTMLElement) => queueMicrotask(() => element.scrollIntoView({ block: "nearest" }));

/** How many places are wrong, with a link to each; or why the server refused. */
export function ErrorSummary<V extends Values>(props: { form: Form<V> }) {
  const t = words();
  return (
    <>
      <Show when={props.form.faults().length > 0}>
        <div class="y-note y-note-bad" role="alert" ref={intoSight}>
          <StatusMark shape="octagon" tone="bad" />
          <div>
            <b>{t.left(props.form.faults().length)}</b>
            <p class="flex flex-wrap gap-x-3">
              <For each={props.form.faults()}>
                {(fault) => (
                  // What no single field stands for, as lines of a list, says itself what is wrong.
                  <Show when={props.form.labelOf(fault.id)} fallback={<span>{fault.text}</span>}>
                    {(label) => (
                      <a
                        class="y-link"
                        href={`#${fault.id}`}
                        onClick={(event) => {
                          event.preventDefault();
                          document.getElementById(fault.id)?.focus();
                        }}
                      >
                        {label()}
                      </a>
                    )}
                  </Show>
                )}
              </For>
            </p>
          </div>
        </div>
      </Show>
      <Show when={props.form.problem() !== undefined && props.form.faults().length === 0}>
        <div class="y-note y-note-bad" role="alert" ref={intoSight}>
          <StatusMark shape="octagon" tone="bad" />
          <div>
            <b>{t.failed}</b>
            <p>{explain(props.form.problem())}</p>
          </div>
        </div>
      </Show>
    </>
  );
}

/** When the draft was saved, and a way to throw away what was restored. */
export function DraftNote<V extends Values>(props: { form: Pick<Form<V>, "draftAt" | "restored" | "reset"> }) {
  const t = words();
  const at = () => {
    const saved = props.form.draftAt();
    return saved && `${String(saved.getHours()).padStart(2, "0")}:${String(saved.getMinutes()).padStart(2, "0")}`;
  };
  return (
    <Show when={at()}>
      {(time) => (
        <span class="y-status y-tone-neutral" role="status">
          <StatusMark shape="dashed" />
          {t.saved(time())}
          <Show when={props.form.restored()}>
            <span class="text-fg-3">{t.restored}</span>
            <button type="button" class="y-link" onClick={() => props.form.reset()}>
              {t.discard}
            </button>
          </Show>
        </span>
      )}
    </Show>
  );
}
