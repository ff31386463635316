import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import type { FoundationWish } from "./wish.ts";

/** What the account may cost a month: whoever is told of alarms hears at 80 % spent and when the month is forecast to go over. */
export function budgetOf(scope: Construct, { stage, budgetUsd, alarmEmail }: FoundationWish): CfnBudget {
  const heard = [
    ["ACTUAL", 80],
    ["FORECASTED", 100],
  ] as const;
  return new CfnBudget(scope, "Budget", {
    budget: {
      budgetName: `yihao-${stage}`,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: budgetUsd, unit: "USD" },
    },
    notificationsWithSubscribers: alarmEmail
      ? heard.map(([notificationType, threshold]) => ({
          notification: {
            notificationType,
            threshold,
            comparisonOperator: "GREATER_THAN",
            thresholdType: "PERCENTAGE",
          },
          subscribers: [{ subscriptionType: "EMAIL", address: alarmEmail }],
        }))
      : [],
  });
}
