import type { ResourceId } from "@yihao/booking/model";
import type { LeaseId, NewLease } from "@yihao/booking/rules-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { queryClient } from "../../query.ts";

const leases$ = api.spaces[":space"].resources[":resource"].leases;
const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["places", space] });

/** Lets a resource to a company for months. */
export async function letResource(space: string, resource: ResourceId, json: NewLease, intent: Intent) {
  try {
    return await ok(leases$.$post({ param: { space, resource }, json }, intent.with()));
  } finally {
    void renew(space);
  }
}

/** Ends a lease on a day. */
export async function endLease(space: string, resource: ResourceId, lease: LeaseId, until: string, intent: Intent) {
  try {
    return await ok(leases$[":lease"].end.$post({ param: { space, resource, lease }, json: { until } }, intent.with()));
  } finally {
    void renew(space);
  }
}
