import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { generate } from "selfsigned";
import { type Home, keep } from "./home.ts";

type Certificate = {
  readonly names: readonly string[];
  readonly until: string;
  readonly key: string;
  readonly cert: string;
};

const daysGood = 365;
const dayMs = 86_400_000;

/** This machine's IPv4 addresses in the networks it is on, loopback left out. */
export function lanAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flat();
  return all.flatMap((one) => (one && one.family === "IPv4" && !one.internal ? [one.address] : []));
}

/** A self-made certificate for localhost and the given addresses, kept in the home until an address is new or it nears its end. */
export async function certificateFor(home: Home, addresses: readonly string[]): Promise<{ key: string; cert: string }> {
  const now = Date.now();
  if (existsSync(home.certificate)) {
    const kept = JSON.parse(readFileSync(home.certificate, "utf8")) as Certificate;
    const covers = addresses.every((address) => kept.names.includes(address));
    if (covers && Date.parse(kept.until) - now > 7 * dayMs) return kept;
  }
  const until = new Date(now + daysGood * dayMs);
  const made = await generate([{ name: "commonName", value: "Yihao" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now - dayMs),
    notAfterDate: until,
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          ...["127.0.0.1", ...addresses].map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  const certificate: Certificate = {
    names: addresses,
    until: until.toISOString(),
    key: made.private,
    cert: made.cert,
  };
  keep(home.certificate, certificate);
  return certificate;
}
