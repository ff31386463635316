import type { Doors } from "@yihao/http/context";
import { enterByKey } from "@yihao/identity/key-actions";
import { verifySession } from "@yihao/identity/session";
import { endedOf, membershipOf } from "@yihao/identity/store";
import { supportDoor } from "@yihao/identity/support-actions";
import {
  addressHeaderFromEnvironment,
  clock,
  limitsFromEnvironment,
  logFromEnvironment,
  originsFromEnvironment,
  secretFromEnvironment,
  supportFromEnvironment,
  tableFromEnvironment,
  usageFromEnvironment,
} from "./environment.ts";
import { spacesFromEnvironment } from "./session-environment.ts";

/** How every function that answers people and programs finds out who asks: by their session or API key, within their limits. */
export function doorsFromEnvironment(): Doors {
  const secret = secretFromEnvironment();
  const log = logFromEnvironment();
  const limits = limitsFromEnvironment();
  const table = tableFromEnvironment();
  const inSpace = spacesFromEnvironment(table);
  return {
    table,
    ...(inSpace ? { inSpace } : {}),
    now: clock,
    caller: async (request) => verifySession(request, secret, new Date()),
    membership: membershipOf,
    ended: endedOf,
    key: enterByKey,
    support: supportDoor(supportFromEnvironment),
    addressHeader: addressHeaderFromEnvironment(),
    origins: originsFromEnvironment(),
    ...(limits ? { limits } : {}),
    ...(log ? { log } : {}),
    usage: usageFromEnvironment(table),
  };
}
