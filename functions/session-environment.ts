import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { setting } from "./environment.ts";
import { assumeBy, type Post, spaceTables } from "./space-session.ts";

type Signer = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
};

/** Posts a form to STS, signed with the function's own credentials (Signature Version 4). */
export function signedPost({ endpoint, region, credentials }: Signer): Post {
  const signer = new SignatureV4({ service: "sts", region, credentials, sha256: Sha256 });
  const { host, hostname, pathname, protocol } = new URL(endpoint);
  return async (body) => {
    const headers = { host, "content-type": "application/x-www-form-urlencoded" };
    const signed = await signer.sign({ method: "POST", protocol, hostname, path: pathname, headers, body });
    const answer = await fetch(endpoint, { method: "POST", headers: signed.headers, body });
    return { status: answer.status, text: await answer.text() };
  };
}

/**
 * The tables of spaces behind the wall in IAM, whose role YIHAO_TENANT_ROLE names. Without it requests inside a space are kept to it by the keys alone: on one machine, and where the
 * deployment does without the wall.
 */
export function spacesFromEnvironment(table: Table): ((space: SpaceId) => Table) | undefined {
  const role = process.env.YIHAO_TENANT_ROLE;
  if (!role) return undefined;
  const region = setting("AWS_REGION");
  const { AWS_SESSION_TOKEN: sessionToken } = process.env;
  const credentials = {
    accessKeyId: setting("AWS_ACCESS_KEY_ID"),
    secretAccessKey: setting("AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken ? { sessionToken } : {}),
  };
  const post = signedPost({ endpoint: `https://sts.${region}.amazonaws.com/`, region, credentials });
  return spaceTables(table, assumeBy(role, post));
}
