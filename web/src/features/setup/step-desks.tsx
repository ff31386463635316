import { createSignal, For, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { DeskLegend, FloorPlan } from "../../ui/floor-plan.tsx";
import { FormFrame } from "../../ui/form.tsx";
import { NumberField, TextField } from "../../ui/text-field.tsx";
import { savePlaces } from "./data.ts";
import { type Built, deskCodes } from "./progress.ts";
import { StepFrame } from "./step-frame.tsx";
import { createStep } from "./use-step.ts";
import { setupWords } from "./words.ts";

const most = 400;
type Room = { name: string; capacity: number | undefined };

/** Floor, desks by area and number, and meeting rooms, with a preview of the desks as they will be numbered. */
export function DesksStep(props: { space: string; built: Built }) {
  const t = setupWords();
  const [made, setMade] = createSignal(0);
  const desks = () => props.built.resources.filter(({ kind }) => kind === "desk");
  const rooms = () => props.built.resources.filter(({ kind }) => kind === "room");
  const started = props.built.resources.length > 0;
  const template: Room[] = [
    { name: t.roomName(1), capacity: 6 },
    { name: t.roomName(2), capacity: 8 },
    { name: t.roomName(3), capacity: 12 },
  ];
  const { form, acts } = createStep({
    name: "desks",
    space: props.space,
    initial: {
      floor: props.built.floors[0]?.name ?? t.floorName,
      area: "A",
      first: 1 as number | undefined,
      count: (started ? 0 : 40) as number | undefined,
      rooms: started ? ([] as Room[]) : template,
    },
    check: ({ floor, area, count, first, rooms: wished }) => ({
      floor: floor.trim() === "" ? t.needed : undefined,
      area: /^[\p{L}\d]{1,4}$/u.test(area.trim().replace(/-+$/, "")) ? undefined : t.badArea,
      first: first !== undefined && first >= 0 && first <= 999 ? undefined : t.badCount(999),
      count: count !== undefined && count >= 0 && count <= most ? undefined : t.badCount(most),
      rooms: wished.every(({ name, capacity }) => name.trim() !== "" && (capacity ?? 0) >= 1) ? undefined : t.needed,
    }),
    save: async (values, intent) => {
      const wished = deskCodes(values.area, values.first ?? 1, values.count ?? 0);
      const taken = rooms().length;
      const known = new Set(rooms().map(({ name }) => name));
      const more = values.rooms.filter(({ name }) => !known.has(name.trim()));
      const coded = more.map(({ name, capacity }, at) => {
        return { code: `R-${String(taken + at + 1).padStart(2, "0")}`, name: name.trim(), capacity: capacity ?? 1 };
      });
      setMade(0);
      await savePlaces(props.space, { floor: values.floor.trim(), desks: wished, rooms: coded }, intent, setMade);
    },
  });
  const codes = () => deskCodes(form.values.area, form.values.first ?? 1, Math.min(form.values.count ?? 0, most));
  const there = () => new Set(props.built.resources.map(({ code }) => code));
  const fresh = () => codes().filter((code) => !there().has(code));
  const areaOf = (code: string) => code.split("-").slice(0, -1).join("-");
  const zones = () => {
    const all = [
      ...desks().map(({ code }) => ({ code, state: "taken" as const })),
      ...fresh().map((code) => ({ code, state: "free" as const })),
    ];
    all.sort((a, b) => a.code.localeCompare(b.code, "en", { numeric: true }));
    const areas = [...new Set(all.map(({ code }) => areaOf(code)))].sort();
    return areas.map((area) => ({
      name: t.areaName(area),
      desks: all
        .filter(({ code }) => areaOf(code) === area)
        .map(({ code, state }) => ({ key: code, address: code, label: code.split("-").at(-1) ?? code, state })),
    }));
  };
  const change = (at: number, room: Partial<Room>) =>
    form.set(
      "rooms",
      form.values.rooms.map((one, index) => (index === at ? { ...one, ...room } : { ...one })),
    );
  return (
    <StepFrame
      step="desks"
      space={props.space}
      built={props.built}
      acts={acts}
      aside={
        <section class="flex flex-col gap-3" aria-label={t.plan}>
          <h2 class="text-md">{t.plan}</h2>
          <FloorPlan label={t.plan} zones={zones()} words={{ taken: t.haveDesks, free: t.newDesks }} />
          <DeskLegend
            items={[
              { state: "taken" as const, count: desks().length, text: t.haveDesks },
              { state: "free" as const, count: fresh().length, text: t.newDesks },
            ].filter(({ count }) => count > 0)}
          />
        </section>
      }
    >
      <FormFrame form={form} label={t.names.desks}>
        <Show when={started}>
          <Note tone="info">{t.has(desks().length, rooms().length)}</Note>
        </Show>
        <TextField size="lg" label={t.floor} required maxLength={40} bind={form.field("floor")} />
        <div class="grid grid-cols-3 gap-3">
          <TextField size="lg" label={t.area} mono maxLength={5} bind={form.field("area")} />
          <NumberField size="lg" label={t.first} min={0} max={999} bind={form.field("first")} />
          <NumberField size="lg" label={t.count} min={0} max={most} bind={form.field("count")} />
        </div>
        <p class="text-fg-2" aria-live="polite">
          <Show when={fresh().length > 0} fallback={(form.values.count ?? 0) > 0 ? t.allThere : ""}>
            {t.deskRange(fresh()[0] ?? "", fresh().at(-1) ?? "", fresh().length)}
          </Show>
        </p>
        <fieldset class="flex flex-col gap-2">
          <legend class="mb-1 text-md font-strong">{t.rooms}</legend>
          <For each={form.values.rooms.map((_, at) => at)}>
            {(at) => (
              <div class="grid grid-cols-[minmax(0,1fr)_7.5rem_auto] items-end gap-2">
                <TextField
                  size="lg"
                  label={t.roomLabel}
                  maxLength={40}
                  bind={bound(
                    () => form.values.rooms[at]?.name ?? "",
                    (name) => change(at, { name }),
                  )}
                />
                <NumberField
                  size="lg"
                  label={t.capacity}
                  min={1}
                  max={999}
                  unit={t.people}
                  bind={bound(
                    () => form.values.rooms[at]?.capacity,
                    (capacity) => change(at, { capacity }),
                  )}
                />
                <IconButton
                  icon="close"
                  label={t.removeRoom(form.values.rooms[at]?.name ?? "")}
                  onClick={() =>
                    form.set(
                      "rooms",
                      form.values.rooms.filter((_, index) => index !== at).map((one) => ({ ...one })),
                    )
                  }
                />
              </div>
            )}
          </For>
          <span>
            <Button
              icon="plus"
              onClick={() =>
                form.set("rooms", [
                  ...form.values.rooms.map((one) => ({ ...one })),
                  { name: t.roomName(rooms().length + form.values.rooms.length + 1), capacity: 6 },
                ])
              }
            >
              {t.addRoom}
            </Button>
          </span>
        </fieldset>
        <Show when={form.busy() && made() > 0}>
          <p aria-live="polite">{t.making(made(), fresh().length + form.values.rooms.length)}</p>
        </Show>
      </FormFrame>
    </StepFrame>
  );
}
