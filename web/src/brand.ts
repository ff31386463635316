import type { BrandChange } from "@yihao/identity/brand";
import { createEffect, onCleanup } from "solid-js";
import { type Intent, ok, okWithTag } from "./api.ts";
import { api } from "./client.ts";
import { createQuery, queryClient } from "./query.ts";

type SpaceId = Parameters<(typeof api.brands)[":space"]["$get"]>[0]["param"]["space"];

/** How a space looks to those outside its staff; the same for whoever is signed in and whoever is not. */
export const useBrand = (space: () => string | undefined) =>
  createQuery(() => ({
    queryKey: ["brand", space()],
    queryFn: () => ok(api.brands[":space"].$get({ param: { space: space() as SpaceId } })),
    enabled: space() !== undefined,
    staleTime: 300_000,
    retry: false,
  }));

/** Shows what is on the page in the space's colour for as long as the page is there, and gives its logo. */
export function useDressed(space: () => string | undefined): () => string | undefined {
  const brand = useBrand(space);
  const root = document.documentElement;
  createEffect(() => {
    const colour = brand.data?.colour;
    root.classList.toggle("y-dressed", colour !== undefined);
    if (colour) root.style.setProperty("--space-colour", colour);
  });
  onCleanup(() => root.classList.remove("y-dressed"));
  return () => brand.data?.logo;
}

/** The brand as its managers change it, with the tag of what was read. */
export const useOwnBrand = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["brand", space(), "own"],
    queryFn: () => okWithTag(api.spaces[":space"].brand.$get({ param: { space: space() } })),
  }));

/** Sets colour and logo over what was read under a tag. */
export async function setBrand(space: string, json: BrandChange, ifMatch: string, intent: Intent): Promise<void> {
  await ok(api.spaces[":space"].brand.$put({ param: { space }, json }, intent.with({ ifMatch })));
  await queryClient.invalidateQueries({ queryKey: ["brand", space] });
}
