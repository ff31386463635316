const plain = /^\/(?![/\\])/;

/** A path of this app that a page asked to come back to; anything that a browser could read as another place is not followed. */
export function safePath(path: unknown): string | undefined {
  if (typeof path !== "string" || !plain.test(path) || /[\p{Cc}\\]/u.test(path)) return undefined;
  const here = "https://here.invalid";
  const url = new URL(path, here);
  // Dots are resolved by now: `/a/..//b` has become `//b`, which names a host.
  return url.origin === here && plain.test(url.pathname) ? url.pathname + url.search + url.hash : undefined;
}
