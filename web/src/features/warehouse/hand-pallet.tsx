import { useNavigate, useParams } from "@solidjs/router";
import { For, Show } from "solid-js";
import { count } from "../../format.ts";
import { LinkButton } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { Status } from "../../ui/status.tsx";
import { useOwners } from "./hand-data.ts";
import { usePallet, usePalletActs, usePallets } from "./hand-pallet-data.ts";
import { HandShell } from "./hand-shell.tsx";
import { palletWords } from "./pallet-words.ts";
import { kilograms, PalletWork, palletMark } from "./pallet-work.tsx";
import { BeginPallet } from "./pallets.tsx";
import { useWarehousesHere } from "./warehouse-here.ts";

/** Loads pallets by scan (码托): those that stand here, then one of them with its cartons. What is done goes into the phone's queue; only a new pallet needs the network, since its number comes from the server. */
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
      <Show
        when={asked().data}
        fallback={
          <Show when={asked().isError} fallback={<Loading rows={5} />}>
            <div class="p-4">
              <ErrorState title={t.notRead} problem={asked().error} onRetry={() => void asked().refetch()} />
            </div>
          </Show>
        }
      >
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
                        <b class="block break-all font-mono">{one.code}</b>
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
                  <b class="block break-all font-mono">{one().code}</b>
                  <span class="text-fg-2">{owner(one().company)}</span>
                </span>
                <Status is={palletMark[one().state]} text={t.states[one().state]} />
              </p>
              <PalletWork space={params.space} pallet={one()} here={open.data} acts={acts} works large />
            </>
          )}
        </Show>
      </Show>
    </HandShell>
  );
}
