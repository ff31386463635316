import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { allowsCall } from "@yihao/testing/wall";
import { beforeAll, describe, expect, it } from "vitest";
import { bundlesFolder as bundles, freshBundles } from "../bundle.ts";
import { parameterName } from "../contract.ts";
import { apiAtEdge, pagesAtEdge, viewerHeader } from "../edge.ts";
import { functionNames, reactingRooms } from "../functions.ts";
import type { WallStatement } from "../tenant-wall.ts";
import { prepareCloud } from "../tools/prepare.mjs";
import { evaluate, writtenBy } from "./offline.ts";
import { type Evaluated, type Made, type Parameters, wrongWith } from "./rules.ts";

const root = resolve(import.meta.dirname, "../..");
let written: Parameters;
let production: Evaluated;
beforeAll(async () => {
  prepareCloud();
  await freshBundles();
  written = writtenBy("production");
  production = await evaluate("production", written);
}, 240_000);

describe("the app of production over its foundation", () => {
  it("keeps every rule of deployment", () => {
    expect(wrongWith(production, written)).toEqual([]);
    expect(production.resources.length).toBeGreaterThan(100);
  });

  it("makes one function for each entry of the functions folder, and each bundle has its handler", () => {
    const entries = readdirSync(join(root, "functions"))
      .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
      .filter((name) =>
        /^export (const|async function|function) handler\b/m.test(readFileSync(join(root, "functions", name), "utf8")),
      )
      .map((name) => name.replace(/\.ts$/, ""));
    expect([...functionNames].sort()).toEqual(entries.sort());
    for (const name of functionNames) {
      const file = join(bundles, name, "index.mjs");
      expect(readFileSync(file, "utf8")).toMatch(/export\{[^}]*\bas handler\b[^}]*\}/);
      // Papers carry the fonts of printed bills, and what draws the bar codes of labels; the docs describe every route there is.
      const most = { papers: 6_400_000, docs: 1_800_000 }[name as string] ?? 1_600_000;
      expect(statSync(file).size).toBeLessThan(most);
    }
  });

  it("gives the API the files' table neither scans nor the tables of sign-in", () => {
    const policyOf = (name: string) =>
      JSON.stringify(production.resources.find((one) => one.type.endsWith(":Role") && one.name === name)?.inputs);
    expect(policyOf("ApiRole")).not.toMatch(/Scan|DeleteTable|auth-table|files-bucket/);
    expect(policyOf("AuthRole")).toContain("auth-table");
    expect(policyOf("DocsRole")).not.toContain("dynamodb:");
  });

  it("lets the sender of webhooks reach their partitions alone, and tells it no secret", () => {
    const made = (type: string, name: string) =>
      production.resources.find((one) => one.type.endsWith(type) && one.name === name)?.inputs;
    const { inlinePolicies } = made(":Role", "HooksRole") as { inlinePolicies: { policy: string }[] };
    const statements = inlinePolicies.flatMap(
      ({ policy }) => (JSON.parse(policy) as { Statement: WallStatement[] }).Statement,
    );
    const onItems = statements.filter(({ Action }) =>
      [Action]
        .flat()
        .some((one) => /^dynamodb:(Get|Batch|Put|Update|Delete|Query|Condition)\w*Item|^dynamodb:Query/.test(one)),
    );
    expect(onItems).toHaveLength(1);
    const may = (action: string, key?: string) =>
      allowsCall(onItems, { action: `dynamodb:${action}`, leadingKeys: key === undefined ? [] : [key] });
    expect(
      ["spc_ab#hooks", "spc_ab#hook-secrets", "spc_ab#hook-out#whk_a", "spc_ab#hook-try#whk_a"].map((key) =>
        may("UpdateItem", key),
      ),
    ).toEqual([true, true, true, true]);
    expect(
      [
        "spc_ab#people",
        "spc_ab#space",
        "spc_ab#log#spc_ab",
        "platform#mail",
        "platform#due#x#1",
        "spc_ab#hooksmore",
      ].map((key) => may("GetItem", key)),
    ).toEqual([false, false, false, false, false, false]);
    expect([may("Scan"), may("GetItem"), may("PutItem", "spc_ab#hooks"), may("DeleteItem", "spc_ab#hooks")]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    const { environment, vpcConfig } = made("aws:lambda/function:Function", "HooksFunction") as {
      environment: { variables: Record<string, string> };
      vpcConfig?: object;
    };
    expect(
      Object.keys(environment.variables).filter((name) => /^(YIHAO|STRIPE)_.*(SECRET|KEY|TENANT)/.test(name)),
    ).toEqual([]);
    expect(vpcConfig).toBeUndefined();
  });
});

describe("the queues of rooms as they would be deployed", () => {
  const roleOf = (name: string) =>
    JSON.stringify(production.resources.find((one) => one.type.endsWith(":Role") && one.name === name)?.inputs);

  it("are written by the stream function and read by the retry function, and by nothing else", () => {
    const roles = production.resources.filter((one) => one.type.endsWith(":Role")).map(({ name }) => name);
    const [sends, receives] = ["sqs:SendMessage", "sqs:ReceiveMessage"].map((action) =>
      roles.filter((name) => new RegExp(`${action}[^}]*-hears-billing`).test(roleOf(name) ?? "")),
    );
    expect([sends, receives]).toEqual([["StreamRole"], ["RetryRole"]]);
    const ofLetters = roles.filter((name) => /sqs:ReceiveMessage[^}]*-hears-mail/.test(roleOf(name) ?? ""));
    expect([ofLetters, /-hears-billing|dynamodb:PutItem|dynamodb:Query/.test(roleOf("MailRole") ?? "")]).toEqual([
      ["MailRole"],
      false,
    ]);
    expect(roleOf("MailRole")).toContain("platform#mail");
  });

  it("are found by the stream function under the address that it is told", () => {
    const stream = production.resources.find(({ name }) => name === "StreamFunction")?.inputs;
    const { variables = {} } = (stream?.environment ?? {}) as { variables?: Record<string, string> };
    const names = production.resources
      .filter(({ type }) => type.endsWith(":Queue"))
      .map(({ inputs }) => String(inputs.name));
    for (const room of reactingRooms) expect(names).toContain(`${variables.YIHAO_QUEUES}${room}`.split("/").at(-1));
  });
});

describe("the wall between spaces as it would be deployed", () => {
  const role = () => production.resources.find((one) => one.type.endsWith(":Role") && one.name === "Space")?.inputs;
  const policy = () => {
    const [{ policy: text = "" } = {}] = (role()?.inlinePolicies ?? []) as { policy: string }[];
    return (JSON.parse(text) as { Statement: WallStatement[] }).Statement.filter(({ Action }) =>
      Action.some((one) => one.startsWith("dynamodb:")),
    );
  };

  it("opens one space's partitions to a session, and no look-alike's", () => {
    const reads = (key: string) => allowsCall(policy(), { action: "dynamodb:Query", leadingKeys: [key] }, "spc_ab");
    expect([reads("spc_ab#people"), reads("spc_abc#people"), reads("spc_a#people"), reads("platform#mail")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(policy().flatMap(({ Resource }) => Resource)).toEqual([
      written[parameterName("production", "tableArn")],
      written[parameterName("production", "tableArn")],
    ]);
  });

  it("is taken by the functions that answer inside a space and by nothing else, with the space as its only tag", () => {
    const trust = JSON.parse(String(role()?.assumeRolePolicy)) as {
      Statement: { Principal: { AWS: string[] }; Condition: object }[];
    };
    expect(trust.Statement[0]?.Principal.AWS.map((arn) => /production-(\w+)Role/.exec(arn)?.[1]).sort()).toEqual([
      "Api",
      "Bills",
      "Community",
      "Doors",
      "Files",
      "Goods",
      "Insight",
      "Papers",
      "Pay",
      "Stuck",
      "Takeover",
    ]);
    expect(trust.Statement[0]?.Condition).toEqual({
      StringLike: { "aws:RequestTag/space": "spc_*" },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["space"] },
    });
  });
});

/** The same app with one resource spoilt. */
const spoilt = (type: string, name: RegExp, spoil: (inputs: Record<string, unknown>) => void): Evaluated => {
  const resources = structuredClone(production.resources) as Made[];
  const hit = resources.filter((one) => one.type.endsWith(`:${type}`) && name.test(one.name));
  if (hit.length === 0) throw new Error(`nothing to spoil: ${type} ${name}`);
  for (const one of hit) spoil(one.inputs);
  return { ...production, resources };
};
const without = (type: string, name: RegExp): Evaluated => ({
  ...production,
  resources: production.resources.filter((one) => !(one.type.endsWith(`:${type}`) && name.test(one.name))),
});

describe("an app that must not be deployed", () => {
  it("tells of a parameter that the foundation does not write", async () => {
    const { [parameterName("production", "poisonBucketArn")]: _, ...fewer } = written;
    expect(wrongWith(await evaluate("production", fewer), fewer)).toContain(
      "the app reads the parameter /yihao/production/poison-bucket-arn, which the foundation does not write",
    );
  }, 120_000);

  it("tells of a route that anybody may ask round the firewall", () => {
    const open = spoilt("Route", /./, (inputs) => {
      if (inputs.routeKey === "ANY /api/{proxy+}")
        Object.assign(inputs, { authorizationType: "NONE", authorizerId: undefined });
    });
    expect(wrongWith(open, written)).toEqual([
      "the route ANY /api/{proxy+} is open: it must ask the authorizer of the front, or the firewall can be gone round",
    ]);
  });

  it("tells of a wildcard among actions, of a policy for everything and of a role that anybody may take", () => {
    const wild = spoilt("Role", /^PayRole$/, (inputs) => {
      const Statement = [{ Effect: "Allow", Action: ["dynamodb:*"], Resource: ["*"] }];
      inputs.inlinePolicies = [{ name: "inline", policy: JSON.stringify({ Statement }) }];
      inputs.assumeRolePolicy = JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
      });
    });
    expect(wrongWith(wild, written)).toEqual([
      "the role PayRole may do dynamodb:*: name the actions one by one",
      "the role PayRole may do dynamodb:* on everything",
      "the role PayRole may be taken by anybody of the account",
    ]);
  });

  it("tells of a function without a dead-letter queue, without an alarm, or with a secret too many", () => {
    const lost = spoilt("Function", /^ScheduleFunction$/, (inputs) => {
      inputs.deadLetterConfig = undefined;
      Object.assign((inputs.environment as { variables: object }).variables, { YIHAO_SECRET: "sk" });
    });
    expect(wrongWith(lost, written)).toEqual([
      "schedule is told the secret YIHAO_SECRET, which it does not need",
      "the function schedule has no dead-letter queue: what it could not do is lost",
    ]);
    expect(wrongWith(without("MetricAlarm", /^AlarmDoorsErrors$/), written)).toEqual([
      "the function doors has no alarm on Errors",
    ]);
    expect(wrongWith(without("MetricAlarm", /DeadLetters$/), written)).toEqual([
      "the queue RetryDeadLettersQueue has no alarm: what waits there is seen by nobody",
      "the queue PoisonDeadLettersQueue has no alarm: what waits there is seen by nobody",
      "the queue ScheduleDeadLettersQueue has no alarm: what waits there is seen by nobody",
    ]);
  });

  it("tells of a stream whose poison is lost or stops the rest", () => {
    const careless = spoilt("EventSourceMapping", /^Hearing$/, (inputs) => {
      for (const name of [
        "destinationConfig",
        "functionResponseTypes",
        "bisectBatchOnFunctionError",
        "maximumRetryAttempts",
      ])
        inputs[name] = undefined;
    });
    expect(wrongWith(careless, written)).toHaveLength(4);
  });

  it("tells of a room without a queue of its own, and of a queue that holds up others or loses what it cannot do", () => {
    expect(wrongWith(without("Queue", /^HearsBilling$/), written)).toEqual([
      "the room billing has no queue of its own: what it cannot take is lost",
    ]);
    const greedy = spoilt("EventSourceMapping", /^RetriesBilling$/, (inputs) => {
      Object.assign(inputs, { scalingConfig: undefined, functionResponseTypes: undefined });
    });
    expect(wrongWith(greedy, written)).toEqual([
      "the queue of billing starts a whole batch again when one message failed",
      "the queue of billing may take every copy of the function from the others",
    ]);
    const leaky = spoilt("Queue", /^HearsBilling$/, (inputs) => {
      Object.assign(inputs, { redrivePolicy: undefined, visibilityTimeoutSeconds: 30 });
    });
    expect(wrongWith(leaky, written)).toEqual([
      "the queue of billing has no dead-letter queue",
      "the queue of billing gives a message out again while it is still worked on",
    ]);
  });

  it("tells of pages without a firewall or with scripts in them, of data in the app, and of production that a slip removes", () => {
    const bare = spoilt("Distribution", /./, (inputs) => {
      inputs.webAclId = undefined;
    });
    expect(wrongWith(bare, written)).toEqual(["no firewall stands before CloudFront"]);
    const lax = spoilt("ResponseHeadersPolicy", /./, (inputs) => {
      const config = inputs.securityHeadersConfig as { contentSecurityPolicy: { contentSecurityPolicy: string } };
      config.contentSecurityPolicy.contentSecurityPolicy =
        "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'";
    });
    expect(wrongWith(lax, written)).toEqual([
      "the content security policy lets scripts stand in pages",
      "the content security policy lets styles stand in pages",
    ]);
    const stale = spoilt("BucketObjectv2", /sw\.js$/, (inputs) => {
      inputs.cacheControl = "public, max-age=86400";
    });
    expect(wrongWith(stale, written)).toEqual(["browsers keep Page-sw.js without asking whether there is a newer one"]);
    const owning: Evaluated = {
      ...production,
      about: { protect: false, removal: "remove" },
      resources: [...production.resources, { type: "aws:dynamodb/table:Table", name: "Mine", inputs: {} }],
    };
    expect(wrongWith(owning, written)).toEqual([
      "the app makes Mine (aws:dynamodb/table:Table): what keeps data belongs to the foundation",
      "the stage production can be removed by a slip",
    ]);
  });
});

describe("what runs at the edge", () => {
  type Request = { uri: string; headers: Record<string, { value: string }> };
  const at = (code: string, uri: string, headers: Request["headers"] = {}) =>
    runInNewContext(
      `${code};handler(${JSON.stringify({ request: { uri, headers }, viewer: { ip: "203.0.113.9" } })})`,
    ) as Request;

  it("shows the app for every path of it, displays their own page, and files as they are", () => {
    const shown = ["/", "/spaces/spc_1/bookings", "/door/abc", "/assets/app-1.js", "/icon.svg"].map(
      (uri) => at(pagesAtEdge, uri).uri,
    );
    expect(shown).toEqual(["/index.html", "/index.html", "/door.html", "/assets/app-1.js", "/icon.svg"]);
  });

  it("tells the API who calls, whatever the caller wrote there", () => {
    expect(
      at(apiAtEdge, "/api/v1/health", { [viewerHeader]: { value: "10.0.0.1" } }).headers[viewerHeader]?.value,
    ).toBe("203.0.113.9");
  });
});
