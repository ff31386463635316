import { useParams, useSearchParams } from "@solidjs/router";
import type { MethodView } from "@yihao/billing/method-model";
import { createSignal, For, Show } from "solid-js";
import { actingCompany, newIntent } from "../../api.ts";
import { dayCell, dayOf } from "../../format.ts";
import { useSpace } from "../../frame/data.ts";
import { explain } from "../../refusals.ts";
import { useMe } from "../../session.ts";
import { Button, TextLink } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { EmptyState, Note } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { askPortal, askSavePage, chooseMethod, removeMethod, useMethods } from "./collect-data.ts";
import { collectWords } from "./collect-words.ts";
import { cardName } from "./collection-block.tsx";
import { ConsentDialog } from "./consent-dialog.tsx";
import { myBillWords } from "./my-words.ts";
import { deviceDay } from "./view.ts";

/** The portal's saved ways to pay (付款方式): what bills are collected by, under which consent, and saving another. */
export default function MyMethodsPage() {
  const t = collectWords();
  const params = useParams<{ space: string }>();
  const [query] = useSearchParams<{ saved?: string }>();
  const me = useMe();
  const about = useSpace(() => params.space);
  const admin = () =>
    me.data?.spaces
      .find((one) => one.space === params.space)
      ?.companies.some((one) => one.company === actingCompany() && one.role === "admin") ?? false;
  const [arrived, setArrived] = createSignal(false);
  const waits = () => query.saved !== undefined && !arrived();
  const methods = useMethods(
    () => params.space,
    () => (waits() ? 1_500 : 0),
  );
  const items = () => {
    const all = methods.data?.items ?? [];
    if (query.saved !== undefined && all.some(({ id }) => id === query.saved)) setArrived(true);
    return all;
  };
  const [asking, setAsking] = createSignal<"card" | "portal">();
  const [leaving, setLeaving] = createSignal<MethodView>();
  return (
    <>
      <PageHead
        title={t.mine.title}
        say={t.mine.say}
        actions={
          <Show when={admin()}>
            <Show when={items().length > 0}>
              <Button onClick={() => setAsking("portal")}>{t.mine.portal}</Button>
            </Show>
            <Button kind="primary" icon="card" onClick={() => setAsking("card")}>
              {t.mine.add}
            </Button>
          </Show>
        }
      />
      <Panes
        work={
          <Pane label={t.mine.title} flush={false}>
            <div class="max-w-2xl">
              <div class="empty:hidden" aria-live="polite">
                <Show when={waits() && items().every(({ id }) => id !== query.saved)}>
                  <Note>{t.mine.waiting}</Note>
                </Show>
                <Show when={!admin()}>
                  <Note>{t.mine.onlyAdmin}</Note>
                </Show>
              </div>
              <Reading asked={methods} failed={t.mine.notRead} rows={4}>
                {() => (
                  <Show
                    when={items().length > 0}
                    fallback={<EmptyState title={t.mine.none}>{t.mine.noneSay}</EmptyState>}
                  >
                    <ul>
                      <For each={items()}>
                        {(one) => (
                          <MethodRow
                            space={params.space}
                            method={one}
                            admin={admin()}
                            onRemove={() => setLeaving(() => one)}
                          />
                        )}
                      </For>
                    </ul>
                  </Show>
                )}
              </Reading>
              <p class="mt-4">
                <TextLink href={`/s/${params.space}/my/bills`}>{myBillWords().title}</TextLink>
              </p>
            </div>
          </Pane>
        }
      />
      <ConsentDialog
        charges={about.data?.name ?? ""}
        open={asking() !== undefined}
        portal={asking() === "portal"}
        ask={(language, intent) => (asking() === "portal" ? askPortal : askSavePage)(params.space, language, intent)}
        onClose={() => setAsking(undefined)}
      />
      <ConfirmDialog
        open={leaving() !== undefined}
        onClose={() => setLeaving(undefined)}
        title={`${t.mine.removeTitle} · ${leaving() ? cardName(leaving()?.card ?? { brand: "", last4: "" }) : ""}`}
        act={t.mine.remove}
        keep={t.mine.keep}
        says={[items().length < 2 ? t.mine.removeLast : t.mine.removeOther, t.mine.removeKeeps]}
        run={async () => {
          const method = leaving();
          if (method) await removeMethod(params.space, method.id, newIntent());
          setLeaving(undefined);
          toast({ text: t.mine.removed, tone: "good" });
        }}
      />
    </>
  );
}

function MethodRow(props: { space: string; method: MethodView; admin: boolean; onRemove: () => void }) {
  const t = collectWords();
  const about = useSpace(() => props.space);
  const [busy, setBusy] = createSignal(false);
  const month = () => `${props.method.card.expYear}-${String(props.method.card.expMonth).padStart(2, "0")}`;
  const expired = () => month() < deviceDay().slice(0, 7);
  const agreedOn = () => {
    const day = dayOf(props.method.consent.at, about.data?.zone ?? "Asia/Shanghai");
    return dayCell(day, Number(deviceDay().slice(0, 4)));
  };
  const choose = async () => {
    setBusy(true);
    try {
      await chooseMethod(props.space, props.method.id, newIntent());
      toast({ text: t.mine.chosen, tone: "good" });
    } catch (error) {
      toast({ text: explain(error), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-3">
      <span class="min-w-0 flex-1 basis-60">
        <b class="font-strong">{cardName(props.method.card)}</b>
        <span class="block text-xs text-fg-2">
          {expired() ? t.expired : t.expires(month())} · {t.mine.agreed(props.method.consent.name, agreedOn())}
        </span>
      </span>
      <Show
        when={props.method.isDefault}
        fallback={
          <Show when={props.admin}>
            <Button busy={busy()} onClick={() => void choose()}>
              {t.mine.choose}
            </Button>
          </Show>
        }
      >
        <Status is="active" text={t.mine.usual} />
      </Show>
      <Show when={props.admin}>
        <Button kind="text" onClick={() => props.onRemove()}>
          {t.mine.remove}
        </Button>
      </Show>
      <details class="w-full text-xs text-fg-2">
        <summary class="cursor-pointer">{t.mine.agreedText}</summary>
        <p class="max-w-[38em] pt-1" lang={props.method.consent.language === "en" ? "en" : "zh-CN"}>
          {props.method.consent.text}
        </p>
      </details>
    </li>
  );
}
