import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { type Files, linkMinutes } from "@yihao/http/files";
import { headBytes } from "@yihao/kernel/file-types";
import { setting } from "./environment.ts";

const seconds = linkMinutes * 60;

/** A name as RFC 6266 and RFC 8187 want it in a header: letters of any script, percent-encoded. */
const attachment = (name: string) =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/**
 * The bucket that YIHAO_FILES_BUCKET names. On one machine YIHAO_S3_ENDPOINT says where the stand-in listens; it stands behind the app's own address,
 * so links are given without a host there.
 */
export function filesFromEnvironment(): Files {
  const endpoint = process.env.YIHAO_S3_ENDPOINT;
  const bucket = setting("YIHAO_FILES_BUCKET");
  const client = new S3Client({
    requestChecksumCalculation: "WHEN_REQUIRED",
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
  });
  const shown = (url: string) => (endpoint ? new URL(url).pathname + new URL(url).search : url);
  return {
    async putLink(key, { type, bytes }) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, ContentType: type, ContentLength: bytes });
      const signed = { expiresIn: seconds, signableHeaders: new Set(["content-type", "content-length", "host"]) };
      return { url: shown(await getSignedUrl(client, command, signed)), headers: { "content-type": type } };
    },
    async getLink(key, { name, type }) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentType: type,
        ResponseContentDisposition: attachment(name),
      });
      return shown(await getSignedUrl(client, command, { expiresIn: seconds }));
    },
    async look(key) {
      try {
        const range = `bytes=0-${headBytes - 1}`;
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
        const head = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
        return { bytes: Number(found.ContentRange?.split("/")[1] ?? head.length), head };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async read(key) {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await found.Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}
