import { createHash } from "node:crypto";

/** The source expression by which a content security policy allows one `<style>` element of exactly this text (CSP level 3, hash-source). */
export function hashOfStyle(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
