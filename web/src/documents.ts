import { typeOfName } from "@yihao/kernel/file-types";
import type { DocumentView, NewDocument } from "@yihao/members/document-model";
import type { CompanyView } from "@yihao/members/model";
import { type Intent, ok } from "./api.ts";
import { files } from "./client.ts";
import { Problem } from "./problem.ts";

const links$ = files.spaces[":space"].companies[":company"].documents;
type Company = CompanyView["id"];
/** A document to put: what it is and who sees it, beside the file itself. */
export type Upload = Pick<NewDocument, "topic" | "agreement" | "visible"> & {
  readonly file: File;
  readonly type: string;
};

/** Puts the bytes of a file under a link and tells how far it is, from 0 to 1. The browser's fetch does not tell that of what it sends. */
export function putBytes(
  url: string,
  headers: Readonly<Record<string, string>>,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = () =>
      reject(new Problem({ code: navigator.onLine ? "client.unreachable" : "client.offline", status: 0 }));
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : lost());
    request.onerror = lost;
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Puts a document of a company: asks for a link, sends the bytes, and has it taken once they are there. */
export async function putFile(
  space: string,
  company: string,
  { file, type, ...facts }: Upload,
  intent: Intent,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<DocumentView> {
  const param = { space, company: company as Company };
  const wish = { ...facts, name: file.name, type, bytes: file.size };
  const { document, url, headers } = await ok(links$.$post({ param, json: wish }, intent.part("link").with()));
  await putBytes(url, headers, file, onProgress, signal);
  const kept = await ok(
    links$[":document"].done.$post(
      { param: { ...param, document: document.id }, json: {} },
      intent.part("done").with(),
    ),
  );
  return kept;
}

/** The link under which a document of a company may be fetched or shown, for minutes. */
export async function linkOf(space: string, company: string, document: DocumentView["id"]): Promise<string> {
  return (await ok(links$[":document"].link.$get({ param: { space, company: company as Company, document } }))).url;
}

/** Keeps a picture among a company's documents, where its people see it too. */
export async function keepPicture(space: string, company: string, taken: File, intent: Intent) {
  const file = await smallPicture(taken);
  const wish = { file, type: typeOfName(file.name) ?? file.type, topic: "picture" as const, visible: true };
  return (await putFile(space, company, wish, intent, () => {}, new AbortController().signal)).id;
}

/** The longer side of a picture that is kept, in pixels: enough to read a label. */
const pictureMost = 1600;

/** A picture from a phone's camera as a JPEG of a size that is worth keeping; as it is when it cannot be drawn. */
async function smallPicture(file: File): Promise<File> {
  try {
    const image = await createImageBitmap(file);
    const share = Math.min(1, pictureMost / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * share);
    canvas.height = Math.round(image.height * share);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob ? new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}
