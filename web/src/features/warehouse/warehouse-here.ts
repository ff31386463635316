import { createMemo, createSignal } from "solid-js";
import { actingCompany } from "../../api.ts";
import type { Asked } from "../../query.ts";
import { useMay, useMe } from "../../session.ts";
import { useWarehouses } from "./data.ts";

const kept = "yihao.hand.warehouse";
function readKept(): string {
  try {
    return localStorage.getItem(kept) ?? "";
  } catch {
    return "";
  }
}
const [here, setHere] = createSignal(readKept());

/** Says in which warehouse whoever sits here works, and keeps it on the device. */
export function workIn(warehouse: string): void {
  setHere(warehouse);
  try {
    localStorage.setItem(kept, warehouse);
  } catch {
    // A closed store: the choice lasts as long as the page.
  }
}

type Asking = ReturnType<typeof useWarehouses>;
type Warehouses = Asking extends Asked<infer Value> ? Value : never;

/** Warehouses of the space, the one where this device works first. */
export function useWarehousesHere(space: () => string): Asking {
  const asked = useWarehouses(space);
  const data = createMemo((): Warehouses | undefined =>
    asked.data?.toSorted((a, b) => Number(b.id === here()) - Number(a.id === here())),
  );
  return Object.defineProperties(Object.create(asked), { data: { get: data } }) as Asking;
}

/** In one order whichever is chosen, so that a choice does not move under the finger. */
export const choicesOf = (all: readonly { readonly id: string; readonly name: string }[] = []) =>
  all.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ id, name }) => ({ value: id, label: name }));

/** What whoever looks may do in the warehouse: its work, and its bins, zones and rules. What they may not is not offered. */
export function useRights(space: () => string): { readonly works: () => boolean; readonly manages: () => boolean } {
  const may = useMay(space);
  return { works: () => may("warehouse.work"), manages: () => may("warehouse.manage") };
}

/** Whether whoever looks administers the company they act for: its orders, returns and kits are an administrator's to make. */
export function useOwnAdmin(space: () => string): () => boolean {
  const me = useMe();
  return () =>
    me.data?.spaces
      .find((one) => one.space === space())
      ?.companies.some((one) => one.role === "admin" && (!actingCompany() || one.company === actingCompany())) ?? false;
}
