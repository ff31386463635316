import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["packages/**/src/**/*.test.ts", "functions/**/*.test.ts", "web/src/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/*.process.test.ts", "**/node_modules/**"],
          globalSetup: ["packages/testing/src/global-dynamo.ts"],
          // Functions read their settings when loaded; tests hand theirs in and never reach these.
          env: {
            YIHAO_TABLE: "unused",
            YIHAO_AUTH_TABLE: "unused",
            YIHAO_DYNAMO_ENDPOINT: "http://127.0.0.1:9",
            YIHAO_SECRET: "a-secret-of-tests-only-0123456789",
            YIHAO_URL: "http://127.0.0.1:9",
            YIHAO_LOG: "off",
            AWS_REGION: "local",
          },
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        // Whole products as processes of their own, killed and started again: too long for the quick round.
        test: {
          name: "process",
          include: ["packages/**/src/**/*.process.test.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["web/test/**/*.browser.test.ts"],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
