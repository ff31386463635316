/**
 * What every page is served with, here and by CloudFront: scripts and styles only from our own files. `storage` is the origin of the bucket to which browsers send files by signed
 * links; on one machine it is our own. A page that has a `<style>` of its own names the hash of it.
 */
export function securityHeaders(storage?: string, ...hashes: readonly string[]): Readonly<Record<string, string>> {
  const beside = storage ? ` ${storage}` : "";
  return {
    "content-security-policy": [
      "default-src 'self'",
      // Compiling our own WebAssembly, which reads barcodes on phones whose browser cannot, is all that is let in beside our files: no script is made from text.
      "script-src 'self' 'wasm-unsafe-eval'",
      // The positions of rulers and charts are set by scripts, one property at a time, which this does not forbid; an attribute or element of styles in HTML it does.
      `style-src 'self'${hashes.map((hash) => ` ${hash}`).join("")}`,
      `img-src 'self' data: blob:${beside}`,
      "font-src 'self' data:",
      `connect-src 'self'${beside}`,
      "worker-src 'self' blob:",
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
  };
}

/** Two years, as browsers' preload lists want it: only CloudFront says it, since one machine may be asked without TLS. */
export const strictTransport = { accessControlMaxAgeSec: 63_072_000, includeSubdomains: true, preload: true } as const;
