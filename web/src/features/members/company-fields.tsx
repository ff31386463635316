import { codeFault, plainCode } from "@yihao/members/code";
import type { Company, CompanyFacts } from "@yihao/members/model";
import { Show } from "solid-js";
import type { Fault } from "../../ui/binding.ts";
import { SelectField } from "../../ui/choice-field.tsx";
import type { Faults, Form } from "../../ui/form.tsx";
import { DateField, TextField } from "../../ui/text-field.tsx";
import { ContactList, type ContactValues, contactValues } from "./contact-list.tsx";
import { memberWords } from "./words.ts";

/** What the forms of a company hold: every fact as a text, empty when it is not known. */
export type CompanyValues = {
  name: string;
  code: string;
  kind: CompanyFacts["kind"];
  industry: string;
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  address: string;
  legalPerson: string;
  registeredOn: string;
  contacts: ContactValues[];
};

/** A company's facts as a form holds them. */
export function valuesOf(company?: Partial<Omit<CompanyFacts, "kind"> & Pick<Company, "kind">>): CompanyValues {
  const { name = "", code = "", industry = "" } = company ?? {};
  // A guest's record is no company and is not edited as one: the server refuses it.
  const kind = company?.kind === "team" ? "team" : "company";
  const { contactName = "", contactPhone = "", contactEmail = "", address = "" } = company ?? {};
  const { legalPerson = "", registeredOn = "" } = company ?? {};
  const contacts = contactValues(company?.contacts);
  return {
    ...{ name, code, kind, industry, legalPerson, registeredOn },
    ...{ contactName, contactPhone, contactEmail, address, contacts },
  };
}

/** Says what is wrong with a credit code and offers it put right, by the rule that the server keeps. */
export function codeSentence(code: string, fix: (code: string) => void): Fault | undefined {
  const t = memberWords();
  if (code.trim() === "") return undefined;
  const fault = codeFault(plainCode(code));
  if (!fault) return undefined;
  if (fault.rule === "length") return t.codeLength(fault.length);
  if (fault.rule === "check") return t.codeCheck(fault.position);
  const right = fault.fix;
  if (!right) return t.codeLetter(fault.position, fault.found);
  return {
    text: t.codeLetterFix(fault.position, fault.found, right[fault.position - 1] ?? ""),
    fix: { label: t.fixCode(right), apply: () => fix(right) },
  };
}

/** Whether an e-mail is left empty or looks like one. */
export function emailFault(email: string): string | undefined {
  return email.trim() === "" || /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : memberWords().badEmail;
}

/** What is wrong with the other contacts: each has a name, and an e-mail that looks like one. */
export function contactsFault(contacts: readonly ContactValues[]): string | undefined {
  if (contacts.some(({ name }) => name.trim() === "")) return memberWords().needContact;
  return contacts.map(({ email }) => emailFault(email)).find(Boolean);
}

/** The faults of a company's form, as the server would find them; `was` is what it was before, when it is an edit. */
export function checkValues(
  values: CompanyValues,
  fix: (code: string) => void,
  was?: Company["kind"],
): Faults<CompanyValues> {
  const t = memberWords();
  const registers = was === "team" && values.kind === "company" && values.code.trim() === "";
  return {
    name: values.name.trim() === "" ? t.needName : undefined,
    code: registers ? t.needCode : codeSentence(values.code, fix),
    contactEmail: emailFault(values.contactEmail),
    contacts: contactsFault(values.contacts),
  };
}

/** How to reach a company: the fields that its own admins may change too. */
export function ContactFields(props: { form: Form<CompanyValues> }) {
  const t = memberWords();
  return (
    <>
      <div class="y-pair">
        <TextField label={t.contact} maxLength={40} bind={props.form.field("contactName")} />
        <TextField label={t.phone} type="tel" inputMode="tel" maxLength={30} bind={props.form.field("contactPhone")} />
      </div>
      <TextField
        label={t.email}
        type="email"
        inputMode="email"
        maxLength={120}
        bind={props.form.field("contactEmail")}
      />
      <TextField label={t.address} maxLength={120} bind={props.form.field("address")} />
      <ContactList bind={props.form.field("contacts")} />
    </>
  );
}

/** All fields of a company. */
export function CompanyFields(props: { form: Form<CompanyValues>; autofocus?: boolean }) {
  const t = memberWords();
  return (
    <>
      <TextField
        label={t.name}
        required
        maxLength={60}
        autofocus={props.autofocus ?? false}
        bind={props.form.field("name")}
      />
      <div class="y-pair">
        <SelectField
          label={t.kind}
          options={[
            { value: "company" as const, label: t.company },
            { value: "team" as const, label: t.team },
          ]}
          bind={props.form.field("kind")}
        />
        <TextField label={t.industry} maxLength={30} bind={props.form.field("industry")} />
      </div>
      <TextField label={t.code} hint={t.codeHint} mono maxLength={40} bind={props.form.field("code")} />
      <Show when={props.form.values.kind === "company"}>
        <div class="y-pair">
          <TextField label={t.legalPerson} maxLength={40} bind={props.form.field("legalPerson")} />
          <DateField label={t.registeredOn} bind={props.form.field("registeredOn")} />
        </div>
      </Show>
      <ContactFields form={props.form} />
    </>
  );
}
