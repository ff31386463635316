import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { bytesOf, isOwnMachine, isPublic } from "./address.ts";

/** Ports on which an endpoint may listen: HTTPS, and what is usual for it beside. */
export const hookPorts: readonly number[] = [443, 4443, 8443, 9443];

/** Where an endpoint is. `address` is the host when it is an address and no name. */
export type Target = { readonly url: URL; readonly address: string | undefined };
export type TargetFault = "form" | "https" | "credentials" | "port" | "name" | "private";

/** Names that no resolver of the internet answers for. */
const ownNames = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|arpa|test|invalid|onion)\.?$/;

/**
 * Reads an endpoint's URL: https, a public name or address, one of `hookPorts`, no user and password. Refused as `hook.url` {why}. `URL` has already turned decimal, octal, hexadecimal and short
 * forms of an IPv4 address into the usual one. With `local`, which only a machine's own setting gives, http and any port of this machine pass too.
 */
export function readTarget(text: string, local = false): Outcome<Target, "hook.url"> {
  const no = (why: TargetFault) => refuse("hook.url", { why });
  if (!URL.canParse(text)) return no("form");
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const address = bytesOf(host) ? host : undefined;
  if (url.username !== "" || url.password !== "") return no("credentials");
  if (local && address !== undefined && isOwnMachine(address) && /^https?:$/.test(url.protocol))
    return accept({ url, address });
  if (url.protocol !== "https:") return no("https");
  if (!hookPorts.includes(Number(url.port || 443))) return no("port");
  if (address !== undefined) return isPublic(address) ? accept({ url, address }) : no("private");
  if (!host.includes(".") || ownNames.test(host)) return no("name");
  return accept({ url, address });
}
