import { identityEvents } from "@yihao/identity/model";
import { expect, test } from "vitest";
import { auditSaid, auditTypes } from "./audit-words.ts";

test("whatever happens to the space, its people, invitations and keys is told in words, a merged account too", () => {
  const ofSpace = Object.keys(identityEvents).filter((type) => !type.startsWith("company."));
  expect(ofSpace.filter((type) => !auditTypes.includes(type))).toEqual([]);
  const data = { name: "林晓", email: "spare@example.com", roles: ["finance"], companies: [] };
  expect(auditSaid({ type: "person.merged", data })).toMatch(/林晓.*spare@example\.com/);
});
