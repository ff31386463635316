import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/nested-clients/sts";
import { memberKey, memberKind } from "@yihao/identity/store";
import { newId, type SpaceId } from "@yihao/kernel/ids";
import { get } from "@yihao/table/read";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedPost } from "./session-environment.ts";
import { assumeBy, spaceTables } from "./space-session.ts";

type Heard = { readonly body: string; readonly headers: Record<string, unknown> };
const heard: Heard[] = [];
let answers: { status: number; text: string }[] = [];
const good = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIASPACE</AccessKeyId><SecretAccessKey>secret/+=</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2026-11-23T03:42:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
const sts = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    heard.push({ body, headers: request.headers });
    const { status, text } = answers.shift() ?? { status: 200, text: good };
    response.writeHead(status, { "content-type": "text/xml" }).end(text);
  });
});
let endpoint = "";
beforeAll(async () => {
  await new Promise<void>((done) => sts.listen(0, "127.0.0.1", done));
  endpoint = `http://127.0.0.1:${(sts.address() as AddressInfo).port}/`;
});
afterAll(() => void sts.close());

const role = "arn:aws:iam::123456789012:role/yihao-production-space";
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "session" };
const assume = () => assumeBy(role, signedPost({ endpoint, region: "ap-east-1", credentials }), async () => {});

describe("the session of a space", () => {
  it("is asked for as AWS's own client asks, tagged with the space, and read as that client reads it", async () => {
    heard.length = 0;
    const ours = await assume()("spc_ab");
    const client = new STSClient({ endpoint, region: "ap-east-1", credentials });
    const Tags = [{ Key: "space", Value: "spc_ab" }];
    const input = { RoleArn: role, RoleSessionName: "spc_ab", DurationSeconds: 3600, Tags };
    const { Credentials: theirs } = await client.send(new AssumeRoleCommand(input));
    client.destroy();
    const said = heard.map(({ body }) => Object.fromEntries([...new URLSearchParams(body)].sort()));
    expect(said[0]).toEqual(said[1]);
    const signature = ({ headers }: Heard) =>
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/ap-east-1\/sts\/aws4_request, SignedHeaders=[^,]*host[^,]*, Signature=[0-9a-f]{64}$/.test(
        String(headers.authorization),
      );
    expect(heard.map(signature)).toEqual([true, true]);
    expect(ours).toEqual({
      accessKeyId: theirs?.AccessKeyId,
      secretAccessKey: theirs?.SecretAccessKey,
      sessionToken: theirs?.SessionToken,
      expiration: theirs?.Expiration,
    });
  });

  it("is asked for again while STS is busy, refused as busy when it stays so, and an error when it is denied", async () => {
    answers = [
      { status: 503, text: "" },
      { status: 400, text: "<Error><Code>Throttling</Code></Error>" },
    ];
    expect((await assume()("spc_ab")).accessKeyId).toBe("ASIASPACE");
    answers = Array.from({ length: 4 }, () => ({ status: 500, text: "" }));
    await expect(assume()("spc_ab")).rejects.toThrow("busy");
    answers = [{ status: 403, text: "<Error><Code>AccessDenied</Code></Error>" }];
    await expect(assume()("spc_ab")).rejects.toThrow("the role of spc_ab cannot be taken: 403 AccessDenied");
  });

  it("is taken once for many requests of a space, for each space by itself, and again when a copy keeps too many", async () => {
    const base = await freshTable();
    const asked: SpaceId[] = [];
    const keys = {
      accessKeyId: base.name.replaceAll(/[^a-zA-Z0-9]/g, ""),
      secretAccessKey: "x",
      sessionToken: "t",
      expiration: new Date(Date.now() + 3_600_000),
    };
    const tables = spaceTables(
      base,
      async (space) => {
        asked.push(space);
        return keys;
      },
      2,
    );
    const read = (space: SpaceId) =>
      get(scopeOf(tables(space), { space }), memberKind, memberKey(scopeOf(base, { space }), newId("per")));
    for (const space of ["spc_a", "spc_b", "spc_a", "spc_b", "spc_a"] as SpaceId[]) await read(space);
    await Promise.all([read("spc_a"), read("spc_a")]);
    expect(asked).toEqual(["spc_a", "spc_b"]);
    await read("spc_c");
    await read("spc_b");
    expect(asked).toEqual(["spc_a", "spc_b", "spc_c", "spc_b"]);
    base.close();
  });
});
