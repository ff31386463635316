import { useNavigate, useParams } from "@solidjs/router";
import { carrierOf, plainTracking } from "@yihao/community/parcel";
import { type Carrier, carriers, type NewParcel, type ParcelView } from "@yihao/community/parcel-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent, offlineSince } from "../../api.ts";
import { keepPicture } from "../../documents.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Segmented, SelectField } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { PhotoField } from "../../ui/photo-field.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { WarehousePhoneShell } from "../../ui/shell-plain.tsx";
import { signal } from "../../ui/signals.ts";
import { TextField } from "../../ui/text-field.tsx";
import { useCompanyOptions } from "./data.ts";
import { registerParcel, returnParcel, usePeopleOf } from "./parcel-data.ts";
import { parcelName } from "./parcel-view.tsx";
import { parcelWords } from "./parcel-words.ts";
import { CompanyChoice } from "./ticket-form.tsx";

const recentMost = 4;

/** Registers parcels one after another on a phone or at the desk (连续登记): scan, company, done; the shelf stays for the next one. */
export default function RegisterPage() {
  const t = parcelWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const companies = useCompanyOptions(space);
  const [tracking, setTracking] = createSignal("");
  const [carrier, setCarrier] = createSignal<Carrier>("other");
  const [kind, setKind] = createSignal<"parcel" | "letter">("parcel");
  const [company, setCompany] = createSignal("");
  const [person, setPerson] = createSignal("");
  const [shelf, setShelf] = createSignal("");
  const [note, setNote] = createSignal("");
  const [photo, setPhoto] = createSignal<File>();
  const [keep, setKeep] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [fault, setFault] = createSignal<string>();
  const [made, setMade] = createSignal<readonly ParcelView[]>([]);
  const [recent, setRecent] = createSignal<readonly string[]>([]);
  const people = usePeopleOf(space, company);
  let intent = newIntent();
  const nameOf = (id: string) => companies.data?.find(({ value }) => value === id)?.label ?? "";
  const choose = (id: string) => {
    setCompany(id);
    setPerson("");
    setFault(undefined);
    intent = newIntent();
  };
  const wrong = (text: string) => {
    setFault(text);
    signal(false);
  };
  const scanned = (code: string) => {
    setTracking(plainTracking(code));
    setCarrier(carrierOf(code));
    setFault(undefined);
    intent = newIntent();
    if (keep() && company() !== "") void add();
    else signal(true);
  };
  const add = async () => {
    if (busy()) return;
    if (company() === "") return wrong(t.needCompany);
    setBusy(true);
    try {
      const picture = photo() && (await keepPicture(params.space, company(), photo() as File, intent));
      const parcel = await registerParcel(
        params.space,
        {
          ...{ company: company() as NewParcel["company"], kind: kind(), carrier: carrier() },
          ...(tracking() ? { tracking: tracking() } : {}),
          ...(person() ? { person: person() as NonNullable<NewParcel["person"]> } : {}),
          ...(shelf() ? { shelf: shelf() } : {}),
          ...(note() ? { note: note() } : {}),
          ...(picture ? { photo: picture } : {}),
        },
        intent,
      );
      intent = newIntent();
      signal(true);
      setMade((all) => [parcel, ...all]);
      setRecent((all) => [company(), ...all.filter((one) => one !== company())].slice(0, recentMost));
      setTracking("");
      setNote("");
      setPhoto(undefined);
      setFault(undefined);
      if (!keep()) choose("");
    } catch (error) {
      const known = error instanceof Problem && error.code === "parcel.known";
      wrong(known ? t.duplicate(tracking()) : explain(error));
    } finally {
      setBusy(false);
    }
  };
  const undo = (parcel: ParcelView) =>
    void returnParcel(params.space, parcel.id, "mistake", newIntent())
      .then(() => setMade((all) => all.filter(({ id }) => id !== parcel.id)))
      .catch((error: unknown) => wrong(explain(error)));
  return (
    <WarehousePhoneShell
      title={t.title}
      onBack={() => navigate(`/s/${params.space}/community/parcels`)}
      offline={offlineSince() !== undefined}
      foot={
        <Button kind="primary" size="xxl" icon="check" block busy={busy()} onClick={() => void add()}>
          {t.add}
        </Button>
      }
    >
      <ScanField label={t.scan} onCode={scanned} />
      <div class="flex flex-col gap-4 p-4">
        <Show when={fault()}>
          {(text) => (
            <Note tone="bad" alert>
              {text()}
            </Note>
          )}
        </Show>
        <p class="flex min-h-12 flex-wrap items-baseline gap-x-3" aria-live="polite">
          <span class="text-fg-2">{t.now}</span>
          <Show when={tracking()} fallback={<span class="text-lg text-fg-2">{t.noTracking}</span>}>
            <b class="break-all font-mono text-lg">{tracking()}</b>
          </Show>
        </p>
        <Show when={recent().length > 0}>
          <ul aria-label={t.recent} class="flex flex-wrap gap-2">
            <For each={recent()}>
              {(id) => (
                <li>
                  <Button size="xl" aria-pressed={id === company()} onClick={() => choose(id)}>
                    {nameOf(id)}
                  </Button>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <CompanyChoice space={params.space} size="xl" bind={bound(company, choose)} />
        <Show when={(people.data?.length ?? 0) > 0}>
          <SelectField
            label={t.person}
            size="xl"
            options={[
              { value: "", label: t.anybody },
              ...(people.data ?? []).map((one) => ({ value: one.person as string, label: one.name })),
            ]}
            bind={bound(person, setPerson)}
          />
        </Show>
        <div class="grid grid-cols-2 gap-3">
          <SelectField
            label={t.carrier}
            size="xl"
            options={carriers.map((value) => ({ value, label: t.carriers[value] }))}
            bind={bound(carrier, setCarrier)}
          />
          <TextField label={t.shelf} size="xl" maxLength={20} bind={bound(shelf, setShelf)} />
        </div>
        <Segmented
          label={t.kind}
          size="xl"
          options={(["parcel", "letter"] as const).map((value) => ({ value, label: t.kinds[value] }))}
          bind={bound<"parcel" | "letter">(kind, setKind)}
        />
        <TextField label={t.note} size="xl" hint={t.noteHint} maxLength={120} bind={bound(note, setNote)} />
        <PhotoField label={t.photo} size="xl" value={photo()} onChange={setPhoto} />
        <Checkbox label={t.keep} size="xl" bind={bound(keep, setKeep)} />
        <Show when={made().length > 0}>
          <section aria-label={t.added(made().length)}>
            <h2 class="border-b border-line py-2 text-md">{t.added(made().length)}</h2>
            <ul>
              <For each={made()}>
                {(parcel) => (
                  <li class="flex min-h-16 items-center gap-3 border-b border-line py-2">
                    <span class="min-w-0 flex-1">
                      <b class="block truncate">{parcel.companyName}</b>
                      <span class="block truncate text-xs text-fg-2">
                        {[parcelName(parcel), parcel.shelf && t.onShelf(parcel.shelf)].filter(Boolean).join(" · ")}
                      </span>
                    </span>
                    <Button
                      size="xl"
                      kind="text"
                      onClick={() => undo(parcel)}
                      aria-label={`${t.again} ${parcelName(parcel)}`}
                    >
                      {t.again}
                    </Button>
                  </li>
                )}
              </For>
            </ul>
          </section>
        </Show>
      </div>
    </WarehousePhoneShell>
  );
}
