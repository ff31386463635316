import type { SerialView } from "@yihao/warehouse/product-model";
import { ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";

const serial$ = api.spaces[":space"].products[":product"].serials[":serial"];

/** One piece by its serial number, with the EPC of its tag. */
export const useSerial = (space: () => string, product: () => string, serial: () => string) =>
  createQuery(() => ({
    queryKey: ["wh", space(), "serial", product(), serial()],
    queryFn: () => ok(serial$.$get({ param: { space: space(), product: product(), serial: serial() } })),
  }));

/** Writes down what the tag of a piece bears, as the piece was seen; null when it bears none. */
export async function writeTag(space: string, { product, serial, rev }: SerialView, epc: string | null): Promise<void> {
  const written = await ok(
    serial$.$put({ param: { space, product, serial }, json: { epc } }, { headers: { "If-Match": `"${rev}"` } }),
  );
  queryClient.setQueryData(["wh", space, "serial", product, serial], written);
}
