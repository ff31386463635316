import type { FunctionName, queues } from "../functions.ts";
import { functions } from "../functions.ts";
import { logical } from "./functions.ts";

type Watched = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, $util.Input<string>>;
  readonly statistic?: "Sum" | "Maximum" | "Average" | "p99";
  readonly threshold: number;
  /** How many of three periods of five minutes must be over it; one when left out. */
  readonly of3?: number;
};

/** Alarms of the app, all to the topic of the foundation, each with a sentence for whoever is woken. */
export function alarmsTo(topic: $util.Input<string>) {
  const alarm = (name: string, alarmDescription: string, watched: Watched) => {
    const { statistic = "Sum", of3 = 1, ...rest } = watched;
    return new aws.cloudwatch.MetricAlarm(`Alarm${logical(name)}`, {
      ...rest,
      ...(statistic === "p99" ? { extendedStatistic: "p99" } : { statistic }),
      name: `yihao-${$app.stage}-${name}`,
      alarmDescription,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      period: 300,
      evaluationPeriods: of3 > 1 ? 3 : 1,
      datapointsToAlarm: of3,
      treatMissingData: "notBreaching",
      alarmActions: [topic],
      okActions: [topic],
    });
  };
  return {
    /** Of every function: that it fails, is throttled, or comes near the time it has. */
    ofFunction(name: FunctionName, functionName: $util.Input<string>) {
      const lambda = { namespace: "AWS/Lambda", dimensions: { FunctionName: functionName } };
      alarm(`${name}-errors`, `The function ${name} failed: see its log group for "level":"ERROR"`, {
        ...lambda,
        metricName: "Errors",
        threshold: 5,
      });
      alarm(`${name}-throttled`, `The function ${name} was refused more copies: the account's concurrency is used up`, {
        ...lambda,
        metricName: "Throttles",
        threshold: 1,
      });
      alarm(`${name}-slow`, `The slowest hundredth of the calls of ${name} comes near its time-out`, {
        ...lambda,
        metricName: "Duration",
        statistic: "p99",
        threshold: functions[name].timeoutSeconds * 1000 * 0.5,
        of3: 2,
      });
    },
    /** Of a queue of what could not be done: that anything is in it. */
    ofDeadLetters(name: string, queueName: $util.Input<string>) {
      alarm(
        `${name}-dead-letters`,
        `Something waits in the dead-letter queue of ${name}: it was tried to the end and must be looked at`,
        {
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: { QueueName: queueName },
          statistic: "Maximum",
          threshold: 1,
        },
      );
    },
    /** Of a room's queue: that what it could not take has been waiting for an hour and a half, beyond the tries that it has. */
    ofRoom(room: (typeof queues)[number], queueName: $util.Input<string>) {
      const say =
        room === "mail"
          ? "Letters wait an hour and a half for the mail server: nobody gets a code to sign in with"
          : `Facts wait an hour and a half for the reactions of ${room}; all other rooms go on`;
      alarm(`${room}-waits`, say, {
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        threshold: 5400,
      });
    },
    /** Of the bucket of poison: that a fact went there, which no reaction could take. */
    ofPoison(functionName: $util.Input<string>) {
      alarm("poison-arrived", "A fact that no reaction could take was put on the dead-letter list of its space", {
        namespace: "AWS/Lambda",
        metricName: "Invocations",
        dimensions: { FunctionName: functionName },
        threshold: 1,
      });
    },
    /** Of what hears the stream: that it lags behind what was written. */
    ofStream(name: "stream" | "hooks", functionName: $util.Input<string>) {
      const say = {
        stream: "Reactions are five minutes behind what was written: lists, counters and mails are late",
        hooks: "Webhooks are sent five minutes late: endpoints that do not answer hold up the others",
      };
      alarm(`${name}-behind`, say[name], {
        namespace: "AWS/Lambda",
        metricName: "IteratorAge",
        dimensions: { FunctionName: functionName },
        statistic: "Maximum",
        threshold: 300_000,
      });
    },
    /** Of the API as people meet it. */
    ofApi(apiId: $util.Input<string>) {
      const api = { namespace: "AWS/ApiGateway", dimensions: { ApiId: apiId } };
      alarm("api-5xx", "The API answered with errors of its own", { ...api, metricName: "5xx", threshold: 5 });
      alarm("api-slow", "The slowest hundredth of the API's answers takes more than three seconds", {
        ...api,
        metricName: "Latency",
        statistic: "p99",
        threshold: 3000,
        of3: 3,
      });
    },
  };
}

/** Saved queries of CloudWatch Logs Insights: what no metric is kept for costs nothing until somebody asks. */
export function queriesOver(logGroupNames: $util.Input<string>[]) {
  const query = (name: string, queryString: string) =>
    new aws.cloudwatch.QueryDefinition(`Query${logical(name)}`, {
      name: `yihao/${$app.stage}/${name}`,
      logGroupNames,
      queryString,
    });
  query(
    "capacity-per-space-and-day",
    "filter ispresent(space) | stats sum(ReadUnits) as readUnits, sum(WriteUnits) as writeUnits by space, datefloor(@timestamp, 1d) as day | sort writeUnits desc",
  );
  // Put in the id that a person's error page shows, then the events that the line names, and so on.
  query(
    "one-request",
    "filter request = 'REQUEST' or heard in ['EVENT'] | sort @timestamp asc | display time, function, request, heard, wrote, error",
  );
  query("refusals", "filter ispresent(refusal) | stats count(*) as times by refusal, path | sort times desc");
}
