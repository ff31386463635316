import type { Cause } from "./events.ts";
import type { Shape, Tree } from "./form.ts";
import type { State } from "./model.ts";

export type ApiWorld = { readonly state: State; readonly nowSeconds: number; readonly pageUrl: string };

/** One call under way: the world it acts on, on whose behalf, and the id in its path. */
export type Act = { readonly world: ApiWorld; readonly cause: Cause; readonly id: string };
export type Endpoint = {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  /** Reads and checks the form, then answers what to do: a refusal while reading is not kept under the idempotency key. */
  readonly prepare: (form: Tree, act: Act) => () => object;
};

/** An endpoint: its shape reads the form, `check` refuses what no shape can see, `run` does it. */
export function endpoint<P>(
  method: "GET" | "POST",
  path: RegExp,
  shape: Shape<P>,
  check: (params: P, act: Act) => void,
  run: (params: P, act: Act) => object,
): Endpoint {
  return {
    method,
    path,
    prepare: (form, act) => {
      const params = shape(form, "");
      check(params, act);
      return () => run(params, act);
    },
  };
}
