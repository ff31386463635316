import { useParams } from "@solidjs/router";
import { addressOf, cleanBin, wayTo } from "@yihao/warehouse/bin-code";
import { lotOfScan } from "@yihao/warehouse/lot";
import { readScan, type Scan, scanNames, scanUnits } from "@yihao/warehouse/scan";
import { createEffect, createMemo, createSignal, type JSX, on, Show } from "solid-js";
import { joined } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { Status, StatusMark } from "../../ui/status.tsx";
import { TaskSteps } from "../../ui/steps.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { Bricks } from "../../ui/ticks.tsx";
import { useListed } from "./hand-data.ts";
import { HandShell } from "./hand-shell.tsx";
import { handWords } from "./hand-words.ts";
import { InPacks } from "./in-packs.tsx";

type Goods = { id: string; name: string; code: string; gtin?: string | undefined };
type Wrong = { what: "bin" | "product" | "lot"; got: string; why?: string };

/** The way from a wrong bin to the right one, in words. */
function wayWords(from: string, to: string): string {
  const t = handWords();
  const way = wayTo(from, to);
  if (!way) return "";
  const parts: string[] = [];
  if (way.racks !== 0) parts.push(t.racks(way.racks));
  if (way.columns !== 0) parts.push(t.columns(way.columns));
  if (way.racks === 0 && way.columns === 0 && way.levels !== 0) parts.push(t.sameBay);
  if (way.levels !== 0) parts.push(t.levels(way.levels));
  return joined(parts);
}

/**
 * One task fills the screen: where → what → how many → confirm. A wrong scan is not recorded and says where to go. Without a `bin` the
 * task begins with the goods.
 */
export function TaskScreen(props: {
  title: string;
  onBack: () => void;
  /** A new key is a new task: everything is to be scanned again. */
  task: string;
  bin?: string | undefined;
  product: Goods;
  /** The lot or serial that is wanted; a scan that names another one is wrong. */
  lot?: string | undefined;
  expiry?: string | undefined;
  note?: string;
  units: number;
  most?: number;
  unitsLabel: string;
  progress?: { done: number; total: number };
  busy: boolean;
  problem: unknown;
  onConfirm: (units: number, scans: { bin: string; product: string }) => void;
  onShort?: (units: number) => void;
  /** Given when another bin than the wanted one may be taken: whether a scanned code is one. */
  mayTake?: (bin: string) => boolean;
  /** Hears that a scanned bin is to be the one of this task. */
  onTake?: (bin: string) => void;
  /** Given when the units follow from what was scanned, as serials do. */
  fixedUnits?: number | undefined;
  /** Hears every right scan of the goods, and when their units are entered any other code: true when it took it. */
  onScan?: (scan: Scan, names: boolean) => boolean;
  more?: (units: number) => JSX.Element;
  below?: JSX.Element;
}) {
  const t = handWords();
  const [binScan, setBinScan] = createSignal<string>();
  const [productScan, setProductScan] = createSignal<string>();
  const [wrong, setWrong] = createSignal<Wrong>();
  const [units, setUnits] = createSignal(props.units);
  const params = useParams<{ space: string }>();
  const listed = useListed(() => params.space);
  const packs = () => listed(props.product.id)?.packs;
  /** Units that a right scan of the goods stands for: of a pack, those in it. */
  const [scanned, setScanned] = createSignal(1);
  // A memo: the same task read again, after someone else's work say, keeps what has been scanned.
  const task = createMemo(() => props.task);
  createEffect(
    on(task, () => {
      setBinScan(undefined);
      setProductScan(undefined);
      setWrong(undefined);
      setUnits(props.units);
    }),
  );
  // More or fewer of the same goods, by somebody else's work: what was scanned stays right, and a number that the person set stays theirs.
  createEffect(
    on(
      () => props.units,
      (now, before) => {
        if (units() === before) setUnits(now);
      },
    ),
  );
  const at = () =>
    props.bin !== undefined && binScan() === undefined ? "bin" : productScan() === undefined ? "product" : "units";
  /** What is wrong with a scanned product, or undefined when it is the one that is wanted. */
  const productFault = (code: string): Wrong | undefined => {
    const scan = readScan(code, new Date().getFullYear());
    if (!scan.ok) return { what: "product", got: code, why: explain(new Problem({ ...scan.refusal, status: 400 })) };
    const named = { ...props.product, packs: packs() };
    setScanned(scanUnits(scan.value, named) ?? 1);
    if (!scanNames(scan.value, named)) {
      if (at() === "units" && props.onScan?.(scan.value, false)) return undefined;
      // A serial alone names the goods whose it is.
      return scan.value.text === props.lot ? undefined : { what: "product", got: scan.value.text };
    }
    const lot = lotOfScan({ track: scan.value.serial === undefined ? "lot" : "serial" }, scan.value);
    if (props.lot !== undefined && lot !== undefined && lot !== props.lot) return { what: "lot", got: lot };
    props.onScan?.(scan.value, true);
    return undefined;
  };
  const onCode = (code: string) => {
    const step = at();
    const got = readScan(code, new Date().getFullYear());
    const text = got.ok ? got.value.text : code;
    const fault: Wrong | undefined =
      step !== "bin"
        ? productFault(code)
        : cleanBin(text) === cleanBin(props.bin ?? "")
          ? undefined
          : { what: "bin", got: text };
    signal(fault === undefined);
    if (step === "units") {
      if (fault) setWrong(fault);
      else if (props.fixedUnits === undefined)
        setUnits((now) => Math.min(now + scanned(), props.most ?? now + scanned()));
      return;
    }
    setWrong(fault);
    if (fault) return;
    if (step === "bin") setBinScan(cleanBin(text));
    else setProductScan(code);
  };
  const mark = (step: "bin" | "product" | "units") => {
    const order = ["bin", "product", "units"];
    if (wrong()?.what === step || (step === "product" && wrong()?.what === "lot")) return "wrong" as const;
    const [here, now] = [order.indexOf(step), order.indexOf(at())];
    return here < now ? ("done" as const) : here === now ? ("now" as const) : ("next" as const);
  };
  const address = () => addressOf(props.bin ?? "");
  const plain = (name: string) => name.replace(/^0+(?=\d)/, "");
  const want = () => props.product.gtin ?? props.product.code;
  const taken = () => props.fixedUnits ?? units();
  /** The bin that was scanned in place of the wanted one becomes the one of this task, and is scanned with that. */
  const takeHere = (got: string) => {
    const bin = cleanBin(got);
    props.onTake?.(bin);
    setWrong(undefined);
    setBinScan(bin);
  };
  const ready = () => at() === "units" && wrong() === undefined && taken() > 0;
  const confirm = () => {
    if (ready() && !props.busy)
      props.onConfirm(taken(), { bin: binScan() ?? props.bin ?? "", product: productScan() ?? "" });
  };

  return (
    <HandShell
      title={props.title}
      onBack={props.onBack}
      foot={
        <>
          <Show when={props.onShort}>
            {(short) => (
              <Button size="xxl" icon="flag" onClick={() => short()(at() === "units" ? units() : 0)}>
                {t.short}
              </Button>
            )}
          </Show>
          <Show
            when={wrong()}
            fallback={
              <Button
                kind="primary"
                size="xxl"
                icon="check"
                block
                busy={props.busy}
                disabled={!ready()}
                onClick={confirm}
              >
                {at() === "bin" ? t.scanBin : at() === "product" ? t.scanProduct : t.confirm(taken())}
              </Button>
            }
          >
            {(one) => (
              <Button kind="primary" size="xxl" icon="scan" block onClick={() => setWrong(undefined)}>
                {t.again(t.steps[one().what === "bin" ? "bin" : "product"])}
              </Button>
            )}
          </Show>
        </>
      }
    >
      <Show when={props.progress}>
        {(progress) => (
          <div class="px-4 py-2">
            <Bricks
              total={progress().total}
              done={progress().done}
              using={1}
              label={t.lineOf(progress().done + 1, progress().total)}
            />
            <p class="mt-1 text-xs text-fg-2">{t.lineOf(progress().done + 1, progress().total)}</p>
          </div>
        )}
      </Show>
      <TaskSteps
        steps={[
          ...(props.bin === undefined ? [] : [{ label: t.steps.bin, state: mark("bin") }]),
          { label: t.steps.product, state: mark("product") },
          { label: t.steps.units, state: mark("units") },
        ]}
      />
      <ScanField label={at() === "bin" ? t.scanBin : t.scanProduct} onCode={onCode} />
      <Show when={wrong()}>
        {(one) => (
          <div role="alert">
            <div class="flex items-center gap-3 bg-bad px-4 py-4 text-fg-on-solid">
              <span class="bg-surface p-1">
                <StatusMark shape="octagon" tone="bad" size={24} />
              </span>
              <span>
                <b class="block text-lg">
                  {one().what === "bin" ? t.binWrong : one().what === "lot" ? t.lotWrong : t.productWrong}
                </b>
                <Show when={one().what === "bin"} fallback={one().why}>
                  {wayWords(one().got, props.bin ?? "")}
                </Show>
              </span>
            </div>
            <dl class="flex flex-col gap-3 border-b border-line p-4">
              <div class="flex items-center gap-4">
                <dt class="min-w-16 text-fg-2">{t.scanned}</dt>
                <dd class="break-all font-mono text-xl text-bad-fg line-through">{one().got}</dd>
              </div>
              <div class="flex items-center gap-4">
                <dt class="min-w-16 text-fg-2">{one().what === "bin" ? t.goTo : t.want}</dt>
                <dd>
                  <Show
                    when={one().what === "bin"}
                    fallback={<b class="font-mono text-lg">{one().what === "lot" ? props.lot : want()}</b>}
                  >
                    <Plate size="lg" tone="solid">
                      {props.bin}
                    </Plate>
                  </Show>
                </dd>
              </div>
            </dl>
            <Show when={one().what === "bin" && props.mayTake?.(cleanBin(one().got))}>
              <div class="border-b border-line p-4">
                <Button size="xxl" block onClick={() => takeHere(one().got)}>
                  {t.putHere(cleanBin(one().got))}
                </Button>
              </div>
            </Show>
          </div>
        )}
      </Show>
      <div class="flex flex-col gap-4 p-4">
        <Show when={props.problem !== undefined}>
          <Note tone="bad" alert>
            {explain(props.problem)}
          </Note>
        </Show>
        <Show when={props.bin !== undefined && wrong() === undefined}>
          <p>
            <Plate size="xl" tone="solid">
              {props.bin}
            </Plate>
          </p>
          <Show when={address()}>
            {(parts) => (
              <p class="text-fg-2">{t.address(plain(parts().rack), plain(parts().column), plain(parts().level))}</p>
            )}
          </Show>
        </Show>
        <div class="border-t border-line pt-4">
          <b class="text-lg">{props.product.name}</b>
          <p class="font-mono text-fg-2">{want()}</p>
          <Show when={props.lot}>
            {(lot) => (
              <p class="mt-2 flex flex-wrap items-center gap-2">
                <span class="text-fg-2">{t.lot}</span> <Plate size="lg">{lot()}</Plate>
                <Show when={props.expiry}>{(day) => <span class="text-fg-2">{t.until(day())}</span>}</Show>
              </p>
            )}
          </Show>
          <Show when={props.note}>
            <p class="text-fg-2">{props.note}</p>
          </Show>
        </div>
        <Show when={at() === "units"} fallback={<p class="text-md">{props.unitsLabel}</p>}>
          <Show when={props.fixedUnits === undefined}>
            <Stepper
              label={props.unitsLabel}
              size="xl"
              min={0}
              {...(props.most === undefined ? {} : { max: props.most })}
              bind={bound(units, setUnits)}
            />
            <InPacks units={units()} packs={packs()} />
          </Show>
          {props.more?.(taken())}
          <Status is="in" text={props.bin === undefined ? t.productRight : t.allRight} />
        </Show>
        {props.below}
      </div>
    </HandShell>
  );
}

/** A screen between tasks: what is done, and what comes next. */
export function TaskDone(props: {
  title: string;
  say: string;
  onBack: () => void;
  children?: JSX.Element;
  foot?: JSX.Element;
}) {
  return (
    <HandShell title={props.title} onBack={props.onBack} {...(props.foot === undefined ? {} : { foot: props.foot })}>
      <div class="flex flex-col gap-4 p-4">
        <p class="text-lg">{props.say}</p>
        {props.children}
      </div>
    </HandShell>
  );
}
