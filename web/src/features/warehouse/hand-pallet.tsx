import { useNavigate, useParams } from "@solidjs/router";
import type { PalletView } from "@yihao/warehouse/pallet-model";
import { isNumbered } from "@yihao/warehouse/pallet-rules";
import { For, Show } from "solid-js";
import { count } from "../../format.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Unread } from "../../ui/feedback.tsx";
import { Status } from "../../ui/status.tsx";
import { useOwners } from "./hand-data.ts";
import { beginHere, signHere, usePallet, usePalletActs, usePallets } from "./hand-pallet-data.ts";
import { HandShell } from "./hand-shell.tsx";
import { palletWords } from "./pallet-words.ts";
import { kilograms, PalletWork, palletMark } from "./pallet-work.tsx";
import { BeginPallet } from "./pallets.tsx";
import { useWarehousesHere } from "./warehouse-here.ts";

/** What a pallet is called: its number, or until it has one the sign that is written on it. */
function PalletCode(props: { pallet: PalletView }) {
  return (
    <b class="block break-all font-mono">
      {props.pallet.code}
      <Show when={!isNumbered(props.pallet)}>
        <span class="font-sans font-normal"> · {palletWords().toCome}</span>
      </Show>
    </b>
  );
}

/** Loads pallets by scan (码托): those that stand here, then one of them with its cartons. What is done goes into the phone's queue; a pallet begun without a network is loaded under a sign until the server gives its number. */
export default function HandPallet() {
  const t = palletWords();
  const params = useParams<{ space: string; pallet?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const root = () => `/s/${params.space}/wh`;
  const warehouses = useWarehousesHere(space);
  const owners = useOwners(space);
  const pallet = usePallet(space, () => params.pallet);
  const open = usePallets(space);
  const acts = usePalletActs(space);
  const warehouse = () => warehouses.data?.[0]?.id;
  const owner = (company: string) => owners.data?.find((one) => one.company === company)?.name ?? "";
  const asked = () => (params.pallet === undefined ? open : pallet);
  return (
    <HandShell
      title={pallet.data ? `${t.pallet} ${pallet.data.code.slice(-8)}` : t.load}
      onBack={() => navigate(params.pallet === undefined ? root() : `${root()}/pallet`)}
    >
      <Show when={asked().data} fallback={<Unread asked={asked()} title={t.notRead} rows={5} />}>
        <Show
          when={params.pallet !== undefined && pallet.data}
          fallback={
            <>
              <div class="border-b border-line p-4">
                <Show when={warehouse()}>
                  {(place) => (
                    <BeginPallet
                      large
                      space={params.space}
                      warehouse={place()}
                      begin={(owner) => beginHere(params.space, place(), owner)}
                      onBegun={(id) => navigate(`${root()}/pallet/${id}`)}
                    />
                  )}
                </Show>
              </div>
              <ul>
                <For
                  each={(open.data ?? []).filter((one) => one.warehouse === warehouse())}
                  fallback={<li class="p-4 text-md text-fg-2">{t.noneOpen}</li>}
                >
                  {(one) => (
                    <li class="flex min-h-16 flex-wrap items-center gap-3 border-b border-line px-4 py-3">
                      <span class="min-w-0 basis-full tablet:flex-1 tablet:basis-0">
                        <PalletCode pallet={one} />
                        <span class="text-fg-2">
                          {owner(one.company)} · {t.sum(count(one.cartons.length), kilograms(one))}
                        </span>
                      </span>
                      <Status is={palletMark[one.state]} text={t.states[one.state]} />
                      <span class="flex-1 tablet:flex-none" />
                      <LinkButton size="xl" href={`${root()}/pallet/${one.id}`}>
                        {one.state === "open" ? t.goOn : t.toShip}
                      </LinkButton>
                    </li>
                  )}
                </For>
              </ul>
            </>
          }
        >
          {(one) => (
            <>
              <p class="flex flex-wrap items-center gap-3 border-b border-line p-4">
                <span class="min-w-0 flex-1">
                  <PalletCode pallet={one()} />
                  <span class="text-fg-2">{owner(one().company)}</span>
                </span>
                <Status is={palletMark[one().state]} text={t.states[one().state]} />
              </p>
              <Show when={signHere(one().id)}>
                {(sign) => (
                  <p class="border-b border-line p-4 text-fg-2">
                    {isNumbered(one()) ? t.numbered(sign()) : t.toComeSay(sign())}
                  </p>
                )}
              </Show>
              <PalletWork space={params.space} pallet={one()} here={open.data} acts={acts} works large />
            </>
          )}
        </Show>
      </Show>
    </HandShell>
  );
}
