import type { PalletView } from "@yihao/warehouse/pallet-model";
import { createSignal, Show } from "solid-js";
import { createMeaning } from "../../api.ts";
import { count, instantCell } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented, SelectField } from "../../ui/choice-field.tsx";
import { EmptyState, Unread } from "../../ui/feedback.tsx";
import { Status } from "../../ui/status.tsx";
import { type Column, DataTable } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { useOwners } from "./data.ts";
import { DocumentHead } from "./document-head.tsx";
import { beginPallet, deskActs, usePallet, usePallets } from "./pallet-data.ts";
import { palletWords } from "./pallet-words.ts";
import { kilograms, PalletWork, palletMark } from "./pallet-work.tsx";
import { useRights } from "./warehouse-here.ts";

/** Begins a pallet of one owner: whose, then it is there. `begin` is the phone's way of it, which needs no network; at the desk it is begun at once. */
export function BeginPallet(props: {
  space: string;
  warehouse: string;
  large?: boolean;
  begin?: (owner: { company: string; name: string }) => Promise<{ id: string; kept: boolean }>;
  onBegun: (id: string) => void;
}) {
  const t = palletWords();
  const owners = useOwners(() => props.space);
  const [owner, setOwner] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const whose = () => owner() ?? owners.data?.[0]?.company ?? "";
  const meaning = createMeaning();
  const begin = async () => {
    setBusy(true);
    try {
      const name = owners.data?.find(({ company }) => company === whose())?.name ?? "";
      const wish = { company: whose(), warehouse: props.warehouse };
      const made = props.begin
        ? await props.begin({ company: whose(), name })
        : await beginPallet(props.space, wish, meaning.of(wish));
      meaning.answered();
      // What the phone keeps is counted under its head, and the pallet says that its number is to come.
      if (!("kept" in made && made.kept)) toast({ text: t.begun, tone: "good" });
      props.onBegun(made.id);
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="flex flex-wrap items-end gap-3">
      <span class="min-w-40 flex-1">
        <SelectField
          label={t.whose}
          size={props.large ? "lg" : "md"}
          bind={bound(whose, setOwner)}
          options={(owners.data ?? []).map((one) => ({ value: one.company as string, label: one.name }))}
        />
      </span>
      <Button
        size={props.large ? "xl" : "md"}
        icon="plus"
        busy={busy()}
        disabled={whose() === ""}
        onClick={() => void begin()}
      >
        {t.begin}
      </Button>
    </div>
  );
}

/** Pallets as a list: those that stand here, or all. */
export function PalletList(props: {
  space: string;
  warehouse: string;
  zone: string;
  ownerName: (company: string) => string;
  current: string | undefined;
  onOpen: (id: string) => void;
}) {
  const t = palletWords();
  const { works } = useRights(() => props.space);
  const [which, setWhich] = createSignal<"open" | "all">("open");
  const pallets = usePallets(
    () => props.space,
    () => which() === "open",
  );
  const columns = (): Column<PalletView>[] => [
    { key: "code", head: t.code, width: "184px", cell: ({ code }) => <span class="font-mono text-xs">{code}</span> },
    { key: "owner", head: t.owner, from: "tablet", cell: ({ company }) => props.ownerName(company) },
    { key: "cartons", head: t.cartons, width: "64px", align: "end", cell: ({ cartons }) => count(cartons.length) },
    {
      key: "weight",
      head: t.weight,
      width: "104px",
      align: "end",
      from: "tablet",
      cell: (one) => t.kg(kilograms(one)),
    },
    { key: "at", head: t.time, width: "104px", from: "desk", cell: (one) => instantCell(one.at, props.zone) },
    {
      key: "state",
      head: t.state,
      width: "104px",
      cell: ({ state }) => <Status is={palletMark[state]} text={t.states[state]} />,
    },
  ];
  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex flex-wrap items-end gap-3 border-b border-line px-4 py-2">
        <Segmented
          bare
          label={t.pallets}
          bind={bound(which, setWhich)}
          options={(["open", "all"] as const).map((value) => ({ value, label: t[value] }))}
        />
        <Show when={works()}>
          <div class="w-full max-w-md tablet:ml-auto tablet:w-auto">
            <BeginPallet space={props.space} warehouse={props.warehouse} onBegun={props.onOpen} />
          </div>
        </Show>
      </div>
      <DataTable
        label={t.pallets}
        rows={(pallets.data ?? []).filter(({ warehouse }) => warehouse === props.warehouse)}
        columns={columns()}
        rowKey={({ id }) => id}
        current={props.current}
        onOpen={({ id }) => props.onOpen(id)}
        state={pallets.isPending ? "loading" : pallets.isError ? "error" : "ready"}
        problem={pallets.error}
        errorTitle={t.notRead}
        onRetry={() => pallets.refetch()}
        empty={<EmptyState title={which() === "open" ? t.noneOpen : t.pallets}>{t.none}</EmptyState>}
      />
    </div>
  );
}

/** One pallet beside the list. */
export function PalletDetail(props: {
  space: string;
  pallet: string;
  zone: string;
  ownerName: (company: string) => string;
}) {
  const t = palletWords();
  const pallet = usePallet(
    () => props.space,
    () => props.pallet,
  );
  const here = usePallets(
    () => props.space,
    () => true,
  );
  const acts = deskActs(() => props.space);
  const { works } = useRights(() => props.space);
  return (
    <Show when={pallet.data} fallback={<Unread asked={pallet} title={t.notRead} rows={6} />}>
      {(one) => (
        <div class="flex h-full min-h-0 flex-col overflow-y-auto bg-surface">
          <DocumentHead
            what={t.pallet}
            number={one().code}
            mark={palletMark[one().state]}
            state={t.states[one().state]}
            facts={
              <>
                {props.ownerName(one().company)} · {instantCell(one().shippedAt ?? one().at, props.zone)}
              </>
            }
          />
          <PalletWork space={props.space} pallet={one()} here={here.data} acts={acts} works={works()} />
        </div>
      )}
    </Show>
  );
}
