import { plusDays } from "@yihao/kernel/days";
import type { AgreementAmend, AgreementView } from "@yihao/members/agreement-model";
import { rentOn } from "@yihao/members/rent";
import { Match, Switch } from "solid-js";
import { Segmented } from "../../ui/choice-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { DateField, MoneyField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { amendAgreement } from "./agreement-data.ts";
import { agreementWords } from "./agreement-words.ts";

type Values = { what: AgreementAmend["do"]; from: string; last: string; minor: number | undefined };

function wishOf({ what, from, last, minor = 0 }: Values): AgreementAmend {
  if (what === "deposit") return { do: what, depositMinor: minor };
  if (what === "rent-free") return { do: what, from, until: plusDays(last, 1) };
  return { do: what, from, rentMinor: minor };
}

/** Changes a running agreement as both sides agreed: the rent from a day on, days without rent, or the deposit. Says what becomes of what was charged. */
export function AmendDrawer(props: {
  space: string;
  company: string;
  agreement: AgreementView;
  today: string;
  open: boolean;
  onClose: () => void;
}) {
  const t = agreementWords();
  const { agreement } = props;
  const first = props.today > agreement.from ? props.today : agreement.from;
  const form = createForm<Values>({
    name: "agreement-amend",
    initial: { what: "rent", from: first, last: "", minor: rentOn(agreement, first) },
    check: ({ what, from, last, minor }) => ({
      from: what !== "deposit" && from === "" ? t.needDay : undefined,
      last: what === "rent-free" && (last === "" || last < from) ? t.badFree : undefined,
      minor: what !== "rent-free" && minor === undefined ? t.needAmount : undefined,
    }),
    submit: async (values, intent) => {
      await amendAgreement(props.space, props.company, agreement.id, wishOf(values), intent);
      toast({ text: t.saved(agreement.title) });
      props.onClose();
    },
  });
  const choose = (what: Values["what"]) => {
    form.set("what", what);
    form.set("minor", what === "deposit" ? agreement.depositMinor : rentOn(agreement, form.values.from || first));
  };
  const what = { ...form.field("what"), set: choose };
  return (
    <FormDrawer
      open={props.open}
      onClose={props.onClose}
      title={`${t.amend} · ${agreement.title}`}
      label={t.amend}
      form={form}
      act={t.amend}
    >
      <Segmented
        label={t.amendWhat}
        options={(["rent", "rent-free", "deposit"] as const).map((value) => ({ value, label: t.amends[value] }))}
        bind={what}
      />
      <Switch>
        <Match when={form.values.what === "rent"}>
          <div class="y-pair">
            <DateField label={t.stepFrom} today={props.today} bind={form.field("from")} />
            <MoneyField label={t.newRent} bind={form.field("minor")} />
          </div>
        </Match>
        <Match when={form.values.what === "rent-free"}>
          <div class="y-pair">
            <DateField label={t.freeFrom} today={props.today} bind={form.field("from")} />
            <DateField label={t.freeLast} today={props.today} bind={form.field("last")} />
          </div>
        </Match>
        <Match when={form.values.what === "deposit"}>
          <MoneyField label={t.deposit} bind={form.field("minor")} />
        </Match>
      </Switch>
      <p class="text-pretty text-fg-2">{form.values.what === "deposit" ? t.amendDeposit : t.amendSay}</p>
    </FormDrawer>
  );
}
