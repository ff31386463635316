import { creditLines, leftOf, settleCredit } from "@yihao/billing/credit";
import type { InvoiceView } from "@yihao/billing/invoice-view";
import { createMemo, createSignal, For, Show } from "solid-js";
import { money } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { MoneyTotal, PriceLines } from "../../ui/money-total.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { MoneyField, TextArea } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { creditBill } from "./accounts-data.ts";
import { accountWords } from "./accounts-words.ts";
import { nameOf, openOf } from "./view.ts";

type Part = { readonly line: number; readonly amountMinor: number };

/** Takes a finalised bill back (红冲), whole or line by line; what becomes of it is shown before, by the rule that the server asks. */
export function CreditDrawer(props: { space: string; bill: InvoiceView; open: boolean; onClose: () => void }) {
  const t = accountWords();
  const left = createMemo(() => leftOf(props.bill.lines, props.bill.credits));
  const [amounts, setAmounts] = createSignal<ReadonlyMap<number, number>>(new Map());
  const parts = (): Part[] => [...amounts()].map(([line, amountMinor]) => ({ line, amountMinor }));
  const form = createForm({
    name: "credit",
    initial: { scope: "whole" as "whole" | "part", reason: "" },
    check: ({ reason }) => ({ reason: reason.trim().length >= 2 ? undefined : t.needReason }),
    submit: async ({ scope, reason }, intent) => {
      const wish = { reason: reason.trim(), totalMinor: totalMinor(), ...(scope === "part" ? { lines: parts() } : {}) };
      const note = await creditBill(props.space, props.bill.id, wish, intent);
      toast({ text: t.credited(note.number), tone: "good" });
      props.onClose();
    },
  });
  const decided = createMemo(() => {
    if (form.values.scope === "part" && parts().length === 0) return undefined;
    const lines = form.values.scope === "part" ? { lines: parts() } : {};
    return creditLines(props.bill.lines, props.bill.credits, lines);
  });
  const taken = () => {
    const now = decided();
    return now?.ok ? now.value : undefined;
  };
  /** What is left of the bill, where the lines come to more: what was taken off it goes back with them. */
  const beyond = () => {
    const now = decided();
    return now && !now.ok && now.refusal.code === "credit.beyond"
      ? t.beyond(money(Number(now.refusal.params.leftMinor)))
      : undefined;
  };
  const totalMinor = () => (taken() ?? []).reduce((sum, one) => sum + one.amountMinor, 0);
  const taxMinor = () => (taken() ?? []).reduce((sum, one) => sum + one.taxMinor, 0);
  const goes = () => settleCredit(totalMinor(), openOf(props.bill));
  const set = (line: number, amountMinor: number | undefined) => {
    const next = new Map(amounts());
    if (amountMinor) next.set(line, amountMinor);
    else next.delete(line);
    setAmounts(next);
  };
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      title={t.creditTitle(props.bill.number ?? "")}
      foot={
        <Button
          kind="primary"
          icon="undo"
          busy={form.busy()}
          disabled={taken() === undefined}
          onClick={() => void form.submit()}
        >
          {t.creditNow(money(totalMinor()))}
        </Button>
      }
    >
      <FormFrame form={form} label={t.creditTitle(props.bill.number ?? "")}>
        <p class="text-fg-2">{t.creditSay}</p>
        <Segmented
          label={t.scope}
          options={[
            { value: "whole" as const, label: t.whole },
            { value: "part" as const, label: t.part },
          ]}
          bind={form.field("scope")}
        />
        <Show when={form.values.scope === "part"}>
          <fieldset class="flex flex-col gap-3">
            <legend class="mb-1 text-xs text-fg-2">{t.lines}</legend>
            <For each={props.bill.lines}>
              {(line, at) => (
                <Show
                  when={(left()[at()]?.amountMinor ?? 0) > 0}
                  fallback={
                    <Show when={(left()[at()]?.amountMinor ?? 0) < 0}>
                      <Checkbox
                        label={t.takenOff(nameOf(line), money(left()[at()]?.amountMinor ?? 0))}
                        bind={bound(
                          () => amounts().has(at()),
                          (on) => set(at(), on ? left()[at()]?.amountMinor : undefined),
                        )}
                      />
                    </Show>
                  }
                >
                  <LineAmount
                    label={nameOf(line)}
                    at={at()}
                    leftMinor={left()[at()]?.amountMinor ?? 0}
                    onSet={(amountMinor) => set(at(), amountMinor)}
                  />
                </Show>
              )}
            </For>
            <Show when={beyond()}>
              {(said) => (
                <p class="text-bad-fg" role="alert">
                  {said()}
                </p>
              )}
            </Show>
          </fieldset>
        </Show>
        <TextArea label={t.reason} hint={t.reasonHint} rows={2} maxLength={200} bind={form.field("reason")} />
        <Show when={taken()}>
          <section aria-label={t.preview}>
            <h3 class="mb-1 text-xs text-fg-2">{t.preview}</h3>
            <PriceLines
              lines={[
                ...(goes().reliefMinor > 0 ? [{ label: t.relief, minor: goes().reliefMinor }] : []),
                ...(goes().freedMinor > 0 ? [{ label: t.freed, minor: goes().freedMinor }] : []),
              ]}
            />
            <MoneyTotal minor={totalMinor()} label={t.credit} note={t.taxIn(money(taxMinor()))} />
          </section>
        </Show>
      </FormFrame>
    </Drawer>
  );
}

/** The amount to take back of one line, never more than is left of it. */
function LineAmount(props: {
  label: string;
  at: number;
  leftMinor: number;
  onSet: (amountMinor: number | undefined) => void;
}) {
  const t = accountWords();
  const [value, setValue] = createSignal<number>();
  const fault = () => ((value() ?? 0) > props.leftMinor ? t.tooMuch(money(props.leftMinor)) : undefined);
  return (
    <MoneyField
      label={props.label}
      hint={t.left(money(props.leftMinor))}
      bind={{
        id: `credit-line-${props.at}`,
        value,
        set: (next) => {
          setValue(next);
          props.onSet(next);
        },
        fault,
      }}
    />
  );
}
