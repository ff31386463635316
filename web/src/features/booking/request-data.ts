import type { AnswerRequest, Request } from "@yihao/booking/request-model";
import { type Intent, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { createQuery, liveEveryMs } from "../../query.ts";
import { renewBookings } from "./data.ts";

const space$ = api.spaces[":space"];

/** The requests that wait for an answer, for staff who may answer; asked again every few seconds. */
export const useRequests = (space: () => string, mayAnswer: () => boolean) =>
  createQuery(() => ({
    queryKey: ["bookings", space(), "requests"],
    queryFn: async () =>
      (await ok(space$["booking-requests"].$get({ param: { space: space() }, query: { limit: "100" } }))).items,
    refetchInterval: liveEveryMs,
    enabled: mayAnswer(),
  }));

/** Approves a request or declines it with a reason; of a series the whole of it. */
export async function answer(space: string, request: Request, json: AnswerRequest, intent: Intent) {
  try {
    const param = { space, booking: request.booking };
    return await ok(space$.bookings[":booking"].answer.$post({ param, json }, intent.with()));
  } finally {
    void renewBookings();
  }
}
