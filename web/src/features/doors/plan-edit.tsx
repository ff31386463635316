import type { FloorId } from "@yihao/booking/model";
import type { PlanView, Spot } from "@yihao/booking/plan-model";
import { createSignal, For, Show } from "solid-js";
import { newIntent } from "../../api.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Reading } from "../../ui/reading.tsx";
import { toast } from "../../ui/toast.tsx";
import type { Places } from "./data.ts";
import { PlanEditor } from "./plan-canvas.tsx";
import { rereadPlan, savePlan, uploadPlanImage, usePlan, usePlanImage } from "./plan-data.ts";
import { planWords } from "./plan-words.ts";

type Props = { readonly space: string; readonly floor: FloorId; readonly places: Places };

/** Where the operator arranges a floor: an image or a blank ground, places dragged or moved by keys, saved as one. */
export function PlanEdit(props: Props) {
  const t = planWords();
  const plan = usePlan(
    () => props.space,
    () => props.floor,
  );
  return (
    <Reading asked={plan} failed={t.notRead} rows={8}>
      {(read) => <Editing {...props} read={read()} />}
    </Reading>
  );
}

function Editing(props: Props & { read: PlanView }) {
  const t = planWords();
  const image = usePlanImage(
    () => props.space,
    () => props.floor,
    () => props.read.image,
  );
  const [spots, setSpots] = createSignal<readonly Spot[]>(props.read.spots);
  const [rev, setRev] = createSignal(props.read.rev);
  const [stale, setStale] = createSignal<number | undefined>();
  const [busy, setBusy] = createSignal(false);
  const resources = () => props.places.resources.filter((one) => one.floor === props.floor);
  const unplaced = () => resources().filter(({ id }) => !spots().some(({ resource }) => resource === id));
  const codeOf = (resource: string) => props.places.resources.find(({ id }) => id === resource)?.code ?? "—";
  const known = () => spots().filter(({ resource }) => resources().some(({ id }) => id === resource));
  const move = (moved: Spot) => setSpots((all) => all.map((spot) => (spot.resource === moved.resource ? moved : spot)));
  const put = (resource: Spot["resource"]) => {
    // One beside the other in a row at the top, so that none lies on another.
    const at = spots().length;
    setSpots((all) => [...all, { resource, x: 60 + (at % 10) * 95, y: 70 + (Math.floor(at / 10) % 9) * 100 }]);
    queueMicrotask(() => document.getElementById(`spot-${resource}`)?.focus());
  };
  const act = async (what: () => Promise<PlanView>, said: string) => {
    setBusy(true);
    try {
      const saved = await what();
      setRev(saved.rev);
      setStale(undefined);
      toast({ text: said });
    } catch (error) {
      if (error instanceof Problem && error.code === "stale") setStale(Number(error.params.current ?? 0));
      else toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const save = (withImage = true, at = rev()) =>
    act(() => savePlan(props.space, props.floor, { spots: [...known()], image: withImage }, at), t.saved);
  const upload = (file: File | undefined) =>
    file && void act(() => uploadPlanImage(props.space, props.floor, file, newIntent()), t.uploaded);
  const reread = async () => {
    await rereadPlan(props.space);
    setSpots(props.read.spots);
    setRev(props.read.rev);
    setStale(undefined);
  };
  return (
    <div class="grid gap-4 desk:grid-cols-[minmax(0,1fr)_260px]">
      <div class="flex min-w-0 flex-col gap-3">
        <Show when={stale()}>
          {(current) => (
            <Note
              tone="warn"
              title={t.stale}
              alert
              actions={
                <>
                  <Button onClick={() => void reread()}>{t.reread}</Button>
                  <Button onClick={() => void save(true, current())}>{t.overwrite}</Button>
                </>
              }
            >
              {t.staleSay}
            </Note>
          )}
        </Show>
        <PlanEditor
          plan={props.read}
          image={image.data}
          spots={known()}
          codeOf={codeOf}
          onMove={move}
          onRemove={(resource) => setSpots((all) => all.filter((spot) => spot.resource !== resource))}
        />
        <p class="text-xs text-fg-2">{t.howTo}</p>
      </div>
      <div class="flex flex-col gap-4">
        <Button kind="primary" busy={busy()} onClick={() => void save()}>
          {t.save}
        </Button>
        <label class="y-btn y-btn-outline y-btn-md">
          <span>{t.image}</span>
          <input
            class="y-hidden"
            type="file"
            aria-label={t.image}
            accept="image/png,image/jpeg,image/webp"
            onChange={(event) => upload(event.currentTarget.files?.[0])}
          />
        </label>
        <p class="text-xs text-fg-2">{t.imageHint}</p>
        <Show when={props.read.image}>
          <Button busy={busy()} onClick={() => void save(false)}>
            {t.blank}
          </Button>
        </Show>
        <section class="flex flex-col gap-2" aria-label={t.unplaced}>
          <h3 class="text-xs text-fg-2">{t.unplaced}</h3>
          <div class="flex flex-wrap gap-2">
            <For each={unplaced()} fallback={<p class="text-fg-2">{t.allPlaced}</p>}>
              {(one) => (
                <Button size="sm" icon="plus" aria-label={t.put(one.code)} onClick={() => put(one.id)}>
                  {one.code}
                </Button>
              )}
            </For>
          </div>
        </section>
      </div>
    </div>
  );
}
