import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from "aws-cdk-lib/aws-backup";
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Schedule } from "aws-cdk-lib/aws-events";
import { Key } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { isKept } from "../contract.ts";
import type { FoundationWish } from "./wish.ts";

/** What must outlive every deploy: the two tables, the key that encrypts them, files, backups. */
export function dataOf(scope: Construct, wish: FoundationWish, account: string) {
  const { stage } = wish;
  const kept = isKept(stage);
  const removalPolicy = kept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  const key = new Key(scope, "DataKey", {
    alias: `yihao/${stage}/data`,
    description: `Encrypts what spaces keep in Yihao, stage ${stage}`,
    enableKeyRotation: true,
    removalPolicy,
  });
  const tableOf = (id: string, name: string, stream: boolean) =>
    new Table(scope, id, {
      tableName: `yihao-${stage}${name}`,
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      timeToLiveAttribute: "ttl",
      deletionProtection: kept,
      removalPolicy,
      ...(stream ? { stream: StreamViewType.NEW_IMAGE } : {}),
    });
  const table = tableOf("Table", "", true);
  const authTable = tableOf("AuthTable", "-auth", false);
  const bucketOf = (id: string, name: string) =>
    new Bucket(scope, id, {
      bucketName: `yihao-${stage}-${name}-${account}`,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy,
      autoDeleteObjects: false,
    });
  const files = bucketOf("Files", "files");
  // What a person removed is gone for good after a month; an upload that never came whole goes after a day.
  files.addLifecycleRule({ noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true });
  files.addLifecycleRule({ abortIncompleteMultipartUploadAfter: Duration.days(1) });
  files.addCorsRule({
    allowedMethods: [HttpMethods.PUT, HttpMethods.GET],
    allowedOrigins: [...wish.origins],
    allowedHeaders: ["content-type", "content-length"],
    maxAge: 3000,
  });
  const poison = bucketOf("Poison", "poison");
  poison.addLifecycleRule({ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(1) });

  const vault = new BackupVault(scope, "Vault", {
    backupVaultName: `yihao-${stage}`,
    encryptionKey: key,
    removalPolicy,
    blockRecoveryPointDeletion: kept,
  });
  const plan = new BackupPlan(scope, "Backups", { backupPlanName: `yihao-${stage}`, backupVault: vault });
  const copies = wish.copyRegion
    ? [
        {
          destinationBackupVault: BackupVault.fromBackupVaultArn(
            scope,
            "CopyVault",
            `arn:aws:backup:${wish.copyRegion}:${account}:backup-vault:yihao-${stage}`,
          ),
          deleteAfter: Duration.days(35),
        },
      ]
    : [];
  plan.addRule(
    new BackupPlanRule({
      ruleName: "daily",
      scheduleExpression: Schedule.cron({ hour: "18", minute: "0" }),
      deleteAfter: Duration.days(35),
      ...(copies.length > 0 ? { copyActions: copies } : {}),
    }),
  );
  plan.addRule(
    new BackupPlanRule({
      ruleName: "monthly",
      scheduleExpression: Schedule.cron({ day: "1", hour: "19", minute: "0" }),
      moveToColdStorageAfter: Duration.days(30),
      deleteAfter: Duration.days(400),
    }),
  );
  plan.addSelection("What", {
    resources: [BackupResource.fromDynamoDbTable(table), BackupResource.fromDynamoDbTable(authTable)],
  });
  return { key, table, authTable, files, poison, vault };
}
export type Data = ReturnType<typeof dataOf>;
