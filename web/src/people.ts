import type { NewInvitation } from "@yihao/identity/model";
import { type Intent, ok } from "./api.ts";
import { api } from "./client.ts";
import { createQuery, queryClient } from "./query.ts";

const always = () => true;

/** The people of a space, asked only for those who may see them. */
export const usePeople = (space: () => string, wanted: () => boolean = always) =>
  createQuery(() => ({
    queryKey: ["people", space()],
    queryFn: () => ok(api.spaces[":space"].people.$get({ param: { space: space() }, query: {} })),
    enabled: wanted(),
  }));

/** The invitations of a space that nobody has accepted yet. */
export const useInvitations = (space: () => string, wanted: () => boolean = always) =>
  createQuery(() => ({
    queryKey: ["invitations", space()],
    queryFn: () => ok(api.spaces[":space"].invitations.$get({ param: { space: space() }, query: {} })),
    enabled: wanted(),
  }));

/** Reads the people and invitations of a space anew. */
export const renewPeople = (space: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ["people", space] }),
    queryClient.invalidateQueries({ queryKey: ["invitations", space] }),
  ]);

/** Invites somebody by mail. */
export async function invite(space: string, wish: NewInvitation, intent: Intent) {
  const made = await ok(api.spaces[":space"].invitations.$post({ param: { space }, json: wish }, intent.with()));
  await renewPeople(space);
  return made;
}
