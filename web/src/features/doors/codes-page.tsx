import { useParams, useSearchParams } from "@solidjs/router";
import type { ResourceView } from "@yihao/booking/model";
import { For, Show } from "solid-js";
import { bound } from "../../ui/binding.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { EmptyState } from "../../ui/feedback.tsx";
import { PageHead } from "../../ui/panes.tsx";
import { Plate } from "../../ui/plate.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { Reading } from "../../ui/reading.tsx";
import { usePlaces } from "./data.ts";
import { displaysWords } from "./displays-words.ts";

/** A sheet of codes to print and put up (签到码), one for each place: it opens one's present booking there to check in. The code is an address and no secret. */
export default function CodesPage() {
  const t = displaysWords();
  const params = useParams<{ space: string }>();
  const [search, setSearch] = useSearchParams<{ floor?: string }>();
  const places = usePlaces(() => params.space);
  const floor = () => search.floor ?? "all";
  const shown = (all: readonly ResourceView[]) =>
    all.filter((one) => one.state === "active" && (floor() === "all" || one.floor === floor()));
  const address = (one: ResourceView) => new URL(`/s/${params.space}/my/door/${one.id}`, location.origin).href;
  return (
    <>
      <PageHead
        title={t.codes}
        tabs={
          <SelectField
            bare
            label={t.floor}
            icon="building"
            options={[
              { value: "all", label: t.allFloors },
              ...(places.data?.floors ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
            bind={bound<string>(floor, (next) => setSearch({ floor: next === "all" ? undefined : next }))}
          />
        }
        actions={
          <>
            <LinkButton href={`/s/${params.space}/settings/doors`}>{t.title}</LinkButton>
            <Button kind="primary" icon="print" onClick={() => window.print()}>
              {t.print}
            </Button>
          </>
        }
      />
      <div class="min-h-0 flex-1 overflow-auto p-4">
        <p class="pb-4 text-fg-2">{t.codesSay}</p>
        <Reading asked={places} failed={t.doorNotRead} rows={6}>
          {(all) => (
            <Show when={shown(all().resources).length > 0} fallback={<EmptyState title={t.noPlaces} />}>
              <ul
                class="y-paper grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-3 print:grid-cols-3"
                aria-label={t.codes}
              >
                <For each={shown(all().resources)}>
                  {(one) => (
                    <li class="flex break-inside-avoid flex-col items-center gap-2 border border-line p-3 text-center">
                      <Plate size="lg" han>
                        {one.code}
                      </Plate>
                      <QrCode text={address(one)} label={t.codeOf(one.code)} size={132} />
                      <b class="max-w-full break-words">{one.name}</b>
                      <span class="text-xs text-fg-2">{t.codeUse}</span>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Reading>
      </div>
    </>
  );
}
