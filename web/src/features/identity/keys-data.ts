import type { ApiKey, NewApiKey } from "@yihao/identity/model";
import { actingCompany, type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, queryClient } from "../../query.ts";

/** The API keys of a space, or of the company that one acts for. */
export const useKeys = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["keys", space(), actingCompany()],
    queryFn: () => ok(api.spaces[":space"].keys.$get({ param: { space: space() }, query: {} })),
  }));

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["keys", space] });

/** Makes a key; the answer has its secret once. */
export async function makeKey(space: string, wish: NewApiKey, intent: Intent) {
  const made = await ok(api.spaces[":space"].keys.$post({ param: { space }, json: wish }, intent.with()));
  await renew(space);
  return made;
}

/** Gives a key a new secret; the former one works for some hours more. */
export async function rotateKey(space: string, key: ApiKey["id"], graceHours: number, intent: Intent) {
  const param = { space, key };
  const made = await ok(api.spaces[":space"].keys[":key"].rotate.$post({ param, json: { graceHours } }, intent.with()));
  await renew(space);
  return made;
}

/** Ends a key at once; the list is read anew either way. */
export async function revokeKey(space: string, key: ApiKey["id"]) {
  try {
    await ok(api.spaces[":space"].keys[":key"].$delete({ param: { space, key } }));
  } finally {
    // Refused, it is not as the list shows it: somebody ended it meanwhile.
    await renew(space);
  }
}
