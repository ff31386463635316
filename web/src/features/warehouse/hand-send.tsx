import { useNavigate, useParams } from "@solidjs/router";
import { cleanBin } from "@yihao/warehouse/bin-code";
import type { Content } from "@yihao/warehouse/model";
import { readScan } from "@yihao/warehouse/scan";
import { mostTransferLines } from "@yihao/warehouse/transfer-model";
import { createMemo, createSignal, For, Show } from "solid-js";
import { count, joined } from "../../format.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/choice-field.tsx";
import { EmptyState, Note, Unread } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { TaskSteps } from "../../ui/steps.tsx";
import { doStep, requests, useElevation, useListed, useOwners } from "./hand-data.ts";
import { GoodsInside, GoodsTaken, goodsNamed } from "./hand-goods.tsx";
import { HandShell } from "./hand-shell.tsx";
import { handTransferWords } from "./hand-transfer-words.ts";
import { handWords } from "./hand-words.ts";
import { lookupWords } from "./lookup-words.ts";
import { useWarehousesHere } from "./warehouse-here.ts";

type Loaded = { readonly goods: Content; readonly bin: string; readonly units: number };
const sameGoods = (one: Content, other: Content) =>
  one.bin === other.bin && one.product === other.product && one.lot === other.lot;

/** Sends goods to another warehouse (发调拨): bin → what → how many, line by line, then all of it in one transfer. */
export default function HandSend() {
  const t = handTransferWords();
  const l = lookupWords();
  const h = handWords();
  const params = useParams<{ space: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const owners = useOwners(space);
  const here = () => warehouses.data?.[0]?.id;
  const others = () => warehouses.data?.slice(1) ?? [];
  const map = useElevation(space, here);
  const [target, setTarget] = createSignal("");
  const to = () => others().find(({ id }) => id === target()) ?? others()[0];
  const [load, setLoad] = createSignal<readonly Loaded[]>([]);
  const listed = useListed(space);
  const [from, setFrom] = createSignal<string>();
  const [goods, setGoods] = createSignal<Content>();
  const [units, setUnits] = createSignal(1);
  const [say, setSay] = createSignal<{ tone: "bad" | "good"; text: string }>();
  const [busy, setBusy] = createSignal(false);
  const loadedOf = (one: Content) => load().find((other) => sameGoods(other.goods, one))?.units ?? 0;
  const inside = createMemo(() =>
    (map.data?.contents ?? [])
      .filter((one) => one.place === "bin" && one.bin === from() && !one.hidden)
      .map((one) => ({ ...one, units: one.units - loadedOf(one) }))
      .filter((one) => one.units > 0),
  );
  const chosen = () => {
    const wanted = goods();
    return wanted && inside().find((one) => sameGoods(one, wanted));
  };
  const at = () => (from() === undefined ? "from" : chosen() === undefined ? "goods" : "units");
  const sum = () => load().reduce((all, one) => all + one.units, 0);
  const wrong = (text: string) => {
    signal(false);
    setSay({ tone: "bad", text });
  };
  const right = () => {
    signal(true);
    setSay(undefined);
  };
  const choose = (one: Content) => {
    const company = load()[0]?.goods.company;
    if (company !== undefined && company !== one.company)
      return wrong(t.otherOwner(owners.data?.find((owner) => owner.company === company)?.name ?? ""));
    if (load().length >= mostTransferLines && loadedOf(one) === 0) return wrong(t.full(mostTransferLines));
    setGoods(one);
    setUnits(one.units);
    right();
  };
  const onCode = (code: string) => {
    if (at() === "goods") {
      const found = goodsNamed(code, inside(), listed);
      return found ? choose(found) : wrong(l.notInBin);
    }
    const scan = readScan(code, new Date().getFullYear());
    const bin = cleanBin(scan.ok ? scan.value.text : code);
    if (!map.data?.bins.some((one) => one.code === bin)) return wrong(l.binUnknown);
    setFrom(bin);
    setGoods(undefined);
    right();
  };
  const add = () => {
    const one = chosen();
    if (!one) return;
    const before = loadedOf(one);
    setLoad((all) => [
      ...all.filter((other) => !sameGoods(other.goods, one)),
      { goods: one, bin: one.bin ?? "", units: before + units() },
    ]);
    setFrom(undefined);
    setGoods(undefined);
    right();
  };
  const send = async () => {
    const [place, other, all] = [here(), to(), load()];
    const company = all[0]?.goods.company;
    if (!place || !other || company === undefined) return;
    setBusy(true);
    try {
      const lines = all.map(({ goods: { product, lot }, bin, units }) => ({
        ...{ product, bin, units },
        ...(lot === undefined ? {} : { lot }),
      }));
      const { kept } = await doStep(
        "transfer-send",
        requests.transfer(params.space),
        { company, from: place, to: other.id, lines },
        {
          ...{
            name: joined(all.map(({ goods: { name } }) => name)).slice(0, 120),
            units: sum(),
            company,
          },
          lines: all.map(({ goods: { product, name, code, gtin, lot }, bin, units }) => ({
            ...{ product, name, code, gtin, lot, bin, units },
          })),
        },
      );
      signal(true);
      setLoad([]);
      setSay({ tone: "good", text: kept ? t.sentKept(other.name) : t.sent(other.name) });
    } catch (error) {
      wrong(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const mark = (step: "from" | "goods" | "units") => {
    const order = ["from", "goods", "units"];
    const [one, now] = [order.indexOf(step), order.indexOf(at())];
    return one < now ? ("done" as const) : one === now ? ("now" as const) : ("next" as const);
  };
  return (
    <HandShell
      title={t.send}
      onBack={() => navigate(`/s/${params.space}/wh`)}
      foot={
        <Show
          when={at() === "units"}
          fallback={
            <Button
              kind="primary"
              size="xxl"
              icon="outbound"
              block
              busy={busy()}
              disabled={load().length === 0 || !to()}
              onClick={() => void send()}
            >
              {t.sendNow(count(sum()))}
            </Button>
          }
        >
          <Button size="xxl" icon="undo" onClick={() => setFrom(undefined)}>
            {l.startAnew}
          </Button>
          <Button kind="primary" size="xxl" icon="plus" block disabled={units() < 1} onClick={add}>
            {t.add(units())}
          </Button>
        </Show>
      }
    >
      <Show when={map.data && warehouses.data} fallback={<Unread asked={map} title={l.notRead} rows={4} />}>
        <Show when={to()} fallback={<EmptyState title={t.one} />}>
          {(other) => (
            <>
              <div class="border-b border-line p-4">
                <SelectField
                  label={t.toWarehouse}
                  size="lg"
                  bind={bound(() => other().id as string, setTarget)}
                  options={others().map((one) => ({ value: one.id as string, label: one.name }))}
                />
              </div>
              <TaskSteps
                steps={[
                  { label: h.steps.bin, state: mark("from") },
                  { label: h.steps.product, state: mark("goods") },
                  { label: h.steps.units, state: mark("units") },
                ]}
              />
              <ScanField label={at() === "from" ? l.from : l.goods} onCode={onCode} />
              <div class="flex flex-col gap-4 p-4">
                <Show when={say()}>
                  {(one) => (
                    <Note tone={one().tone} alert={one().tone === "bad"}>
                      {one().text}
                    </Note>
                  )}
                </Show>
                <Show when={from()}>
                  {(bin) => (
                    <Plate size="xl" tone="solid">
                      {bin()}
                    </Plate>
                  )}
                </Show>
                <Show when={chosen()}>
                  {(one) => <GoodsTaken goods={one()} label={t.units} units={bound(units, setUnits)} />}
                </Show>
                <Show when={at() === "goods"}>
                  <GoodsInside rows={inside()} onChoose={choose} />
                </Show>
                <Show when={at() === "from"}>
                  <Show when={load().length > 0} fallback={<p class="text-fg-2">{t.loadNone}</p>}>
                    <h2 class="border-t border-line pt-4 text-xs text-fg-2">{t.load(load().length, count(sum()))}</h2>
                    <ul>
                      <For each={load()}>
                        {(one) => (
                          <li class="flex min-h-16 items-center gap-3 border-b border-line">
                            <span class="min-w-0 flex-1">
                              <Plate>{one.bin}</Plate> {[one.goods.name, one.goods.lot].filter(Boolean).join(" · ")}
                            </span>
                            <span class="tabular-nums">{count(one.units)}</span>
                            <IconButton
                              icon="close"
                              size="xl"
                              label={t.remove(one.goods.name)}
                              onClick={() => setLoad((all) => all.filter((other) => other !== one))}
                            />
                          </li>
                        )}
                      </For>
                    </ul>
                  </Show>
                </Show>
              </div>
            </>
          )}
        </Show>
      </Show>
    </HandShell>
  );
}
