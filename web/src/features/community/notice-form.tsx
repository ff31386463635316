import type { AnnouncementChange } from "@yihao/community/announcement-model";
import { instantOf, plusDays } from "@yihao/kernel/days";
import { createSignal, For, Show } from "solid-js";
import { clock, dayOf } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { IconButton } from "../../ui/button.tsx";
import { Checkbox, Segmented } from "../../ui/choice-field.tsx";
import { ComboField } from "../../ui/combo-field.tsx";
import { FaultLine } from "../../ui/field.tsx";
import type { Faults, Form } from "../../ui/form.tsx";
import { DateField, NumberField, TextArea, TextField, TimeField } from "../../ui/text-field.tsx";
import { useCompanyOptions } from "./data.ts";
import type { Notice } from "./notice-data.ts";
import { noticeWords } from "./notice-words.ts";

export type NoticeValues = {
  title: string;
  text: string;
  from: string;
  /** The last day it is shown. */
  last: string;
  pinned: boolean;
  whom: "all" | "chosen";
  companies: string[];
  mail: boolean;
  /** An event that people register for. */
  isEvent: boolean;
  day: string;
  begins: string;
  ends: string;
  place: string;
  seats: number | undefined;
};

/** A week from a day on for all, or what an announcement says. */
export function noticeValues(zone: string, one?: Notice): NoticeValues {
  const today = dayOf(new Date().toISOString(), zone);
  const { title = "", text = "", from = today, until = plusDays(today, 7), pinned = false } = one ?? {};
  const { companies = [], mail = false } = one ?? {};
  const whom = companies.length > 0 ? "chosen" : "all";
  const event = one?.event;
  return {
    ...{ title, text, from, last: plusDays(until, -1), pinned, whom, companies: [...companies], mail },
    isEvent: event !== undefined,
    day: event ? dayOf(event.from, zone) : plusDays(today, 3),
    begins: event ? clock(event.from, zone) : "14:00",
    ends: event ? clock(event.until, zone) : "16:00",
    place: event?.place ?? "",
    seats: event?.seats ?? 30,
  };
}

/** What the values ask for. */
export function noticeOf(values: NoticeValues, zone: string): AnnouncementChange {
  const { title, text, from, last, pinned, whom, isEvent, day, begins, ends, place, seats = 1 } = values;
  const companies = values.companies as NonNullable<AnnouncementChange["companies"]>;
  const event = {
    ...{ from: instantOf(day, begins, zone), until: instantOf(day, ends, zone) },
    ...{ place: place.trim(), seats },
  };
  return {
    ...{ title, text, from, pinned, until: plusDays(last, 1) },
    ...(whom === "chosen" ? { companies } : {}),
    ...(isEvent ? { event } : {}),
  };
}

/** A sentence per field that is wrong. */
export function checkNotice(values: NoticeValues, zone: string): Faults<NoticeValues> {
  const t = noticeWords();
  const today = dayOf(new Date().toISOString(), zone);
  return {
    title: values.title.trim() === "" ? t.needTitle : undefined,
    text: values.text.trim() === "" ? t.needText : undefined,
    from: values.from === "" ? t.needFrom : undefined,
    last: values.last === "" || values.last < values.from || values.last < today ? t.needUntil : undefined,
    companies: values.whom === "chosen" && values.companies.length === 0 ? t.needCompanies : undefined,
    ...(values.isEvent
      ? {
          day: values.day === "" ? t.needDay : undefined,
          ends: values.ends <= values.begins ? t.needEnds : undefined,
          place: values.place.trim() === "" ? t.needPlace : undefined,
          seats: values.seats === undefined || values.seats < 1 ? t.needSeats : undefined,
        }
      : {}),
  };
}

/** The fields of an announcement; whether it is mailed is asked of a new one alone. */
export function NoticeFields(props: { space: string; form: Form<NoticeValues>; fresh: boolean }) {
  const t = noticeWords();
  const companies = useCompanyOptions(() => props.space);
  const [adding, setAdding] = createSignal("");
  const chosen = () => props.form.values.companies;
  const nameOf = (id: string) => companies.data?.find(({ value }) => value === id)?.label ?? id;
  const add = (id: string) => {
    setAdding("");
    if (id !== "" && !chosen().includes(id)) props.form.set("companies", [...chosen(), id]);
  };
  return (
    <>
      <TextField label={t.title} maxLength={80} required bind={props.form.field("title")} />
      <TextArea label={t.text} hint={t.textHint} rows={8} maxLength={4000} bind={props.form.field("text")} />
      <div class="grid grid-cols-1 gap-3 tablet:grid-cols-2">
        <DateField label={t.from} bind={props.form.field("from")} />
        <DateField label={t.until} bind={props.form.field("last")} />
      </div>
      <Checkbox label={t.pinned} bind={props.form.field("pinned")} />
      <Checkbox label={t.isEvent} hint={t.isEventHint} bind={props.form.field("isEvent")} />
      <Show when={props.form.values.isEvent}>
        <div class="grid grid-cols-1 gap-3 tablet:grid-cols-3">
          <DateField label={t.eventDay} bind={props.form.field("day")} />
          <TimeField label={t.begins} bind={props.form.field("begins")} />
          <TimeField label={t.ends} bind={props.form.field("ends")} />
        </div>
        <div class="grid grid-cols-1 gap-3 tablet:grid-cols-2">
          <TextField label={t.place} maxLength={80} bind={props.form.field("place")} />
          <NumberField label={t.seats} bind={props.form.field("seats")} />
        </div>
      </Show>
      <Segmented
        label={t.audience}
        options={[
          { value: "all", label: t.everybody },
          { value: "chosen", label: t.chosen },
        ]}
        bind={props.form.field("whom")}
      />
      <Show when={props.form.values.whom === "chosen"}>
        <ComboField
          label={t.addCompany}
          options={(companies.data ?? []).filter(({ value }) => !chosen().includes(value))}
          bind={bound(adding, add, props.form.field("companies").id)}
        />
        <FaultLine id={props.form.field("companies").id} fault={props.form.field("companies").fault?.()} />
        <ul aria-label={t.company}>
          <For each={chosen()}>
            {(id) => (
              <li class="flex items-center gap-2 border-b border-line py-1">
                <span class="min-w-0 flex-1">{nameOf(id)}</span>
                <IconButton
                  icon="close"
                  size="sm"
                  label={t.drop(nameOf(id))}
                  onClick={() =>
                    props.form.set(
                      "companies",
                      chosen().filter((one) => one !== id),
                    )
                  }
                />
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.fresh}>
        <Checkbox label={t.mail} hint={t.mailHint} bind={props.form.field("mail")} />
      </Show>
    </>
  );
}
