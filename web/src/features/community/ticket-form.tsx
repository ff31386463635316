import { ticketKinds, ticketPriorities } from "@yihao/community/ticket-model";
import { Show } from "solid-js";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { createForm } from "../../ui/form.tsx";
import { FormDrawer } from "../../ui/form-drawer.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useCompanyOptions } from "./data.ts";
import { openTicket, type TicketWish } from "./ticket-data.ts";
import { ticketWords } from "./ticket-words.ts";
import { communityWords } from "./words.ts";

type Values = Required<{ [Key in keyof TicketWish]: NonNullable<TicketWish[Key]> }>;
const blank: Values = { company: "", kind: "repair", title: "", text: "", place: "", priority: "normal" };

/** Opens a ticket: a company's person for their own, staff for the company they choose. */
export function TicketDrawer(props: {
  space: string;
  side: "staff" | "company";
  open: boolean;
  onClose: () => void;
  onOpened: (id: string) => void;
}) {
  const t = ticketWords();
  const size = () => (props.side === "company" ? "lg" : "md");
  const form = createForm<Values>({
    name: "ticket",
    initial: blank,
    draftKey: `ticket.${props.space}.${props.side}`,
    check: (values) => ({
      title: values.title.trim() === "" ? t.needTitle : undefined,
      company: props.side === "staff" && values.company === "" ? t.needCompany : undefined,
    }),
    submit: async ({ company, ...values }, intent) => {
      const own = props.side === "staff" ? { company } : {};
      const made = await openTicket(props.space, { ...values, ...own }, intent);
      toast({ text: props.side === "company" ? t.openedToast : t.saved });
      form.reset(blank);
      props.onOpened(made.id);
    },
  });
  return (
    <FormDrawer
      open={props.open}
      onClose={props.onClose}
      title={t.open}
      form={form}
      act={props.side === "company" ? t.send : t.open}
      size={size()}
    >
      <Show when={props.side === "staff"}>
        <CompanyChoice space={props.space} bind={form.field("company")} />
      </Show>
      <TextField label={t.title} size={size()} hint={t.titleHint} maxLength={80} required bind={form.field("title")} />
      <SelectField
        label={t.kind}
        size={size()}
        options={ticketKinds.map((value) => ({ value, label: t.kinds[value] }))}
        bind={form.field("kind")}
      />
      <TextField label={t.place} size={size()} hint={t.placeHint} maxLength={60} bind={form.field("place")} />
      <TextArea label={t.text} rows={5} maxLength={2000} bind={form.field("text")} />
      <Segmented
        label={t.priority}
        size={size()}
        options={ticketPriorities.map((value) => ({ value, label: t.priorities[value] }))}
        bind={form.field("priority")}
      />
    </FormDrawer>
  );
}

/** The company that staff do something for. */
export function CompanyChoice(props: {
  space: string;
  bind: Parameters<typeof ComboField>[0]["bind"];
  size?: "md" | "lg" | "xl";
}) {
  const companies = useCompanyOptions(() => props.space);
  return (
    <ComboField
      label={communityWords().company}
      required
      size={props.size ?? "md"}
      options={companies.data ?? []}
      bind={props.bind}
    />
  );
}
