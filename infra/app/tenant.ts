import { wallStatements, wallTrust } from "../tenant-wall.ts";
import type { Foundation } from "./foundation.ts";

/** The role of the wall by its fixed name: the functions may take it, and it names their roles, so neither can wait for the other. */
export function wallRoleArn(): $util.Output<string> {
  const { accountId } = aws.getCallerIdentityOutput();
  return $interpolate`arn:aws:iam::${accountId}:role/yihao-${$app.stage}-space`;
}

/** Makes the role that functions take for a request inside one space. */
export function makeWall(foundation: Foundation, functionRoleArns: readonly $util.Output<string>[]) {
  const region = aws.getRegionOutput().region;
  const throughDynamo = region.apply((name) => ({
    StringEquals: { "kms:ViaService": `dynamodb.${name}.amazonaws.com` },
  }));
  const policy = $util
    .all([foundation.tableArn, foundation.dataKeyArn, throughDynamo])
    .apply(([table, key, condition]) => [
      ...wallStatements(table),
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
        Resource: [key],
        Condition: condition,
      },
    ])
    .apply((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
  return new aws.iam.Role("Space", {
    name: `yihao-${$app.stage}-space`,
    description: "One space's partitions, for a request inside it; its session is tagged with the space",
    maxSessionDuration: 3600,
    assumeRolePolicy: $util.all([...functionRoleArns]).apply((arns) => JSON.stringify(wallTrust(arns))),
    inlinePolicies: [{ name: "inline", policy }],
  });
}
