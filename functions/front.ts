import { createHash, timingSafeEqual } from "node:crypto";
import { setting } from "./environment.ts";

/** The header in which CloudFront shows the secret; the same as in `infra/edge.ts`. */
const header = "x-yihao-front";

const hashed = (text: string) => createHash("sha256").update(text).digest();

/**
 * The authorizer of the API: lets in what came through CloudFront, which alone knows the secret. While the secret is changed, the former stands behind the new one, by a comma. API
 * Gateway keeps the answer for an hour by the header, so that it is asked about once an hour.
 */
export function createFront(secrets: readonly string[]) {
  const known = secrets.map(hashed);
  return async (event: { headers?: Record<string, string | undefined> }): Promise<{ isAuthorized: boolean }> => {
    const shown = hashed(event.headers?.[header] ?? "");
    return { isAuthorized: known.map((one) => timingSafeEqual(one, shown)).includes(true) };
  };
}

const least = 32;

/** The secrets of YIHAO_FRONT_SECRET; throws when one is short enough to be guessed. */
export function frontSecrets(text: string): string[] {
  const secrets = text.split(",").map((one) => one.trim());
  if (secrets.some((one) => one.length < least))
    throw new Error(`YIHAO_FRONT_SECRET needs ${least} characters or more`);
  return secrets;
}

export const handler = createFront(frontSecrets(setting("YIHAO_FRONT_SECRET")));
