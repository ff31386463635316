import { stagePattern } from "../contract.ts";

/** What a foundation is built with; everything has a default but the stage. */
export type FoundationWish = {
  readonly stage: string;
  /** Who is told of alarms; nobody when left out, and then the topic has no reader. */
  readonly alarmEmail?: string;
  /** A second region that every backup is copied to. */
  readonly copyRegion?: string;
  /** Where pages come from that put files into the bucket: `https://app.example.com`. A link is signed for one file, so any page over HTTPS may when left out. */
  readonly origins: readonly string[];
  /** US dollars a month at which the budget warns. */
  readonly budgetUsd: number;
  /** E-mails of the platform's support, who may look into a space that lets them (`SUPPORT_EMAILS`, by commas); nobody when left out. */
  readonly support: readonly string[];
  /** `owner/repository` on GitHub that may deploy through OIDC; no role is made when left out. */
  readonly repository?: string;
};

/** Reads the wish from the environment of `npm run deploy:foundation`; throws a sentence that says what is wrong. */
export function wishFrom(env: Readonly<Record<string, string | undefined>>): FoundationWish {
  const stage = env.STAGE ?? "";
  if (!stagePattern.test(stage))
    throw new Error("STAGE is not set or no name of a stage: production, staging, or your own name in lower case");
  const budgetUsd = Number(env.BUDGET_USD ?? 100);
  if (!(budgetUsd > 0)) throw new Error("BUDGET_USD is not an amount of dollars above zero");
  const origins = (env.APP_ORIGINS ?? "https://*").split(",").map((one) => one.trim());
  if (!origins.every((one) => /^https:\/\/[\w.*-]+(:\d+)?$/.test(one)))
    throw new Error("APP_ORIGINS are not origins such as https://app.example.com, separated by commas");
  const support = (env.SUPPORT_EMAILS ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  if (!support.every((one) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(one)))
    throw new Error("SUPPORT_EMAILS are not e-mail addresses, separated by commas");
  const { ALARM_EMAIL, COPY_REGION, GITHUB_REPOSITORY } = env;
  if (COPY_REGION !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(COPY_REGION))
    throw new Error("COPY_REGION is no region of AWS, such as ap-southeast-1");
  if (GITHUB_REPOSITORY !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY))
    throw new Error("GITHUB_REPOSITORY is not written as owner/repository");
  return {
    stage,
    origins,
    budgetUsd,
    support,
    ...(ALARM_EMAIL ? { alarmEmail: ALARM_EMAIL } : {}),
    ...(COPY_REGION ? { copyRegion: COPY_REGION } : {}),
    ...(GITHUB_REPOSITORY ? { repository: GITHUB_REPOSITORY } : {}),
  };
}
