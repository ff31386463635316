import { App, CfnOutput, Stack, Tags } from "aws-cdk-lib";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { type ContractName, inUsEast1, parameterName } from "../contract.ts";
import { budgetOf } from "./budget.ts";
import { dataOf } from "./data.ts";
import { deployRoleOf } from "./deploy-role.ts";
import { wallOf } from "./wall.ts";
import { watchOf } from "./watch.ts";
import type { FoundationWish } from "./wish.ts";

/** Where a foundation stands. */
export type Place = { readonly account: string; readonly region: string };

/** The foundation of one stage: what must outlive every deploy of the app, and the names by which the app finds it. */
export function foundation(wish: FoundationWish, place: Place): App {
  const app = new App({
    // The library's own validator: its findings are errors.
    postCliContext: { "@aws-cdk/core:validateAgainstDefaultRules": true },
  });
  const { stage } = wish;
  const about = { env: place, terminationProtection: stage === "production" };
  const main = new Stack(app, `yihao-${stage}-foundation`, {
    ...about,
    description: "Yihao: tables, files, backups, alarms",
  });
  const edge = new Stack(app, `yihao-${stage}-edge`, {
    ...about,
    env: { ...place, region: "us-east-1" },
    description: "Yihao: the firewall before the site, the budget",
  });
  const data = dataOf(main, wish, place.account);
  const { topic } = watchOf(main, wish, data);
  const wall = wallOf(edge, wish);
  budgetOf(edge, wish);
  const role = deployRoleOf(main, wish);
  const values: Record<ContractName, string> = {
    table: data.table.tableName,
    tableArn: data.table.tableArn,
    tableStreamArn: data.table.tableStreamArn ?? "",
    authTable: data.authTable.tableName,
    authTableArn: data.authTable.tableArn,
    dataKeyArn: data.key.keyArn,
    filesBucket: data.files.bucketName,
    filesBucketArn: data.files.bucketArn,
    poisonBucket: data.poison.bucketName,
    poisonBucketArn: data.poison.bucketArn,
    alarmTopicArn: topic.topicArn,
    // A parameter holds no empty text.
    support: wish.support.join(",") || "none",
    webAclArn: wall.attrArn,
  };
  for (const [name, stringValue] of Object.entries(values) as [ContractName, string][])
    new StringParameter(inUsEast1.includes(name) ? edge : main, `Parameter-${name}`, {
      parameterName: parameterName(stage, name),
      stringValue,
    });
  if (role) new CfnOutput(main, "DeployRoleArn", { value: role.roleArn });
  for (const stack of [main, edge]) {
    Tags.of(stack).add("app", "yihao");
    Tags.of(stack).add("stage", stage);
  }
  return app;
}
