import type { Fault, FaultKind, State } from "./model.ts";

/** Uses up one occurrence of the first fault of that kind that fits, if there is one; `path` matters only to API faults. */
export function takeFault(state: State, kind: FaultKind, path = ""): Fault | undefined {
  const fault = state.faults.find((one) => one.kind === kind && path.startsWith(one.path ?? ""));
  if (!fault) return undefined;
  fault.times -= 1;
  if (fault.times <= 0) state.faults = state.faults.filter((one) => one !== fault);
  return fault;
}
