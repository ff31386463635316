import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { contract, inUsEast1, parameterName } from "../contract.ts";
import { foundation } from "./stacks.ts";
import { wishFrom } from "./wish.ts";

type Resource = {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
};
type Statement = { Effect: string; Action: string | string[]; Resource?: unknown; Condition?: object };
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const place = { account: "123456789012", region: "ap-east-1" };

/** The templates of a foundation as CloudFormation would get them; synthesis fails on whatever the library's validator finds. */
function templates(env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "yihao-cdk-"));
  folders.push(folder);
  process.env.CDK_OUTDIR = folder;
  foundation(wishFrom(env), place).synth();
  const read = (name: string) => {
    const file = readdirSync(folder).find((one) => one.endsWith(`${name}.template.json`)) ?? "";
    return JSON.parse(readFileSync(join(folder, file), "utf8")).Resources as Record<string, Resource>;
  };
  return { main: Object.values(read("foundation")), edge: Object.values(read("edge")) };
}

const wish = {
  STAGE: "production",
  ALARM_EMAIL: "ops@example.com",
  COPY_REGION: "ap-southeast-1",
  GITHUB_REPOSITORY: "huaihai/yihao",
};
const production = templates(wish);
const own = templates({ STAGE: "linjie" });
const all = [...production.main, ...production.edge];
const of = (type: string, among = all) => among.filter(({ Type }) => Type === type);

describe("the foundation of production", () => {
  it("keeps tables encrypted with its own key, recoverable to any second of 35 days, and safe from deletion", () => {
    const tables = of("AWS::DynamoDB::Table");
    expect(tables.map(({ Properties }) => Properties.TableName)).toEqual(["yihao-production", "yihao-production-auth"]);
    for (const { Properties, DeletionPolicy, UpdateReplacePolicy } of tables) {
      expect(Properties).toMatchObject({
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
        TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
      });
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
    }
    expect(tables.map(({ Properties }) => Properties.StreamSpecification)).toEqual([
      { StreamViewType: "NEW_IMAGE" },
      undefined,
    ]);
    expect(of("AWS::KMS::Key").map(({ Properties }) => Properties.EnableKeyRotation)).toEqual([true]);
  });

  it("lets nobody reach files but by a signed link over TLS, keeps versions, and tidies what was removed", () => {
    for (const { Properties, DeletionPolicy } of of("AWS::S3::Bucket")) {
      expect(DeletionPolicy).toBe("Retain");
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: "Enabled" },
      });
      expect(JSON.stringify(Properties.LifecycleConfiguration)).toContain("NoncurrentVersionExpiration");
    }
    expect(of("AWS::S3::Bucket").length).toBe(2);
    for (const { Properties } of of("AWS::S3::BucketPolicy"))
      expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"');
  });

  it("backs up both tables every day and month, and copies each day to the second region", () => {
    const rules = of("AWS::Backup::BackupPlan").flatMap(
      ({ Properties }) => (Properties.BackupPlan as { BackupPlanRule: Record<string, unknown>[] }).BackupPlanRule,
    );
    expect(rules.map(({ RuleName, Lifecycle }) => [RuleName, Lifecycle])).toEqual([
      ["daily", { DeleteAfterDays: 35 }],
      ["monthly", { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 400 }],
    ]);
    expect(JSON.stringify(rules[0]?.CopyActions)).toContain("ap-southeast-1");
    const chosen = of("AWS::Backup::BackupSelection").flatMap(
      ({ Properties }) => (Properties.BackupSelection as { Resources: unknown[] }).Resources,
    );
    expect(chosen.length).toBe(2);
  });

  it("allows no wildcard of actions anywhere", () => {
    const statements = all.flatMap(({ Type, Properties }) => {
      // The account itself administers its key; that is how KMS lets IAM policies count.
      if (Type === "AWS::KMS::Key") return [];
      const inline = (Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[] | undefined) ?? [];
      const documents = [
        Properties.PolicyDocument as { Statement: Statement[] } | undefined,
        ...inline.map((one) => one.PolicyDocument),
      ];
      return documents.flatMap((document) => document?.Statement ?? []);
    });
    expect(statements.length).toBeGreaterThan(3);
    const wild = statements.filter(
      ({ Effect, Action }) => Effect === "Allow" && [Action].flat().some((action) => action.includes("*")),
    );
    expect(wild).toEqual([]);
  });

  it("tells the topic of every alarm, in words", () => {
    const alarms = of("AWS::CloudWatch::Alarm");
    expect(alarms.length).toBe(5);
    for (const { Properties } of alarms) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(String(Properties.AlarmDescription).length).toBeGreaterThan(20);
    }
    const [budget] = of("AWS::Budgets::Budget");
    expect(JSON.stringify(budget?.Properties)).toContain("ops@example.com");
  });

  it("slows one address down before the site, and lets imports pass that are larger than 8 kB", () => {
    const [wall] = of("AWS::WAFv2::WebACL", production.edge);
    const text = JSON.stringify(wall?.Properties);
    expect(text).toContain('"RateBasedStatement":{"AggregateKeyType":"IP","Limit":10000}');
    expect(text).toContain('"Name":"AWSManagedRulesCommonRuleSet"');
    expect(text).toContain('{"ActionToUse":{"Count":{}},"Name":"SizeRestrictions_BODY"}');
  });

  it("lets only the main branch of the repository deploy, and that role delete no data", () => {
    const [role] = of("AWS::IAM::Role").filter(({ Properties }) => Properties.RoleName === "yihao-production-deploy");
    const trust = JSON.stringify(role?.Properties.AssumeRolePolicyDocument);
    expect(trust).toContain('"token.actions.githubusercontent.com:sub":"repo:huaihai/yihao:ref:refs/heads/main"');
    expect(trust).toContain('"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"');
    const denied = of("AWS::IAM::Policy").flatMap(({ Properties }) =>
      (Properties.PolicyDocument as { Statement: Statement[] }).Statement.filter(({ Effect }) => Effect === "Deny"),
    );
    expect(denied.flatMap(({ Action }) => Action)).toContain("dynamodb:DeleteTable");
  });

  it("writes every name that the app reads, once, where it reads it", () => {
    const written = (among: Resource[]) => of("AWS::SSM::Parameter", among).map(({ Properties }) => Properties.Name);
    const names = Object.keys(contract) as (keyof typeof contract)[];
    const of_ = (edge: boolean) =>
      names.filter((name) => inUsEast1.includes(name) === edge).map((name) => parameterName("production", name));
    expect(written(production.main).sort()).toEqual(of_(false).sort());
    expect(written(production.edge)).toEqual(of_(true));
  });
});

describe("the foundation of a developer's stage", () => {
  it("can be thrown away, and has neither a role for builds nor copies elsewhere", () => {
    expect(of("AWS::DynamoDB::Table", own.main).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([
      "Delete",
      "Delete",
    ]);
    expect(JSON.stringify(own.main)).not.toContain("oidc-provider");
    expect(JSON.stringify(own.main)).not.toContain("CopyActions");
  });
});

describe("a wish that is wrong", () => {
  it.each([
    [{}, /STAGE is not set/],
    [{ STAGE: "Production" }, /STAGE is not set or no name/],
    [{ STAGE: "production", BUDGET_USD: "-1" }, /BUDGET_USD/],
    [{ STAGE: "production", COPY_REGION: "Singapore" }, /COPY_REGION/],
    [{ STAGE: "production", GITHUB_REPOSITORY: "yihao" }, /owner\/repository/],
    [{ STAGE: "production", APP_ORIGINS: "http://a.example" }, /APP_ORIGINS/],
    [{ STAGE: "production", SUPPORT_EMAILS: "somebody" }, /SUPPORT_EMAILS/],
  ])("is refused in a sentence: %o", (env, sentence) => {
    expect(() => wishFrom(env)).toThrow(sentence);
  });
});
