import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import type { Key } from "@yihao/table/key";
import type { Write } from "@yihao/table/write";
import type { ChargeAsk, Charged, PaymentProvider } from "./provider.ts";

/** A payment that is charged without its holder, as it is kept: under which key, its name at the provider as far as it has one, and how that is read again. */
export type Chargeable = {
  readonly key: Key;
  readonly intent?: string | undefined;
  readonly again: () => Promise<string | undefined>;
};

/** Names a charge at the provider, keeps the name with the payment, and only then makes it: whatever is lost in between, and whoever does the same at one moment, it is made once. Throws when the provider does not answer. */
export async function chargeNamed(
  scope: Scope,
  provider: PaymentProvider,
  ask: ChargeAsk,
  { key, intent: known, again }: Chargeable,
): Promise<Charged> {
  const { space, payment, account } = ask;
  let intent = known;
  if (!intent) {
    intent = (await provider.prepare(ask)).intent;
    const name: Write = {
      ...{ do: "update", key, set: { intent }, add: { rev: 1 }, tag: "payment" },
      when: [
        ["state", "=", "asked"],
        ["intent", "absent"],
      ],
    };
    const kept = await commit(stepOf(scope, "named"), [name], { answer: null });
    if (!kept.done) intent = await again();
    if (!intent) throw new Error(`payment ${payment} has no name at the provider`);
  }
  return provider.charge({ space, account, payment, intent });
}
