import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { bury, type Hearing, type StreamRecord } from "@yihao/table/stream";
import { clock, tableFromEnvironment } from "./environment.ts";
import { traced } from "./tracing.ts";

/** S3 tells of new objects. */
type Arrival = {
  readonly Records: readonly { readonly s3: { readonly bucket: { name: string }; readonly object: { key: string } } }[];
};
/** What Lambda puts into the bucket for a batch that it gave up: the whole event, as text or as it is. */
type GivenUp = {
  readonly payload?: string | { readonly Records?: readonly StreamRecord[] };
  readonly requestContext?: { readonly condition?: string };
};
export type Poison = {
  readonly read: (bucket: string, key: string) => Promise<string>;
  readonly hearing: Hearing;
};

/**
 * The poison function: what the stream function could not take after all tries lies whole in a bucket; here each fact of it goes on the dead-letter list of its space, from which it
 * can be heard again. A second arrival of the same changes nothing.
 */
export function createPoison({ read, hearing }: Poison) {
  return async (arrival: Arrival): Promise<{ buried: number }> => {
    let buried = 0;
    for (const { s3 } of arrival.Records) {
      const key = decodeURIComponent(s3.object.key.replaceAll("+", " "));
      const given = JSON.parse(await read(s3.bucket.name, key)) as GivenUp;
      const batch =
        typeof given.payload === "string" ? (JSON.parse(given.payload) as { Records?: StreamRecord[] }) : given.payload;
      if (!batch?.Records) throw new Error(`${key} holds no records: it is no batch that was given up`);
      for (const record of batch.Records) {
        await bury(hearing, record, new Error(given.requestContext?.condition ?? "its reactions kept failing"));
        buried += 1;
      }
    }
    return { buried };
  };
}

const client = new S3Client({});

export const handler = traced(
  createPoison({
    read: async (Bucket, Key) => {
      const found = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await found.Body?.transformToString()) ?? "";
    },
    hearing: { table: tableFromEnvironment(), reactions: [], now: clock },
  }),
);
