import { useNavigate, useParams } from "@solidjs/router";
import { Show } from "solid-js";
import { Button } from "../../ui/button.tsx";
import { createForm, DraftNote, FormFrame } from "../../ui/form.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { placeOrder } from "./data.ts";
import { type DraftLine, filledLines, LineFields } from "./line-fields.tsx";
import { warehouseWords } from "./words.ts";

/** A new order (新建出库) with what is available now beside every line; reserved at once when it is placed. */
export default function MyOrderPage() {
  const t = warehouseWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const form = createForm({
    name: "order",
    initial: {
      lines: [{ product: "", units: undefined }] as DraftLine[],
      recipient: "",
      phone: "",
      address: "",
      note: "",
      reference: "",
    },
    draftKey: `order.${params.space}`,
    check: (values) => ({
      lines: filledLines(values.lines) ? undefined : t.needLine,
      recipient: values.recipient.trim() === "" ? t.needRecipient : undefined,
    }),
    submit: async (values, intent) => {
      const { phone, address, note, reference } = values;
      const order = await placeOrder(
        params.space,
        {
          lines: filledLines(values.lines) ?? [],
          recipient: {
            name: values.recipient.trim(),
            ...(phone.trim() ? { phone: phone.trim() } : {}),
            ...(address.trim() ? { address: address.trim() } : {}),
          },
          ...(note.trim() ? { note: note.trim() } : {}),
          ...(reference.trim() ? { reference: reference.trim() } : {}),
        },
        intent,
      );
      form.reset();
      toast({ text: t.orderPlaced });
      navigate(`/s/${params.space}/my/orders/${order.id}`);
    },
  });
  return (
    <>
      <PageHead title={t.newOrder} />
      <div class="mx-auto w-full max-w-160 p-4 tablet:p-6">
        <FormFrame form={form} label={t.newOrder}>
          <LineFields
            space={params.space}
            lines={form.values.lines}
            onChange={(lines) => form.set("lines", lines)}
            limit
          />
          <Show when={form.faults().find((fault) => fault.name === "lines")}>
            {(fault) => <p class="text-sm text-bad-fg">{fault().text}</p>}
          </Show>
          <div class="y-pair">
            <TextField label={t.recipient} size="lg" bind={form.field("recipient")} maxLength={60} required />
            <TextField label={t.phoneNumber} size="lg" type="tel" bind={form.field("phone")} maxLength={30} />
          </div>
          <TextField label={t.address} size="lg" bind={form.field("address")} maxLength={200} />
          <TextField
            label={t.ownNumber}
            hint={t.ownNumberHint}
            size="lg"
            mono
            bind={form.field("reference")}
            maxLength={40}
          />
          <TextField label={t.note} size="lg" bind={form.field("note")} maxLength={120} />
          <Button kind="primary" size="lg" type="submit" busy={form.busy()}>
            {t.submitOrder}
          </Button>
          <DraftNote form={form} />
        </FormFrame>
      </div>
    </>
  );
}
