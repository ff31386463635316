import { useNavigate, useParams, useSearchParams } from "@solidjs/router";
import { cleanBin } from "@yihao/warehouse/bin-code";
import type { Content } from "@yihao/warehouse/model";
import { readScan } from "@yihao/warehouse/scan";
import { createMemo, createSignal, Show } from "solid-js";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Note, Unread } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { TaskSteps } from "../../ui/steps.tsx";
import { doStep, requests, useElevation, useListed } from "./hand-data.ts";
import { GoodsInside, GoodsTaken, goodsNamed } from "./hand-goods.tsx";
import { HandShell } from "./hand-shell.tsx";
import { handWords } from "./hand-words.ts";
import { lookupWords } from "./lookup-words.ts";
import { useWarehousesHere } from "./warehouse-here.ts";

/** Moves goods from bin to bin: where from → what → where to → how many (移库). */
export default function HandMove() {
  const t = lookupWords();
  const h = handWords();
  const params = useParams<{ space: string }>();
  const [search] = useSearchParams<{ bin?: string }>();
  const navigate = useNavigate();
  const space = () => params.space;
  const warehouses = useWarehousesHere(space);
  const warehouse = () => warehouses.data?.[0]?.id;
  const map = useElevation(space, warehouse);
  const listed = useListed(space);
  const [from, setFrom] = createSignal(typeof search.bin === "string" ? search.bin : undefined);
  const [goods, setGoods] = createSignal<{ product: string; lot: string | undefined }>();
  const [to, setTo] = createSignal<string>();
  const [units, setUnits] = createSignal(1);
  const [say, setSay] = createSignal<{ tone: "bad" | "good"; text: string }>();
  const [busy, setBusy] = createSignal(false);
  const inside = createMemo(() =>
    (map.data?.contents ?? []).filter(
      (one) => one.place === "bin" && one.bin === from() && !one.hidden && one.units > 0,
    ),
  );
  const chosen = () => inside().find((one) => one.product === goods()?.product && one.lot === goods()?.lot);
  const at = () => (from() === undefined ? "from" : !chosen() ? "goods" : to() === undefined ? "to" : "units");
  const isBin = (code: string) => map.data?.bins.some((bin) => bin.code === code) ?? false;
  const right = () => {
    signal(true);
    setSay(undefined);
  };
  const wrong = (text: string) => {
    signal(false);
    setSay({ tone: "bad", text });
  };
  const choose = (one: Content) => {
    setGoods({ product: one.product, lot: one.lot });
    setUnits(one.units);
    right();
  };
  const anew = () => {
    setFrom(undefined);
    setGoods(undefined);
    setTo(undefined);
  };
  const onCode = (code: string) => {
    const scan = readScan(code, new Date().getFullYear());
    const bin = cleanBin(scan.ok ? scan.value.text : code);
    if (at() === "from") {
      if (!isBin(bin)) return wrong(t.binUnknown);
      setFrom(bin);
      return right();
    }
    if (at() === "goods") {
      const found = goodsNamed(code, inside(), listed);
      return found ? choose(found) : wrong(t.notInBin);
    }
    if (!isBin(bin)) return wrong(t.binUnknown);
    if (bin === from()) return wrong(t.sameBin);
    setTo(bin);
    right();
  };
  const confirm = async () => {
    const [place, source, one, target] = [warehouse(), from(), chosen(), to()];
    if (!place || !source || !one || !target) return;
    setBusy(true);
    try {
      const { product, name, code, gtin, company, lot } = one;
      const amount = units();
      const wish = { warehouse: place, product, units: amount, from: source, to: target };
      const { kept } = await doStep(
        "move",
        requests.move(params.space),
        { ...wish, ...(lot === undefined ? {} : { lot }) },
        { ...{ product, name, code, gtin, company, lot }, bin: source, to: target, units: amount },
      );
      signal(true);
      setSay({ tone: "good", text: kept ? t.movedKept(amount, target) : t.moved(amount, target) });
      anew();
    } catch (error) {
      wrong(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const mark = (step: "from" | "goods" | "to") => {
    const order = ["from", "goods", "to", "units"];
    const [here, now] = [order.indexOf(step), order.indexOf(at())];
    return here < now ? ("done" as const) : here === now ? ("now" as const) : ("next" as const);
  };
  return (
    <HandShell
      title={t.moveTitle}
      onBack={() => navigate(`/s/${params.space}/wh`)}
      foot={
        <>
          <Show when={from() !== undefined}>
            <Button size="xxl" icon="undo" onClick={anew}>
              {t.startAnew}
            </Button>
          </Show>
          <Button
            kind="primary"
            size="xxl"
            icon="check"
            block
            busy={busy()}
            disabled={at() !== "units" || units() < 1}
            onClick={() => void confirm()}
          >
            {at() === "units" ? t.confirm(units()) : t[at() as "from" | "goods" | "to"]}
          </Button>
        </>
      }
    >
      <TaskSteps
        steps={[
          { label: t.fromLabel, state: mark("from") },
          { label: h.steps.product, state: mark("goods") },
          { label: t.toLabel, state: mark("to") },
        ]}
      />
      <ScanField label={at() === "from" ? t.from : at() === "goods" ? t.goods : t.to} onCode={onCode} />
      <Show when={map.data} fallback={<Unread asked={map} title={t.notRead} rows={4} />}>
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
              <p class="flex flex-wrap items-center gap-3">
                <Plate size="xl" {...(to() === undefined ? { tone: "solid" as const } : {})}>
                  {bin()}
                </Plate>
                <Show when={to()}>
                  {(target) => (
                    <>
                      →{" "}
                      <Plate size="xl" tone="solid">
                        {target()}
                      </Plate>
                    </>
                  )}
                </Show>
              </p>
            )}
          </Show>
          <Show when={chosen()}>
            {(one) => <GoodsTaken goods={one()} label={t.units} units={bound(units, setUnits)} />}
          </Show>
          <Show when={at() === "goods"}>
            <GoodsInside rows={inside()} onChoose={choose} />
          </Show>
        </div>
      </Show>
    </HandShell>
  );
}
