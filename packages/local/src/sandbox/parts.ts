import { createHash } from "node:crypto";

/**
 * Reads a form of parts (multipart/form-data), as files are uploaded, into a form of names and texts like any other: of a file its name, type, size and a print of its bytes, which are not kept. So the same
 * upload is the same form, whatever stood between its parts. Undefined for what is no such form.
 */
export function formOfParts(contentType: string, body: Buffer): string | undefined {
  const boundary = /boundary=("?)([^";]+)\1/.exec(contentType)?.[2];
  if (!boundary) return undefined;
  const form = new URLSearchParams();
  const text = body.toString("latin1");
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const split = part.indexOf("\r\n\r\n");
    if (split < 0) return undefined;
    const head = Buffer.from(part.slice(2, split), "latin1").toString("utf8");
    const content = Buffer.from(part.slice(split + 4, -2), "latin1");
    const name = /name="([^"]*)"/.exec(head)?.[1];
    if (name === undefined) return undefined;
    const filename = /filename="([^"]*)"/.exec(head)?.[1];
    if (filename === undefined) form.append(name, content.toString("utf8"));
    else {
      form.append(`${name}[name]`, filename);
      form.append(`${name}[type]`, /content-type: *([^\r\n]+)/i.exec(head)?.[1] ?? "application/octet-stream");
      form.append(`${name}[bytes]`, String(content.length));
      form.append(`${name}[print]`, createHash("sha256").update(content).digest("hex"));
    }
  }
  return form.toString();
}
