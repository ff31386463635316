import { A } from "@solidjs/router";
import { type ParcelView, type ReturnReason, returnReasons } from "@yihao/community/parcel-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { useMay } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/choice-field.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { Facts, Pane } from "../../ui/panes.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { useZone } from "./data.ts";
import { changeParcel, handOut, renewParcels, returnParcel } from "./parcel-data.ts";
import { ParcelStatus, parcelName, photoFact } from "./parcel-view.tsx";
import { parcelWords } from "./parcel-words.ts";
import { atText } from "./ticket-view.tsx";
import { communityWords } from "./words.ts";

/** One parcel at the desk: what it is, handing it out, putting it elsewhere, sending it back. */
export function ParcelDetail(props: { space: string; parcel: ParcelView; now: string; found?: string | undefined }) {
  const t = parcelWords();
  const zone = useZone(() => props.space);
  const may = useMay(() => props.space);
  const keeps = () => may("community.parcels") && props.parcel.state === "waiting";
  const facts = () => {
    const { parcel } = props;
    return [
      {
        label: communityWords().company,
        value: (
          <A class="y-link" href={`/s/${props.space}/members/${parcel.company}`}>
            {parcel.companyName}
          </A>
        ),
      },
      { label: t.person, value: parcel.personName ?? t.anybody },
      { label: t.carrier, value: t.carriers[parcel.carrier] },
      { label: t.tracking, value: <span class="font-mono break-all">{parcel.tracking ?? "—"}</span> },
      { label: t.shelf, value: parcel.shelf ?? "—" },
      ...(parcel.note ? [{ label: t.note, value: parcel.note }] : []),
      ...photoFact(props.space, parcel),
      { label: t.arrived, value: [atText(parcel.at, zone()), parcel.byName].filter(Boolean).join(" · ") },
      ...(parcel.reminded ? [{ label: t.waited, value: t.reminded(parcel.reminded) }] : []),
      ...(parcel.endedAt
        ? [
            {
              label: t.endedAt,
              value: [
                atText(parcel.endedAt, zone()),
                parcel.signedBy ?? (parcel.reason ? t.reasons[parcel.reason] : t.byCode),
                parcel.endedByName,
              ]
                .filter(Boolean)
                .join(" · "),
            },
          ]
        : []),
    ];
  };
  return (
    <Pane
      title={parcelName(props.parcel)}
      label={parcelName(props.parcel)}
      actions={<ParcelStatus parcel={props.parcel} now={props.now} />}
    >
      <section class="border-b border-line p-4">
        <Facts items={facts()} />
      </section>
      <Show when={keeps()}>
        <HandOutForm space={props.space} parcel={props.parcel} found={props.found} />
        <ShelfForm space={props.space} parcel={props.parcel} />
        <Back space={props.space} parcel={props.parcel} />
      </Show>
    </Pane>
  );
}

/** Hands it out against the code that is shown, or the name of who signs. */
function HandOutForm(props: { space: string; parcel: ParcelView; found: string | undefined }) {
  const t = parcelWords();
  type Values = { how: "code" | "sign"; code: string; signedBy: string };
  const code = /^\d{6}$/.test(props.found ?? "") ? (props.found ?? "") : "";
  const form = createForm<Values>({
    name: "hand-out",
    initial: { how: "code", code, signedBy: props.parcel.personName ?? "" },
    check: ({ how, ...values }) => ({
      code: how === "code" && values.code.trim() === "" ? t.needCode : undefined,
      signedBy: how === "sign" && values.signedBy.trim() === "" ? t.needName : undefined,
    }),
    submit: async ({ how, ...values }, intent) => {
      const wish = how === "code" ? { code: values.code } : { signedBy: values.signedBy };
      await handOut(props.space, props.parcel.id, wish, intent);
      toast({ text: t.given(how === "sign" ? values.signedBy : props.parcel.companyName) });
    },
  });
  return (
    <section class="border-b border-line p-4" aria-label={t.handOut}>
      <FormFrame form={form} label={t.handOut}>
        <Segmented
          label={t.handOut}
          options={[
            { value: "code", label: t.byCode },
            { value: "sign", label: t.bySign },
          ]}
          bind={form.field("how")}
        />
        <Show
          when={form.values.how === "code"}
          fallback={<TextField label={t.signedBy} size="lg" maxLength={40} bind={form.field("signedBy")} />}
        >
          <TextField
            label={t.code}
            size="lg"
            mono
            inputMode="numeric"
            maxLength={12}
            autocomplete="off"
            bind={form.field("code")}
          />
        </Show>
        <Button type="submit" kind="primary" size="lg" busy={form.busy()}>
          {t.give}
        </Button>
      </FormFrame>
    </section>
  );
}

/** Where it lies and what is noted of it. */
function ShelfForm(props: { space: string; parcel: ParcelView }) {
  const t = parcelWords();
  const form = createForm({
    name: "parcel-shelf",
    initial: { shelf: props.parcel.shelf ?? "", note: props.parcel.note ?? "" },
    submit: async ({ shelf, note }) => {
      const { id, kind, carrier, rev } = props.parcel;
      const change = { kind, carrier, ...(shelf ? { shelf } : {}), ...(note ? { note } : {}) };
      try {
        await changeParcel(props.space, id, change, rev);
        toast({ text: t.saved });
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        await renewParcels(props.space);
        toast({ text: t.changed, tone: "bad" });
      }
    },
  });
  return (
    <section class="border-b border-line p-4" aria-label={t.edit}>
      <FormFrame form={form} label={t.edit}>
        <div class="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-3">
          <TextField label={t.shelf} maxLength={20} bind={form.field("shelf")} />
          <TextField label={t.note} hint={t.noteHint} maxLength={120} bind={form.field("note")} />
        </div>
        <span>
          <Button type="submit" busy={form.busy()}>
            {communityWords().save}
          </Button>
        </span>
      </FormFrame>
    </section>
  );
}

/** Takes it off the list, with the reason. */
function Back(props: { space: string; parcel: ParcelView }) {
  const t = parcelWords();
  const [reason, setReason] = createSignal<ReturnReason>();
  const go = (chosen: ReturnReason) => {
    setReason(chosen);
    void returnParcel(props.space, props.parcel.id, chosen, newIntent())
      .then(() => toast({ text: t.returned }))
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }))
      .finally(() => setReason(undefined));
  };
  return (
    <section class="p-4" aria-label={t.back}>
      <h3 class="mb-2 text-xs text-fg-2">{t.back}</h3>
      <div class="flex flex-wrap gap-2">
        <For each={returnReasons}>
          {(one) => (
            <Button kind="danger-outline" busy={reason() === one} onClick={() => go(one)}>
              {t.reasons[one]}
            </Button>
          )}
        </For>
      </div>
    </section>
  );
}
