import type { CompanyId } from "@yihao/kernel/ids";
import { createForm, type Form } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { grantReduction } from "./charges-data.ts";
import { chargeWords } from "./charges-words.ts";
import { CompanyField } from "./company-field.tsx";
import { LessFields, type LessValues, lessBlank, lessFaults, lessOf } from "./less-fields.tsx";

const isMonth = (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** Gives a company a reduction of its bills of some months. */
export function ReductionDrawer(props: { space: string; today: string; open: boolean; onClose: () => void }) {
  const t = chargeWords();
  const month = props.today.slice(0, 7);
  const form = createForm({
    name: "reduction",
    initial: { company: "", name: "", from: month, through: month, ...lessBlank },
    check: (values) => ({
      company: values.company ? undefined : t.needCompany,
      name: values.name.trim() ? undefined : t.needName,
      from: isMonth(values.from) ? undefined : t.badMonth,
      through: !isMonth(values.through) ? t.badMonth : values.through >= values.from ? undefined : t.needOrder,
      ...lessFaults(values),
    }),
    submit: async ({ company, name, from, through, ...less }, intent) => {
      const wish = { company: company as CompanyId, name: name.trim(), from, through, ...lessOf(less) };
      await grantReduction(props.space, wish, intent);
      toast({ text: t.granted(name.trim()), tone: "good" });
      props.onClose();
    },
  });
  return (
    <FormDrawer open={props.open} onClose={props.onClose} title={t.reduce} form={form} act={t.grant}>
      <p class="text-fg-2">{t.reduceSay}</p>
      <CompanyField space={props.space} label={t.company} bind={form.field("company")} />
      <TextField label={t.couponName} hint={t.nameHint} maxLength={40} bind={form.field("name")} />
      <LessFields form={form as unknown as Form<LessValues & Record<string, unknown>>} />
      <div class="y-pair">
        <TextField label={t.from} mono maxLength={7} bind={form.field("from")} />
        <TextField label={t.through} mono maxLength={7} bind={form.field("through")} />
      </div>
    </FormDrawer>
  );
}
