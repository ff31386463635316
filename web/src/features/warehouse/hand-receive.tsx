import { useNavigate, useParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import { count } from "../../format.ts";
import { bound } from "../../ui/binding.ts";
import { LinkButton } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { Stepper } from "../../ui/text-field.tsx";
import { createGoodsEntered } from "./goods-entered.ts";
import { parcelsOf } from "./hand-ahead.ts";
import { doStep, requests, useAsn, useListed } from "./hand-data.ts";
import { handWords } from "./hand-words.ts";
import { PalletArrival } from "./pallet-arrival.tsx";
import { createAttempt, OtherLines, TaskReading } from "./task-reading.tsx";
import { TaskDone, TaskScreen } from "./task-screen.tsx";
import { TrackFields } from "./track-fields.tsx";
import { docNumber } from "./view.ts";

/** Receives an inbound notice line by line: what → how many, damaged ones and what is short named (收货). */
export default function HandReceive() {
  const t = handWords();
  const params = useParams<{ space: string; asn: string }>();
  const navigate = useNavigate();
  const asn = useAsn(
    () => params.space,
    () => params.asn,
  );
  const [chosen, setChosen] = createSignal<number>();
  const [damaged, setDamaged] = createSignal(0);
  const [final, setFinal] = createSignal(false);
  const { busy, problem, attempt } = createAttempt();
  const open = () => asn.data?.items.filter((line) => !line.done) ?? [];
  const line = () => open().find((one) => one.line === chosen()) ?? open()[0];
  const listed = useListed(() => params.space);
  /** The line with how long its goods keep, which the product says. */
  const tracked = () => {
    const now = line();
    return now && { ...now, shelfDays: listed(now.product)?.shelfDays };
  };
  const { lot, setLot, made, setMade, expiry, setExpiry, serials, setSerials, heard, told, clear } =
    createGoodsEntered(tracked);
  const title = () => `${t.receive} ${docNumber(params.asn)}`;
  const home = () => navigate(`/s/${params.space}/wh`);
  const confirm = (units: number) =>
    attempt(async () => {
      const [now, company] = [line(), asn.data?.company];
      if (!now || company === undefined) return;
      const wish = {
        units,
        ...(damaged() > 0 ? { damaged: Math.min(damaged(), units) } : {}),
        ...(final() ? { done: true } : {}),
        ...told(),
      };
      const { product, name, code, gtin } = now;
      await doStep("receive", requests.receive(params.space, params.asn, now.line), wish, {
        ...{ asn: params.asn, line: now.line, product, name, code, gtin, company, units },
        ...{ damaged: wish.damaged ?? 0, done: wish.done ?? false, parcels: parcelsOf(now, wish) },
      });
      setDamaged(0);
      setFinal(false);
      setChosen(undefined);
      clear();
    });
  return (
    <Show
      when={asn.data}
      fallback={
        <TaskReading
          title={title()}
          notRead={t.notRead}
          problem={asn.error}
          onBack={home}
          onRetry={() => void asn.refetch()}
        />
      }
    >
      {(one) => (
        <Show
          when={one().state !== "closed" ? line() : undefined}
          fallback={
            <TaskDone
              title={title()}
              say={t.allReceived}
              onBack={home}
              foot={
                <LinkButton
                  kind="primary"
                  size="xxl"
                  icon="box"
                  block
                  href={`/s/${params.space}/wh/putaway?asn=${params.asn}`}
                >
                  {t.goPutaway}
                </LinkButton>
              }
            />
          }
        >
          {(now) => (
            <TaskScreen
              title={title()}
              onBack={home}
              task={`${now().line} ${now().received}`}
              product={{ id: now().product, name: now().name, code: now().code, gtin: now().gtin }}
              units={Math.max(1, now().expected - now().received)}
              unitsLabel={t.shouldReceive(now().expected - now().received)}
              progress={{ done: one().lines - open().length, total: one().lines }}
              busy={busy()}
              problem={problem()}
              onConfirm={(units) => void confirm(units)}
              onScan={heard}
              fixedUnits={line()?.track === "serial" ? serials().length : undefined}
              more={(units) => (
                <>
                  <Show when={tracked()}>
                    {(one) => (
                      <TrackFields
                        line={one()}
                        lot={bound(lot, setLot)}
                        made={bound(made, setMade)}
                        expiry={bound(expiry, setExpiry)}
                        serials={serials()}
                        onRemove={(serial) => setSerials(serials().filter((one) => one !== serial))}
                      />
                    )}
                  </Show>
                  <Stepper label={t.damaged} size="lg" min={0} max={units} bind={bound(damaged, setDamaged)} />
                  <Show when={units < now().expected - now().received}>
                    <p class="text-fg-2">{t.lessNote(now().expected - now().received - units)}</p>
                    <Checkbox label={t.done} size="lg" bind={bound(final, setFinal)} />
                  </Show>
                </>
              )}
              below={
                <>
                  <div class="border-t border-line pt-4">
                    <PalletArrival
                      large
                      pallets={one().pallets}
                      record={(pallets) =>
                        doStep(
                          "arrive",
                          requests.arrive(params.space, params.asn),
                          { pallets },
                          { asn: params.asn, pallets },
                        )
                      }
                    />
                  </div>
                  <OtherLines
                    title={t.lines}
                    open={open()}
                    now={now()}
                    left={(other) => t.receivedOf(count(other.received), count(other.expected))}
                    onChoose={setChosen}
                  />
                </>
              }
            />
          )}
        </Show>
      )}
    </Show>
  );
}
