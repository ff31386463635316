import { type ContractName, contract, inUsEast1, parameterName } from "../contract.ts";

/** Values of the foundation of this stage, read where they were written: it must be deployed first. */
export type Foundation = Readonly<Record<ContractName, $util.Output<string>>>;

/** Reads every name of the contract from SSM. */
export function foundationOf(stage: string): Foundation {
  const edge = new aws.Provider("Edge", { region: "us-east-1" });
  const read = (name: ContractName) =>
    aws.ssm.getParameterOutput({ name: parameterName(stage, name) }, inUsEast1.includes(name) ? { provider: edge } : {})
      .value;
  const names = Object.keys(contract) as ContractName[];
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<ContractName, $util.Output<string>>;
}
