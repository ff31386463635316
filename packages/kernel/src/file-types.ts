type Rule = { readonly ends: readonly string[]; readonly begins: (head: Uint8Array) => boolean };

const bytes =
  (...wanted: (number | undefined)[]) =>
  (head: Uint8Array) =>
    wanted.every((byte, at) => byte === undefined || head[at] === byte);
const zip = bytes(0x50, 0x4b, 0x03, 0x04);
const ole = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

/** Text that no browser takes for a page or a drawing: valid so far, without control characters, and not beginning as markup does. */
function plain(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head);
  const control = [...text].some((char) => char < " " && !"\t\r\n\f".includes(char));
  return !control && !/^\ufeff?\s*</.test(text);
}

/** What may be kept (文件类型): by media type, how names end and how the bytes begin. No SVG, no HTML, nothing that runs. */
const types: Readonly<Record<string, Rule>> = {
  "application/pdf": { ends: ["pdf"], begins: bytes(0x25, 0x50, 0x44, 0x46, 0x2d) },
  "image/png": { ends: ["png"], begins: bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  "image/jpeg": { ends: ["jpg", "jpeg"], begins: bytes(0xff, 0xd8, 0xff) },
  "image/webp": {
    ends: ["webp"],
    begins: (head) => bytes(0x52, 0x49, 0x46, 0x46)(head) && bytes(0x57, 0x45, 0x42, 0x50)(head.subarray(8)),
  },
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": { ends: ["docx"], begins: zip },
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { ends: ["xlsx"], begins: zip },
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": { ends: ["pptx"], begins: zip },
  "application/msword": { ends: ["doc"], begins: ole },
  "application/vnd.ms-excel": { ends: ["xls"], begins: ole },
  "application/vnd.ms-powerpoint": { ends: ["ppt"], begins: ole },
  "text/plain": { ends: ["txt"], begins: plain },
  "text/csv": { ends: ["csv"], begins: plain },
};

/** How many bytes a file may have. */
export const fileBytesMost = 20 * 1024 * 1024;
/** How many of the first bytes are looked at. */
export const headBytes = 512;
/** How names of files that may be kept end, with the dot. */
export const fileEndings: readonly string[] = Object.values(types).flatMap(({ ends }) => ends.map((end) => `.${end}`));

const endingOf = (name: string) => /\.([a-z0-9]{1,5})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? "";

/** The media type of a file by its name; undefined when it may not be kept. A browser's own word for it is not asked: systems differ. */
export function typeOfName(name: string): string | undefined {
  const ending = endingOf(name);
  return Object.entries(types).find(([, { ends }]) => ends.includes(ending))?.[0];
}

export type FileFault = "empty" | "too-large" | "type";

/** What speaks against keeping a file of this name, type and size, if anything does. */
export function fileFault(file: {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}): FileFault | undefined {
  if (file.bytes <= 0) return "empty";
  if (file.bytes > fileBytesMost) return "too-large";
  return typeOfName(file.name) === file.type ? undefined : "type";
}

/** Whether the first bytes of a file are those of its type. */
export function beginsAs(type: string, head: Uint8Array): boolean {
  return types[type]?.begins(head) ?? false;
}
