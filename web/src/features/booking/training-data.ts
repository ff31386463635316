import type { ResourceId } from "@yihao/booking/model";
import type { NewTraining } from "@yihao/booking/rules-model";
import type { TrainingView } from "@yihao/booking/training";
import type { PersonId } from "@yihao/kernel/ids";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { allPages } from "../../pages.ts";
import { createQuery, queryClient } from "../../query.ts";

const training$ = api.spaces[":space"].resources[":resource"].training;

/** Who was trained on an equipment, all pages, by name. */
export const useTraining = (space: () => string, resource: () => ResourceId | undefined) =>
  createQuery(() => ({
    queryKey: ["training", space(), resource()],
    queryFn: () => readTraining(space(), resource() ?? "res_none"),
    enabled: resource() !== undefined,
  }));

async function readTraining(space: string, resource: ResourceId): Promise<TrainingView[]> {
  const items = await allPages<TrainingView>(({ cursor }) =>
    ok(training$.$get({ param: { space, resource }, query: cursor ? { cursor } : {} })),
  );
  return items.sort((a, b) => a.personName.localeCompare(b.personName, "zh-CN"));
}

const renew = (space: string) => queryClient.invalidateQueries({ queryKey: ["training", space] });

/** Records that somebody was trained, or until when. */
export async function grantTraining(space: string, resource: ResourceId, json: NewTraining, intent: Intent) {
  const saved = await ok(training$.$post({ param: { space, resource }, json }, intent.with()));
  await renew(space);
  return saved;
}

/** Takes a training record away. */
export async function revokeTraining(space: string, resource: ResourceId, person: PersonId) {
  await ok(training$[":person"].$delete({ param: { space, resource, person } }));
  await renew(space);
}
