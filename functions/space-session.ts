import type { SpaceId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { Table } from "@yihao/table/client";

/** Keys of a session of AWS, as its SDK takes them. */
export type SessionKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
};
/** Takes the role of the wall for one space. */
export type Assume = (space: SpaceId) => Promise<SessionKeys>;

/** A copy of a function keeps the sessions of so many spaces; the one unused for longest gives way. */
const kept = 500;

/**
 * The table as each space's own session reaches it: the second wall between spaces, in IAM. A session is asked for at the first request of a space and again before it ends; between
 * those a request costs nothing more.
 */
export function spaceTables(table: Table, assume: Assume, most = kept): (space: SpaceId) => Table {
  const known = new Map<SpaceId, Table>();
  return (space) => {
    const found = known.get(space) ?? table.withCredentials(() => assume(space));
    known.delete(space);
    known.set(space, found);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return found;
  };
}

const sessionSeconds = 3600;

/** Sends one signed request and gives its answer; the deployment's own credentials sign. */
export type Post = (body: string) => Promise<{ readonly status: number; readonly text: string }>;

/**
 * AWS's `AssumeRole` with the space as the session's one tag. Written out because the SDK's client of STS is 38 kB for this one call; the test holds it beside what that client sends.
 * Refused as busy while STS throttles or fails; an error when it denies.
 */
export function assumeBy(
  role: string,
  post: Post,
  wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
): Assume {
  return async (space) => {
    const body = new URLSearchParams({
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: role,
      RoleSessionName: space,
      DurationSeconds: String(sessionSeconds),
      "Tags.member.1.Key": "space",
      "Tags.member.1.Value": space,
    }).toString();
    for (let attempt = 1; ; attempt += 1) {
      const { status, text } = await post(body);
      const field = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1];
      const [accessKeyId, secretAccessKey] = [field("AccessKeyId"), field("SecretAccessKey")];
      const [sessionToken, expiration] = [field("SessionToken"), field("Expiration")];
      if (status === 200 && accessKeyId && secretAccessKey && sessionToken && expiration)
        return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) };
      const passing = status >= 500 || status === 429 || field("Code") === "Throttling";
      if (!passing) throw new Error(`the role of ${space} cannot be taken: ${status} ${field("Code") ?? ""}`);
      if (attempt === 4) throw new Refused("busy");
      await wait(50 * 2 ** attempt * Math.random());
    }
  };
}
