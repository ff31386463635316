/**
 * What the foundation (CDK) tells the app (SST): names of SSM parameters under `/yihao/<stage>/`. The foundation writes every one of them, the app reads no other, and a
 * test holds the two together.
 */
export const contract = {
  table: "table-name",
  tableArn: "table-arn",
  tableStreamArn: "table-stream-arn",
  authTable: "auth-table-name",
  authTableArn: "auth-table-arn",
  dataKeyArn: "data-key-arn",
  filesBucket: "files-bucket-name",
  filesBucketArn: "files-bucket-arn",
  poisonBucket: "poison-bucket-name",
  poisonBucketArn: "poison-bucket-arn",
  alarmTopicArn: "alarm-topic-arn",
  support: "support-emails",
  webAclArn: "web-acl-arn",
} as const;
/** What stands before CloudFront lies in us-east-1, and so does the name it is found by; all else lies in the stage's own region. */
export const inUsEast1: readonly ContractName[] = ["webAclArn"];
export type ContractName = keyof typeof contract;

/** Where a parameter of a stage lies. */
export const parameterName = (stage: string, name: ContractName): string => `/yihao/${stage}/${contract[name]}`;

/** A stage is a developer's own name, `staging` or `production`. */
export const stagePattern = /^[a-z][a-z0-9-]{1,24}$/;

/** Stages that people depend on: nothing of theirs is removed by a deploy. */
export const isKept = (stage: string): boolean => stage === "production" || stage === "staging";
