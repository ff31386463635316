// `node infra/foundation/main.ts`: writes the CloudFormation templates of a stage into cdk.out/, for `cdk deploy --app cdk.out`.
import { foundation } from "./stacks.ts";
import { wishFrom } from "./wish.ts";

const { CDK_DEFAULT_ACCOUNT, CDK_DEFAULT_REGION } = process.env;
if (!/^\d{12}$/.test(CDK_DEFAULT_ACCOUNT ?? "") || !CDK_DEFAULT_REGION)
  throw new Error("CDK_DEFAULT_ACCOUNT (12 digits) and CDK_DEFAULT_REGION say where the foundation stands");
const place = { account: CDK_DEFAULT_ACCOUNT ?? "", region: CDK_DEFAULT_REGION };
const { directory } = foundation(wishFrom(process.env), place).synth();
console.log(directory);
