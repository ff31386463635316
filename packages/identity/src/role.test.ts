import { allAllowed, allows, holdersOf, permissionNames } from "@yihao/kernel/permissions";
import { staffRoles } from "@yihao/kernel/roles";
import { expect, test } from "vitest";
import { NewRoleSchema, type Role, rolesMost } from "./model.ts";
import { mayGive } from "./rights.ts";
import { kept, renewed, withRole } from "./role.ts";

const now = "2026-11-23T02:42:00.000Z";
const role = (id: `rol_${string}`, rev: number, rights: Role["rights"]): Role => ({
  ...{ id, name: id, rights, rev, createdAt: now },
});

test("a tailored role cannot be allowed what is the owner's: people, roles, keys, webhooks, support", () => {
  for (const right of ["people.invite", "roles.manage", "keys.manage", "hooks.manage", "support.grant", "owner", "*"])
    expect(NewRoleSchema.safeParse({ name: "客服", rights: [right] }).success).toBe(false);
  expect(permissionNames.filter((one) => /key|hook|support|role|merge|takeover/.test(one))).toEqual([]);
  expect(NewRoleSchema.safeParse({ name: "客服", rights: [...permissionNames] }).success).toBe(true);
  // With every permission there is, its holder still gives nobody a role.
  for (const wanted of [...staffRoles, "rol_other"] as const) expect(mayGive(["rol_all"], [wanted])).toBe(false);
});

test("what is allowed is what the built-in roles hold and the own ones name, and nothing more", () => {
  expect(allAllowed({ roles: ["owner"] })).toEqual(permissionNames);
  for (const one of permissionNames)
    for (const builtIn of staffRoles)
      expect(allows({ roles: [builtIn] }, one)).toBe(builtIn === "owner" || holdersOf(one).includes(builtIn));
  expect(allAllowed({ roles: ["rol_a"], rights: ["billing.read"] })).toEqual(["billing.read"]);
  expect(allAllowed({ roles: ["rol_a"] })).toEqual([]);
});

test("a space has twenty own roles at most, each with a name of its own however it is written", () => {
  const full = Array.from({ length: rolesMost }, (_, at) => role(`rol_n${at}`, 1, ["billing.read"]));
  const wish = { name: "ＲOL_N3", rights: ["billing.read" as const] };
  expect(withRole(full.slice(0, 5), "rol_new", wish, now)).toMatchObject({ refusal: { code: "role.name-taken" } });
  expect(withRole(full, "rol_new", { ...wish, name: "新" }, now)).toMatchObject({
    refusal: { code: "role.too-many", params: { most: rolesMost } },
  });
  expect(withRole(full, "rol_n3", wish, now)).toMatchObject({ ok: true, value: { role: { rev: 2 } } });
});

test("a late writer never brings an older set of permissions back", () => {
  const [old, young] = [role("rol_a", 2, ["billing.keep"]), role("rol_a", 3, ["billing.read"])];
  expect(renewed([kept(old)], [young])).toEqual([kept(young)]);
  expect(renewed([kept(young)], [old])).toBeUndefined();
  expect(renewed([kept(young)], [young])).toBeUndefined();
  expect(renewed([kept(young)], [])).toBeUndefined();
});
