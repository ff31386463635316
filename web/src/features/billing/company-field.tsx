import { ComboField } from "../../ui/combo-field.tsx";
import type { FieldProps } from "../../ui/field.tsx";
import { actionWords } from "./actions-words.ts";
import { useCompanyNames } from "./data.ts";

/** The company whose money it is, found by its name or its registered code. */
export function CompanyField(props: FieldProps<string> & { space: string }) {
  const t = actionWords();
  const companies = useCompanyNames(() => props.space);
  const options = () =>
    (companies.data ?? []).map(({ id, name, code }) => ({ value: id, label: name, ...(code ? { search: code } : {}) }));
  return <ComboField {...props} placeholder={t.companyPlace} options={options()} />;
}
