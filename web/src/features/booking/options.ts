import { bookedBys, type ResourceKind, resourceKinds } from "@yihao/booking/rules-model";
import type { Places } from "./data.ts";
import { kindWords } from "./kind-words.ts";

/** The floors of a site to choose from. */
export const floorOptions = (places: Places, site: string) =>
  places.floors.filter((one) => one.site === site).map(({ id, name }) => ({ value: id as string, label: name }));

/** All kinds of what can be booked. */
export const kindOptions = () =>
  resourceKinds.map((kind) => ({ value: kind as ResourceKind, label: kindWords().kind[kind] }));

/** How something can be had. */
export const byOptions = () => bookedBys.map((by) => ({ value: by, label: kindWords().by[by] }));
