import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import type { FoundationWish } from "./wish.ts";

/** Requests of one address in five minutes; a person's own limit of 600 a minute lies far below it. */
const requestsPerAddress = 10_000;

/** What stands before the site and the API (WAF): AWS's own rules and a rate for each address. It guards CloudFront, so its stack lies in us-east-1. */
export function wallOf(scope: Construct, wish: FoundationWish): CfnWebACL {
  const seen = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
  const managed = [
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
  ];
  // Bodies are JSON of at most 1 MB, which the API itself checks; the rule set would refuse every import over 8 kB.
  const excluded: Record<string, { name: string; actionToUse: { count: object } }[]> = {
    AWSManagedRulesCommonRuleSet: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
  };
  return new CfnWebACL(scope, "Wall", {
    name: `yihao-${wish.stage}`,
    scope: "CLOUDFRONT",
    defaultAction: { allow: {} },
    visibilityConfig: seen("all"),
    rules: [
      {
        name: "rate",
        priority: 0,
        action: { block: { customResponse: { responseCode: 429 } } },
        statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: requestsPerAddress } },
        visibilityConfig: seen("rate"),
      },
      ...managed.map((name, index) => ({
        name,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: { vendorName: "AWS", name, ruleActionOverrides: excluded[name] ?? [] },
        },
        visibilityConfig: seen(name),
      })),
    ],
  });
}
