import { badParam } from "./errors.ts";

/** A form body with its brackets opened: a text, or texts under names (`[0]`, `[price_data]`). */
export type Tree = string | { readonly [name: string]: Tree };
type Branch = { [name: string]: Tree };

/** Reads one parameter: answers its typed value, or throws a Stripe-shaped refusal naming `param`. */
export type Shape<T> = (raw: Tree, param: string) => T;
type Shapes = Record<string, Shape<unknown>>;
type Read<S> = S extends Shape<infer T> ? T : never;

/** Opens `a[b][0]=x&a[b][]=y` into a tree; a bare `[]` takes the next free number. Refuses a name that is both text and group. */
export function parseForm(body: string): Tree {
  const root: Branch = Object.create(null);
  for (const [key, value] of new URLSearchParams(body)) {
    const head = /^[^[\]]+/.exec(key)?.[0];
    const steps = head === undefined ? [] : [head, ...[...key.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1]!)];
    const spelled =
      steps.length === 0
        ? ""
        : steps[0] +
          steps
            .slice(1)
            .map((step) => `[${step}]`)
            .join("");
    if (spelled !== key || steps.length > 8) throw badParam(key, `Invalid parameter name: ${key}`);
    let at = root;
    for (const [depth, step] of steps.entries()) {
      const name = step === "" ? String(Object.keys(at).length) : step;
      if (depth === steps.length - 1) {
        if (name in at) throw badParam(key, `Received the parameter ${key} twice`);
        at[name] = value;
      } else {
        at[name] ??= Object.create(null) as Branch;
        const next = at[name];
        if (typeof next === "string") throw badParam(key, `Invalid object: ${key}`);
        at = next as Branch;
      }
    }
  }
  return root;
}

/** Text of 1 to `maxChars` characters. */
export function text(maxChars = 5000): Shape<string> {
  return (raw, param) => {
    if (typeof raw !== "string") throw badParam(param, "Invalid string");
    if (raw === "") {
      throw badParam(
        param,
        `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; ` +
          `however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
        "parameter_invalid_empty",
      );
    }
    if (raw.length > maxChars) {
      throw badParam(
        param,
        `Invalid string: must be at most ${maxChars} characters`,
        "parameter_invalid_string_too_long",
      );
    }
    return raw;
  };
}

/** An absolute http or https address. */
export const url: Shape<string> = (raw, param) => {
  const value = text()(raw, param);
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed?.protocol !== "https:" && parsed?.protocol !== "http:") {
    throw badParam(param, "Not a valid URL", "url_invalid");
  }
  return value;
};

/** An e-mail address, checked as loosely as a mail server would. */
export const email: Shape<string> = (raw, param) => {
  const value = text(800)(raw, param);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    throw badParam(param, `Invalid email address: ${value}`, "email_invalid");
  return value;
};

/** A whole number of at least `least`, written in digits only. */
export function integer(least = 0): Shape<number> {
  return (raw, param) => {
    const value = typeof raw === "string" && /^-?\d{1,15}$/.test(raw) ? Number(raw) : Number.NaN;
    if (Number.isNaN(value)) {
      throw badParam(param, `Invalid integer: ${typeof raw === "string" ? raw : "{}"}`, "parameter_invalid_integer");
    }
    if (value < least) {
      const bound =
        least === 0 ? "Invalid non-negative integer" : `This value must be greater than or equal to ${least}.`;
      throw badParam(param, bound, "parameter_invalid_integer");
    }
    return value;
  };
}

/** `true` or `false`. */
export const flag: Shape<boolean> = (raw, param) => {
  if (raw !== "true" && raw !== "false")
    throw badParam(param, `Invalid boolean: ${typeof raw === "string" ? raw : "{}"}`);
  return raw === "true";
};

/** One of the given words. */
export function oneOf<const W extends string>(...words: readonly W[]): Shape<W> {
  return (raw, param) => {
    const found = words.find((word) => word === raw);
    if (found === undefined) {
      const name = param.replace(/^.*\[([^\]]+)\]$/, "$1");
      throw badParam(param, `Invalid ${name}: must be one of ${words.join(", ")}`);
    }
    return found;
  };
}

/** A list of at most `most` entries, numbered from 0 without a gap. */
export function list<T>(entry: Shape<T>, most = 100): Shape<T[]> {
  return (raw, param) => {
    const names = typeof raw === "string" ? [] : Object.keys(raw);
    if (typeof raw === "string" || names.some((name, index) => name !== String(index))) {
      throw badParam(param, "Invalid array");
    }
    if (names.length > most) throw badParam(param, `Array too long: at most ${most} entries are allowed`);
    return names.map((name) => entry(raw[name]!, `${param}[${name}]`));
  };
}

/** Stripe's metadata: at most 50 names of 40 characters with values of 500; an empty value unsets, so it is left out. */
export const metadata: Shape<Record<string, string>> = (raw, param) => {
  if (raw === "") return {};
  if (typeof raw === "string") throw badParam(param, "Invalid object");
  const entries = Object.entries(raw).filter(([, value]) => value !== "");
  if (entries.length > 50) throw badParam(param, "Metadata can have at most 50 keys");
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const at = `${param}[${name}]`;
      if (typeof value !== "string") throw badParam(at, "Metadata values must be strings");
      if (name.length > 40) throw badParam(at, `Metadata keys must be at most 40 characters: ${name}`);
      if (value.length > 500) throw badParam(at, "Metadata values can have up to 500 characters");
      return [name, value];
    }),
  );
};

/** Exactly these names: the first set must be there, the second may be, any other is refused as unknown. */
export function group<R extends Shapes, O extends Shapes>(
  required: R,
  optional: O,
): Shape<{ [K in keyof R]: Read<R[K]> } & { [K in keyof O]?: Read<O[K]> }> {
  return (raw, param) => {
    const full = (name: string) => (param === "" ? name : `${param}[${name}]`);
    if (typeof raw === "string") throw badParam(param, "Invalid object");
    for (const name of Object.keys(raw)) {
      if (!Object.hasOwn(required, name) && !Object.hasOwn(optional, name)) {
        throw badParam(full(name), `Received unknown parameter: ${full(name)}`, "parameter_unknown");
      }
    }
    for (const name of Object.keys(required)) {
      if (!(name in raw)) throw badParam(full(name), `Missing required param: ${full(name)}.`, "parameter_missing");
    }
    const shapes: Shapes = { ...required, ...optional };
    const values = Object.entries(raw).map(([name, value]) => [name, shapes[name]!(value, full(name))]);
    return Object.fromEntries(values) as { [K in keyof R]: Read<R[K]> } & { [K in keyof O]?: Read<O[K]> };
  };
}
