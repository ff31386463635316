import { defineConfig } from "vitest/config";

/** Functions read their settings when loaded; tests hand theirs in and never reach these. */
const env = {
  YIHAO_TABLE: "unused",
  YIHAO_AUTH_TABLE: "unused",
  YIHAO_DYNAMO_ENDPOINT: "http://127.0.0.1:9",
  YIHAO_SECRET: "a-secret-of-tests-only-0123456789",
  YIHAO_URL: "http://127.0.0.1:9",
  YIHAO_LOG: "off",
  AWS_REGION: "local",
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["packages/**/src/**/*.test.ts", "functions/**/*.test.ts", "web/src/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/*.long.test.ts", "**/node_modules/**"],
          globalSetup: ["packages/testing/src/global-dynamo.ts"],
          env,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Whole products killed and started again, and long suites: not in the quick round.
        test: {
          name: "long",
          include: ["packages/**/src/**/*.long.test.ts"],
          globalSetup: ["packages/testing/src/global-dynamo.ts"],
          env,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: "browser",
          // A page looked at while it still fades in may fail axe's contrast once.
          retry: 2,
          include: ["web/test/**/*.browser.test.ts"],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
