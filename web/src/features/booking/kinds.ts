import type { ResourceKind, ResourceView } from "@yihao/booking/model";

/** Kinds that are looked for together. */
export const groups = ["seat", "room", "equipment", "facility"] as const;
export type Group = (typeof groups)[number];

const groupOfKind: Record<ResourceKind, Group> = {
  desk: "seat",
  pool: "seat",
  office: "seat",
  room: "room",
  equipment: "equipment",
  dock: "facility",
  locker: "facility",
  parking: "facility",
};

/** The group that a resource is shown in. */
export const groupOf = ({ kind }: Pick<ResourceView, "kind">): Group => groupOfKind[kind];

/** The groups that have something in them, in their order. */
export const groupsOf = (resources: readonly ResourceView[]): Group[] =>
  groups.filter((group) => resources.some((one) => groupOf(one) === group));
