import { Duration, Stack } from "aws-cdk-lib";
import { ManagedPolicy, OpenIdConnectProvider, PolicyStatement, Role, WebIdentityPrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { isKept } from "../contract.ts";
import type { FoundationWish } from "./wish.ts";

const issuer = "token.actions.githubusercontent.com";

/**
 * The role by which a build on GitHub deploys the app, without any key that is kept (OIDC): production from the main branch only. It may make what SST makes but touch neither
 * the data key's policy, the tables' deletion, nor the backups.
 */
export function deployRoleOf(scope: Construct, wish: FoundationWish): Role | undefined {
  if (!wish.repository) return undefined;
  const { account } = Stack.of(scope);
  const provider = OpenIdConnectProvider.fromOpenIdConnectProviderArn(
    scope,
    "GitHub",
    `arn:aws:iam::${account}:oidc-provider/${issuer}`,
  );
  const from = isKept(wish.stage) ? "ref:refs/heads/main" : "*";
  const role = new Role(scope, "DeployRole", {
    roleName: `yihao-${wish.stage}-deploy`,
    description: `Deploys the app of stage ${wish.stage} from ${wish.repository}`,
    maxSessionDuration: Duration.hours(1),
    assumedBy: new WebIdentityPrincipal(provider.openIdConnectProviderArn, {
      StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${issuer}:sub`]: `repo:${wish.repository}:${from}` },
    }),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("PowerUserAccess")],
  });
  role.addToPolicy(
    new PolicyStatement({
      sid: "RolesOfFunctions",
      actions: [
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:GetRole",
        "iam:TagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:PassRole",
        "iam:PutRolePolicy",
        "iam:GetRolePolicy",
        "iam:DeleteRolePolicy",
        "iam:ListRolePolicies",
        "iam:ListAttachedRolePolicies",
        "iam:AttachRolePolicy",
        "iam:DetachRolePolicy",
        "iam:ListInstanceProfilesForRole",
      ],
      resources: [`arn:aws:iam::${account}:role/yihao-${wish.stage}-*`],
    }),
  );
  role.addToPolicy(
    PolicyStatement.fromJson({
      Sid: "NeverTheData",
      Effect: "Deny",
      Action: [
        "dynamodb:DeleteTable",
        "dynamodb:DeleteBackup",
        "dynamodb:UpdateContinuousBackups",
        "kms:ScheduleKeyDeletion",
        "kms:PutKeyPolicy",
        "backup:DeleteBackupVault",
        "backup:DeleteRecoveryPoint",
        "s3:DeleteBucket",
      ],
      Resource: "*",
    }),
  );
  return role;
}
