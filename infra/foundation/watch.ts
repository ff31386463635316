import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Operation } from "aws-cdk-lib/aws-dynamodb";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Data } from "./data.ts";
import type { FoundationWish } from "./wish.ts";

const called = [Operation.GET_ITEM, Operation.BATCH_GET_ITEM, Operation.QUERY, Operation.TRANSACT_WRITE_ITEMS];

/** Who is told and when: throttled or failing tables, a backup that failed. Alarms of functions stand beside the functions. */
export function watchOf(scope: Construct, wish: FoundationWish, { key, table, authTable }: Data) {
  const { stage } = wish;
  const topic = new Topic(scope, "Alarms", { topicName: `yihao-${stage}-alarms`, masterKey: key, enforceSSL: true });
  if (wish.alarmEmail) topic.addSubscription(new EmailSubscription(wish.alarmEmail));
  // Alarms and backups speak through the key that encrypts the topic.
  for (const service of ["cloudwatch", "backup"]) {
    const principals = [new ServicePrincipal(`${service}.amazonaws.com`)];
    const own = { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } };
    topic.addToResourcePolicy(
      new PolicyStatement({ principals, actions: ["sns:Publish"], resources: [topic.topicArn], conditions: own }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals,
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
        conditions: own,
      }),
    );
  }
  const alarm = (id: string, say: string, metric: IMetric, threshold: number) => {
    const made = new Alarm(scope, id, {
      alarmName: `yihao-${stage}-${id}`,
      alarmDescription: say,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    made.addAlarmAction(new SnsAction(topic));
    return made;
  };
  const period = Duration.minutes(5);
  for (const [id, one] of [
    ["table", table],
    ["auth-table", authTable],
  ] as const) {
    alarm(
      `${id}-throttled`,
      "DynamoDB throttled requests: a partition is hot, or the account's limits are reached",
      one.metricThrottledRequestsForOperations({ operations: called, period }),
      50,
    );
    alarm(
      `${id}-failing`,
      "DynamoDB answered with errors of its own",
      one.metricSystemErrorsForOperations({ operations: called, period }),
      5,
    );
  }
  alarm(
    "backup-failed",
    "A backup of the tables did not complete",
    new Metric({
      namespace: "AWS/Backup",
      metricName: "NumberOfBackupJobsFailed",
      statistic: "Sum",
      period: Duration.hours(1),
    }),
    1,
  );
  const units = (metricName: string) => (TableName: string) =>
    new Metric({ namespace: "AWS/DynamoDB", metricName, dimensionsMap: { TableName }, statistic: "Sum", period });
  const dashboard = new Dashboard(scope, "Dashboard", {
    dashboardName: `yihao-${stage}`,
    defaultInterval: Duration.days(1),
  });
  dashboard.addWidgets(
    new GraphWidget({
      title: "Capacity units used",
      width: 12,
      left: [table, authTable].flatMap(({ tableName }) =>
        ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"].map((name) => units(name)(tableName)),
      ),
    }),
    new GraphWidget({
      title: "Throttled requests",
      width: 12,
      left: [table, authTable].flatMap(({ tableName }) =>
        ["ReadThrottleEvents", "WriteThrottleEvents"].map((name) => units(name)(tableName)),
      ),
    }),
  );
  return { topic };
}
