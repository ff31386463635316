import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { bucketStore, folderStore } from "./object-store.ts";

type Kept = { Key: string; VersionId: string; bytes: Uint8Array };

/** A versioned bucket that gives two keys a page and forgets a version only when it is named. */
function bucketOf(kept: Kept[]): Pick<S3Client, "send"> {
  const page = 2;
  const send = async (command: unknown) => {
    if (command instanceof ListObjectVersionsCommand) {
      const { Prefix = "", KeyMarker, VersionIdMarker } = command.input;
      const all = kept.filter(({ Key }) => Key.startsWith(Prefix));
      const start =
        1 + all.findIndex(({ Key, VersionId }) => `${Key} ${VersionId}` === `${KeyMarker} ${VersionIdMarker}`);
      const Versions = all.slice(start, start + page);
      const { Key: NextKeyMarker, VersionId: NextVersionIdMarker } = Versions.at(-1) ?? {};
      return { Versions, IsTruncated: start + page < all.length, NextKeyMarker, NextVersionIdMarker };
    }
    if (command instanceof ListObjectsV2Command) {
      const { Prefix = "", ContinuationToken = "0" } = command.input;
      const keys = [...new Set(kept.map(({ Key }) => Key))].filter((key) => key.startsWith(Prefix));
      const next = Number(ContinuationToken) + page;
      return {
        Contents: keys.slice(Number(ContinuationToken), next).map((Key) => ({ Key })),
        NextContinuationToken: next < keys.length ? String(next) : undefined,
      };
    }
    if (command instanceof GetObjectCommand) {
      const found = kept.findLast(({ Key }) => Key === command.input.Key);
      if (!found) throw new NoSuchKey({ message: "no such key", $metadata: {} });
      return { Body: { transformToByteArray: async () => found.bytes } };
    }
    if (command instanceof PutObjectCommand) {
      const { Key = "", Body } = command.input;
      kept.push({ Key, VersionId: `v${kept.length}`, bytes: Body as Uint8Array });
      return {};
    }
    if (command instanceof DeleteObjectsCommand) {
      for (const { Key, VersionId } of command.input.Delete?.Objects ?? [])
        kept.splice(
          kept.findIndex((one) => one.Key === Key && one.VersionId === VersionId),
          1,
        );
      return {};
    }
    throw new Error("the bucket is not asked for anything else");
  };
  return { send } as unknown as Pick<S3Client, "send">;
}

it("documents of a bucket are listed page by page, read and written, and erased with every former version, a neighbour's whole", async () => {
  const kept: Kept[] = [];
  const store = bucketStore(bucketOf(kept), "files");
  for (const key of ["spc_a/1", "spc_a/2", "spc_a/2", "spc_a/3", "spc_ab/1"])
    await store.write(key, new TextEncoder().encode(key));
  const keys: string[] = [];
  for await (const key of store.keys("spc_a/")) keys.push(key);
  expect(keys).toEqual(["spc_a/1", "spc_a/2", "spc_a/3"]);
  expect(new TextDecoder().decode(await store.read("spc_a/3"))).toBe("spc_a/3");
  expect(await store.read("spc_a/4")).toBeUndefined();
  expect(await store.versions("spc_a/")).toBe(4);
  expect(await store.erase("spc_a/")).toBe(4);
  expect(kept.map(({ Key }) => Key)).toEqual(["spc_ab/1"]);
});

it("a folder keeps documents under their keys, shows none that is only half there, and has no way out of it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "yihao-objects-"));
  try {
    const store = folderStore(folder);
    await store.write("spc_a/cmp_1/doc_1", new Uint8Array([1]));
    writeFileSync(join(folder, "spc_a/cmp_1/doc_2.x.part"), "half");
    const keys: string[] = [];
    for await (const key of store.keys("spc_a/")) keys.push(key);
    expect(keys).toEqual(["spc_a/cmp_1/doc_1"]);
    await expect(store.write("../doc", new Uint8Array())).rejects.toThrow("no name of a file: ../doc");
    expect(await store.erase("spc_a/")).toBe(1);
    expect(await store.read("spc_a/cmp_1/doc_1")).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
