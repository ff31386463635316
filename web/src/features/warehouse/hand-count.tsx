import { useNavigate, useParams } from "@solidjs/router";
import { cleanBin } from "@yihao/warehouse/bin-code";
import { isTracked, lotOfScan } from "@yihao/warehouse/lot";
import { readScan, scanNames, scanUnits } from "@yihao/warehouse/scan";
import { createEffect, createSignal, For, Index, Show } from "solid-js";
import { sentences } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { bound } from "../../ui/binding.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { Sheet } from "../../ui/overlay.tsx";
import { Plate } from "../../ui/plate.tsx";
import { ScanField } from "../../ui/scan-field.tsx";
import { signal } from "../../ui/signals.ts";
import { Stepper, TextField } from "../../ui/text-field.tsx";
import { goodsNamed } from "./count-data.ts";
import { type CountedGoods, type CountedLine, keepBin, keptBin } from "./count-kept.ts";
import { doStep, requests, useCatalogue, useCount, useOwners } from "./hand-data.ts";
import { HandShell } from "./hand-shell.tsx";
import { stepWords } from "./hand-step-words.ts";
import { handWords } from "./hand-words.ts";
import { TaskReading } from "./task-reading.tsx";
import { TaskDone } from "./task-screen.tsx";
import { docNumber } from "./view.ts";

type Goods = CountedGoods;
type Line = CountedLine;

/** Counts bin after bin by scanning, blind: what is on record is nowhere on this screen (盲盘). */
export default function HandCount() {
  const t = handWords();
  const params = useParams<{ space: string; count: string }>();
  const navigate = useNavigate();
  const read = useCount(
    () => params.space,
    () => params.count,
  );
  const owners = useOwners(() => params.space);
  const began = keptBin(params.count);
  const [bin, setBin] = createSignal<string | undefined>(began?.bin);
  const [lines, setLines] = createSignal<Line[]>(began?.lines ?? []);
  const [say, setSay] = createSignal<{ tone: "bad" | "info" | "warn"; text: string }>();
  const [choosing, setChoosing] = createSignal<{ goods: Goods[]; code: string }>();
  const [busy, setBusy] = createSignal(false);
  const s = stepWords();
  const catalogue = useCatalogue(() => params.space);
  /** When the counting of this bin began, by the phone's clock. */
  let since = began?.since ?? "";
  /** Scans are looked up one after another, in their order, however fast they come. */
  let queue: Promise<unknown> = Promise.resolve();
  const known = new Map<string, Goods[]>();

  // Kept while it is counted; whoever goes back finds it when they scan the bin again.
  createEffect(() => {
    const at = bin();
    if (at !== undefined) keepBin(params.count, { bin: at, since, lines: lines() });
  });
  // Somebody else handed it in meanwhile, or the count is over.
  createEffect(() => {
    const [at, all] = [bin(), read.data?.items];
    if (
      busy() ||
      at === undefined ||
      all === undefined ||
      all.some((one) => one.code === at && one.state !== "counted")
    )
      return;
    keepBin(params.count, undefined);
    setBin(undefined);
    setLines([]);
  });

  const home = () => navigate(`/s/${params.space}/wh`);
  const open = () => read.data?.items.filter((one) => one.state !== "counted") ?? [];
  const going = () => read.data?.state === "requested" || read.data?.state === "counting";
  const total = () => lines().reduce((sum, line) => sum + line.units, 0);
  const ownerName = (company: string) => owners.data?.find((one) => one.company === company)?.name ?? company;
  const wrong = (text: string) => {
    signal(false);
    setSay({ tone: "bad", text });
  };

  const begin = async (code: string) => {
    const found = open().find((one) => one.code === cleanBin(code));
    if (!found) return wrong(t.binWrong);
    setBusy(true);
    try {
      const kept = keptBin(params.count);
      const goesOn = kept?.bin === found.code && kept.lines.length > 0 ? kept : undefined;
      since = goesOn?.since ?? new Date().toISOString();
      const path = requests.begin(params.space, params.count, found.code);
      await doStep("count-begin", path, undefined, { count: params.count, bin: found.code });
      signal(true);
      setSay(goesOn ? { tone: "info", text: t.countGoesOn } : undefined);
      setLines(goesOn?.lines ?? []);
      setBin(found.code);
    } catch (error) {
      wrong(explain(error));
      void read.refetch();
    } finally {
      setBusy(false);
    }
  };
  const add = (goods: Goods, code: string) => {
    const scan = readScan(code, new Date().getFullYear());
    const lot = (scan.ok && isTracked(goods) ? lotOfScan(goods, scan.value) : undefined) ?? "";
    signal(true);
    setSay(undefined);
    const at = lines().findIndex((line) => line.goods.id === goods.id && line.lot === lot);
    const units = (scan.ok ? scanUnits(scan.value, goods) : undefined) ?? 1;
    if (at < 0) setLines([{ goods, lot, units }, ...lines()]);
    else if (goods.track !== "serial" || lot === "") change(at, { units: (lines()[at]?.units ?? 0) + units });
  };
  const change = (at: number, what: Partial<Line>) =>
    setLines(lines().map((line, index) => (index === at ? { ...line, ...what } : line)));
  /** What a code names: the server knows, and without it what this phone has read of all products. */
  const named = async (code: string): Promise<Goods[]> => {
    try {
      return await goodsNamed(params.space, params.count, code);
    } catch (error) {
      const all = catalogue.data;
      if (!(error instanceof Problem) || error.status !== 0 || all === undefined) throw error;
      const scan = readScan(code, new Date().getFullYear());
      return scan.ok ? all.filter((one) => scanNames(scan.value, one)) : [];
    }
  };
  const scanned = async (code: string) => {
    try {
      const found = known.get(code) ?? (await named(code));
      known.set(code, found);
      const [only] = found;
      if (!only) return wrong(t.unknownGoods(code));
      if (found.length > 1) {
        const here = lines().find((line) => found.some((one) => one.id === line.goods.id));
        if (here) add(here.goods, code);
        else setChoosing({ goods: found, code });
      } else add(only, code);
    } catch (error) {
      wrong(explain(error));
    }
  };
  const onCode = (code: string) => {
    const at = bin();
    if (at === undefined) return void begin(code);
    // A bin is no product: whoever stands before another one of this count goes on there, or hands in this one first.
    const other = read.data?.items.find((one) => one.code === cleanBin(code));
    if (other === undefined) queue = queue.then(() => scanned(code));
    else if (other.code === at) signal(true);
    else if (lines().length > 0) wrong(t.countFirst(at));
    else void begin(code);
  };
  const finish = async () => {
    const code = bin();
    if (code === undefined) return;
    if (lines().some((line) => isTracked(line.goods) && line.lot.trim() === "")) return wrong(t.needLot);
    setBusy(true);
    try {
      await queue;
      const found = lines().map(({ goods, lot, units }) => ({
        ...{ product: goods.id, units },
        ...(isTracked(goods) ? { lot: lot.trim() } : {}),
      }));
      const path = requests.found(params.space, params.count, code);
      const about = { count: params.count, bin: code, units: total() };
      const { kept, answer } = await doStep("count-found", path, { lines: found, since }, about);
      const again = (answer as { again?: boolean } | undefined)?.again === true;
      // Said once the bin stands among those to count again, so that whoever scans it at once is heard.
      if (again) await read.refetch();
      signal(!again);
      const noted = kept ? sentences([t.countedBin(code), s.keptHere]) : t.countedBin(code);
      setSay(again ? { tone: "warn", text: t.countAgain(code) } : { tone: "info", text: noted });
      keepBin(params.count, undefined);
      setBin(undefined);
      setLines([]);
    } catch (error) {
      wrong(explain(error));
    } finally {
      setBusy(false);
    }
  };

  const title = () => `${t.count} ${docNumber(params.count)}`;
  const back = () => (bin() === undefined ? home() : setBin(undefined));
  return (
    <Show
      when={read.data}
      fallback={
        <TaskReading
          title={title()}
          notRead={t.notRead}
          problem={read.error}
          onBack={home}
          onRetry={() => void read.refetch()}
        />
      }
    >
      <Show
        when={going()}
        fallback={
          <TaskDone
            title={title()}
            say={read.data?.state === "to-review" ? t.allCounted : t.countOver}
            onBack={home}
            foot={
              <Button kind="primary" size="xxl" block onClick={home}>
                {t.toHome}
              </Button>
            }
          />
        }
      >
        <HandShell
          title={title()}
          onBack={back}
          foot={
            <Show
              when={bin()}
              fallback={
                <span class="w-full p-2 text-center text-md text-fg-2">
                  {t.countNote(read.data?.done ?? 0, read.data?.bins ?? 0)}
                </span>
              }
            >
              <Button kind="primary" size="xxl" icon="check" block busy={busy()} onClick={() => void finish()}>
                {lines().length === 0 ? t.emptyBin : t.binDone(total())}
              </Button>
            </Show>
          }
        >
          <ScanField label={bin() === undefined ? t.countBin : t.countGoods} onCode={onCode} />
          <div class="flex flex-col gap-4 p-4">
            <Show when={say()}>
              {(one) => (
                <Note tone={one().tone} alert={one().tone === "bad"}>
                  {one().text}
                </Note>
              )}
            </Show>
            <Show
              when={bin()}
              fallback={
                <>
                  <h2 class="text-xs text-fg-2">{t.binsLeft}</h2>
                  <ul>
                    <For each={open()}>
                      {(one) => (
                        <li class="flex min-h-14 items-center gap-3 border-b border-line">
                          <Plate size="lg">{one.code}</Plate>
                          <Show when={one.round > 1}>
                            <span class="text-warn-fg">{t.onceMore}</span>
                          </Show>
                        </li>
                      )}
                    </For>
                  </ul>
                </>
              }
            >
              {(code) => (
                <>
                  <p>
                    <Plate size="xl" tone="solid">
                      {code()}
                    </Plate>
                  </p>
                  <p class="text-fg-2">{t.countSay}</p>
                  <ul>
                    <Index each={lines()}>
                      {(line, at) => (
                        <li class="flex flex-col gap-3 border-t border-line py-4">
                          <div class="flex items-start gap-3">
                            <span class="min-w-0 flex-1">
                              <b class="block text-md">{line().goods.name}</b>
                              <span class="text-fg-2">
                                {ownerName(line().goods.company)} · <span class="font-mono">{line().goods.code}</span>
                              </span>
                            </span>
                            <IconButton
                              icon="close"
                              size="xl"
                              label={t.removeLine(line().goods.name)}
                              onClick={() => setLines(lines().filter((_, index) => index !== at))}
                            />
                          </div>
                          <Show when={isTracked(line().goods)}>
                            <TextField
                              label={t.lot}
                              size="xl"
                              mono
                              maxLength={20}
                              bind={bound(
                                () => line().lot,
                                (lot) => change(at, { lot }),
                              )}
                            />
                          </Show>
                          <Show when={line().goods.track !== "serial"}>
                            <Stepper
                              label={t.steps.units}
                              size="xl"
                              min={0}
                              bind={bound(
                                () => line().units,
                                (units) => change(at, { units }),
                              )}
                            />
                          </Show>
                        </li>
                      )}
                    </Index>
                  </ul>
                </>
              )}
            </Show>
          </div>
        </HandShell>
        <Sheet open={choosing() !== undefined} onClose={() => setChoosing(undefined)} title={t.whose}>
          <div class="flex flex-col gap-2">
            <For each={choosing()?.goods}>
              {(goods) => (
                <Button
                  size="xl"
                  block
                  onClick={() => {
                    add(goods, choosing()?.code ?? "");
                    setChoosing(undefined);
                  }}
                >
                  {ownerName(goods.company)} · {goods.name}
                </Button>
              )}
            </For>
          </div>
        </Sheet>
      </Show>
    </Show>
  );
}
