import { Refused } from "@yihao/kernel/outcome";
import type { Context } from "hono";
import type { Doors } from "./context.ts";

const bodyLimit = 1_048_576;
/** Objects and lists within each other: no body of ours has ten, and what walks a value must not run out of stack. */
const depthLimit = 40;
/** Methods that change nothing. */
export const reads: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a write comes from a page of ours: the browser names its origin, which is that of this host or one that is listed. */
function fromUs(c: Context, doors: Doors): boolean {
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  // A page without an origin of its own says `null`: only the browser's word that it is the same site stands for it.
  if (origin === undefined) return site === undefined || site === "same-origin" || site === "none";
  if (origin === "null") return site === "same-origin";
  if (doors.origins?.includes(origin)) return true;
  const scheme = c.req.header("x-forwarded-proto");
  return URL.canParse(origin) && sameHost(new URL(origin), c.req.header("host"), scheme);
}

function sameHost(origin: URL, host: string | undefined, scheme: string | undefined): boolean {
  return origin.host === host && (scheme === undefined || origin.protocol === `${scheme}:`);
}

/** How deep objects and lists stand within each other in a text of JSON; brackets inside strings do not count. */
function depthOf(json: string): number {
  let [depth, most] = [0, 0];
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at];
    if (quoted) {
      if (char === "\\") at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{" || char === "[") most = Math.max(most, ++depth);
    else if (char === "}" || char === "]") depth -= 1;
  }
  return most;
}

/** Stops a write of another site, and a body that is too large, too deep, or no JSON, before anything else is looked at. */
export async function guard(c: Context, doors: Doors): Promise<void> {
  if (reads.has(c.req.method)) return;
  if (!fromUs(c, doors)) throw new Refused("auth.origin");
  const length = Number(c.req.header("content-length") ?? 0);
  if (length > bodyLimit) throw new Refused("input.too-large", { bytes: bodyLimit });
  const text = await c.req.text();
  if (new TextEncoder().encode(text).length > bodyLimit) throw new Refused("input.too-large", { bytes: bodyLimit });
  if (text === "") return;
  if (!/^application\/([\w.-]+\+)?json\b/.test(c.req.header("content-type") ?? "")) throw new Refused("input.media");
  try {
    JSON.parse(text);
  } catch {
    throw new Refused("input.json");
  }
  if (depthOf(text) > depthLimit) throw new Refused("input.json");
}
