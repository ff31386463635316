/** The 16 bytes of an IPv6 address or the 4 of an IPv4 address in its canonical text (as a resolver or `URL` gives it); nothing for any other text. */
export function bytesOf(text: string): readonly number[] | undefined {
  const plain = text.replace(/%.*$/, "");
  const four = (part: string): number[] | undefined => {
    const parts = part.split(".");
    if (parts.length !== 4 || !parts.every((one) => /^(0|[1-9]\d{0,2})$/.test(one) && Number(one) < 256))
      return undefined;
    return parts.map(Number);
  };
  if (!plain.includes(":")) return four(plain);
  const halves = plain.split("::");
  if (halves.length > 2) return undefined;
  const words = (half: string): number[] | undefined => {
    const found: number[] = [];
    for (const part of half === "" ? [] : half.split(":")) {
      const dotted = part.includes(".") ? four(part) : undefined;
      if (dotted) found.push(...dotted);
      else if (/^[0-9a-f]{1,4}$/i.test(part))
        found.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255);
      else return undefined;
    }
    return found;
  };
  const [head, tail] = [words(halves[0] ?? ""), words(halves[1] ?? "")];
  if (!head || !tail) return undefined;
  const gap = 16 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 2) return undefined;
  return [...head, ...Array<number>(gap).fill(0), ...tail];
}

/** Whether the first bits of an address are those of a block such as `10.0.0.0/8`. */
function within(bytes: readonly number[], block: string): boolean {
  const [text = "", bits = ""] = block.split("/");
  const other = bytesOf(text);
  if (other?.length !== bytes.length) return false;
  for (let bit = 0; bit < Number(bits); bit += 1) {
    const mask = 128 >> (bit % 8);
    if (((bytes[bit >> 3] ?? 0) & mask) !== ((other[bit >> 3] ?? 0) & mask)) return false;
  }
  return true;
}

/** IPv4 that is no place on the internet (IANA's special-purpose registry): own network, private, carrier's NAT, loopback, link-local with the clouds' metadata, tests, relays, multicast, reserved. */
const notPublic4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Of IPv6 only global unicast is a place on the internet; of that these are not: Teredo and other protocols, examples, 6to4, which carries an IPv4 address inside. */
const global6 = "2000::/3";
const notPublic6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/**
 * Whether an address may be connected to: public IPv4, or IPv6 of the internet. Mapped (`::ffff:…`), NAT64 (`64:ff9b::…`), unique local and link-local addresses are not, and neither is what is no
 * address at all.
 */
export function isPublic(address: string): boolean {
  const bytes = bytesOf(address);
  if (!bytes) return false;
  if (bytes.length === 4) return !notPublic4.some((block) => within(bytes, block));
  return within(bytes, global6) && !notPublic6.some((block) => within(bytes, block));
}

/** Whether an address is this machine's own. */
export function isOwnMachine(address: string): boolean {
  const bytes = bytesOf(address);
  return bytes !== undefined && (within(bytes, "127.0.0.0/8") || within(bytes, "::1/128"));
}
