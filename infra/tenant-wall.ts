/**
 * The wall between spaces in IAM, behind the one in the keys: for a request inside a space the functions take a role whose session is tagged with that space, and this policy opens to the
 * session the partitions of its space and what belongs to no space, and no other. The `#` behind the id matters: `spc_ab` is a prefix of `spc_abc`, `spc_ab#` is not.
 */
export const wallActions = {
  read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
  write: ["dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
} as const;

/** IAM puts the session's tag in for it. */
export const spaceVariable = ["$", "{aws:PrincipalTag/space}"].join("");
const ownPartitions = `${spaceVariable}#*`;

/**
 * Partitions of the platform that requests inside a space read: how often somebody was written to, and addresses at doors, which only the hash of their secret finds. Nobody's letters,
 * links or places.
 */
const platformRead = ["platform#tries#*", "platform#door#*"];
/** And those that they write in one transaction with their own: timers, letters, invitation links, a person's list of places, addresses at doors, that support is let in. */
const platformWrite = [
  "platform#due#*",
  "platform#mail",
  "platform#tries#*",
  "platform#link#*",
  "platform#me#*",
  "platform#door#*",
  "platform#support",
];

export type WallStatement = {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
};

/** The statements of the role's policy. A batch or transaction must lie within one statement with all its keys; a call without a key (a scan) has none to show and is let nowhere. */
export function wallStatements(tableArn: string): WallStatement[] {
  const within = (Action: readonly string[], keys: readonly string[]): WallStatement => ({
    Effect: "Allow",
    Action,
    Resource: [tableArn],
    Condition: {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [ownPartitions, ...keys] },
      Null: { "dynamodb:LeadingKeys": "false", "aws:PrincipalTag/space": "false" },
    },
  });
  return [within(wallActions.read, platformRead), within(wallActions.write, platformWrite)];
}

/** Who may take the role, and only with one tag, which is the id of a space. */
export function wallTrust(functionRoleArns: readonly string[]) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Principal: { AWS: functionRoleArns },
        Condition: {
          StringLike: { "aws:RequestTag/space": "spc_*" },
          "ForAllValues:StringEquals": { "aws:TagKeys": ["space"] },
        },
      },
    ],
  };
}
