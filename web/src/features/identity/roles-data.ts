import type { NewRole, Role, RoleId } from "@yihao/identity/model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { renewPeople } from "../../people.ts";
import { createQuery, queryClient } from "../../query.ts";

/** The space's own roles (自定义角色) with how many people have each. */
export const useOwnRoles = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["own-roles", space()],
    queryFn: () => ok(api.spaces[":space"].roles.$get({ param: { space: space() } })),
  }));

const renew = async (space: string) => {
  await Promise.all([queryClient.invalidateQueries({ queryKey: ["own-roles", space] }), renewPeople(space)]);
};

/** Makes a role. */
export async function makeRole(space: string, json: NewRole, intent: Intent) {
  await ok(api.spaces[":space"].roles.$post({ param: { space }, json }, intent.with()));
  await renew(space);
}

/** Changes a role as it was read. */
export async function changeRole(space: string, role: Role, json: NewRole) {
  const param = { space, role: role.id };
  await ok(api.spaces[":space"].roles[":role"].$put({ param, json }, ifMatch(`"${role.rev}"`)));
  await renew(space);
}

/** Removes a role that nobody has. */
export async function removeRole(space: string, role: RoleId) {
  await ok(api.spaces[":space"].roles[":role"].$delete({ param: { space, role } }));
  await renew(space);
}
