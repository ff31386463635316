import { defineConfig } from "vitest/config";

/** Functions read their settings when loaded; tests hand theirs in and never reach these. */
const env = {
  YIHAO_TABLE: "unused",
  YIHAO_AUTH_TABLE: "unused",
  YIHAO_DYNAMO_ENDPOINT: "http://127.0.0.1:9",
  YIHAO_SECRET: "a-secret-of-tests-only-0123456789",
  YIHAO_URL: "http://127.0.0.1:9",
  YIHAO_FILES_BUCKET: "unused",
  STRIPE_SECRET_KEY: "sk_test_unused",
  STRIPE_WEBHOOK_SECRET: "whsec_unused",
  YIHAO_QUEUES: "http://127.0.0.1:9/",
  YIHAO_PLATFORM_OWNERS: "per_platform@test.example",
  YIHAO_FRONT_SECRET: "a-front-secret-of-tests-only-0123456789",
  YIHAO_LOG: "off",
  YIHAO_SUPPORT: "per_support@test.example",
  AWS_REGION: "local",
};

/** A DynamoDB Local for each worker. */
const tables = {
  globalSetup: ["packages/testing/src/global-dynamo.ts"],
  setupFiles: ["packages/testing/src/file-dynamo.ts"],
};

/** Many small files: three at a time keep two cores busy, two beside the browser; and none needs modules of its own. */
const quick = {
  ...tables,
  env,
  isolate: false,
  maxWorkers: process.env.YIHAO_TEST_BESIDE ? 2 : 3,
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...quick,
          name: "unit",
          include: ["packages/**/src/**/*.test.ts", "functions/**/*.test.ts", "web/src/**/*.test.ts"],
          exclude: ["**/*.{slow,long,cloud}.test.ts", "**/node_modules/**"],
        },
      },
      {
        // Of the same kind, but seconds each: not in the round that is run after every change.
        test: {
          ...quick,
          name: "slow",
          include: ["packages/**/src/**/*.slow.test.ts", "functions/**/*.slow.test.ts"],
          testTimeout: 300_000,
        },
      },
      {
        // Whole products killed and started again: one at a time.
        test: {
          name: "long",
          include: ["packages/**/src/**/*.long.test.ts"],
          ...tables,
          env,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        // What runs on AWS, as far as it can be tried without: not in `npm test` but in `npm run test:cloud`.
        test: {
          name: "cloud",
          include: ["infra/**/*.cloud.test.ts", "packages/**/*.cloud.test.ts"],
          ...tables,
          env,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["web/test/**/*.browser.test.ts"],
          globalSetup: ["web/test/global-product.ts"],
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
