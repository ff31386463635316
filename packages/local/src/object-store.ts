import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

/** Where documents lie, as whoever runs the product sees them: all under a prefix, whole. Functions go through `Files`, which opens one by its key. */
export type ObjectStore = {
  /** Keys beginning with a prefix, as they lie now. */
  readonly keys: (prefix: string) => AsyncIterable<string>;
  /** The bytes under a key; undefined when it went since it was listed. */
  readonly read: (key: string) => Promise<Uint8Array | undefined>;
  readonly write: (key: string, bytes: Uint8Array) => Promise<void>;
  /** Deletes everything under a prefix for good, with what a versioned bucket kept of it; gives how many versions that were. */
  readonly erase: (prefix: string) => Promise<number>;
  /** How many versions are under a prefix, deleted ones too where they are kept. */
  readonly versions: (prefix: string) => Promise<number>;
};

/** Keys are letters, digits and dashes between slashes: nothing that leads out of a folder. */
export const isObjectKey = (key: string) => /^[\w-]+(\/[\w-]+)*$/.test(key);

/** Documents in a folder, as the stand-in for S3 keeps them on one machine. */
export function folderStore(folder: string): ObjectStore {
  const pathOf = (key: string) => {
    if (!isObjectKey(key)) throw new Error(`no name of a file: ${key}`);
    return join(folder, ...key.split("/"));
  };
  async function* keys(prefix: string) {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith(".part")) continue;
      const key = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
      if (key.startsWith(prefix)) yield key;
    }
  }
  const versions = async (prefix: string) => {
    let count = 0;
    for await (const _ of keys(prefix)) count += 1;
    return count;
  };
  return {
    keys,
    versions,
    read: async (key) => (existsSync(pathOf(key)) ? new Uint8Array(readFileSync(pathOf(key))) : undefined),
    write: async (key, bytes) => {
      mkdirSync(dirname(pathOf(key)), { recursive: true, mode: 0o700 });
      writeFileSync(pathOf(key), bytes, { mode: 0o600 });
    },
    erase: async (prefix) => {
      const before = await versions(prefix);
      // With what was only half sent.
      rmSync(pathOf(prefix.replace(/\/$/, "")), { recursive: true, force: true });
      return before;
    },
  };
}

/** Documents in the files bucket of a stage, which keeps former versions and what was deleted. */
export function bucketStore(client: Pick<S3Client, "send">, Bucket: string): ObjectStore {
  type Version = { readonly Key: string; readonly VersionId: string };
  async function* pages(Prefix: string): AsyncGenerator<Version[]> {
    let KeyMarker: string | undefined;
    let VersionIdMarker: string | undefined;
    do {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket, Prefix, KeyMarker, VersionIdMarker, MaxKeys: 1000 }),
      );
      const all = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      yield all.map(({ Key = "", VersionId = "null" }) => ({ Key, VersionId }));
      KeyMarker = page.IsTruncated ? page.NextKeyMarker : undefined;
      VersionIdMarker = page.NextVersionIdMarker;
    } while (KeyMarker !== undefined);
  }
  return {
    async *keys(Prefix) {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    },
    async versions(prefix) {
      let count = 0;
      for await (const page of pages(prefix)) count += page.length;
      return count;
    },
    async read(Key) {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket, Key }));
        return await found.Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof Error && error.name === "NoSuchKey") return undefined;
        throw error;
      }
    },
    async write(Key, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    async erase(prefix) {
      const found: Version[] = [];
      for await (const page of pages(prefix)) found.push(...page);
      for (let start = 0; start < found.length; start += 1000) {
        const Objects = found.slice(start, start + 1000);
        const { Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
        const [first] = Errors ?? [];
        if (first) throw new Error(`${first.Key} cannot be deleted: ${first.Code}`);
      }
      return found.length;
    },
  };
}
