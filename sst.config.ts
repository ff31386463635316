/// <reference path="./.sst/platform/config.d.ts" />

// What changes with every deploy. What must outlive them stands in infra/foundation and is deployed first.
export default $config({
  app(input) {
    const kept = input.stage === "production" || input.stage === "staging";
    return {
      name: "yihao",
      home: "aws",
      removal: kept ? "retain" : "remove",
      protect: kept,
      providers: { aws: { version: "7.20.0", region: (process.env.AWS_REGION ?? "ap-east-1") as "ap-east-1" } },
    };
  },
  async run() {
    const { app } = await import("./infra/app/main.ts");
    return app();
  },
});
