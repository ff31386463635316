import { useParams } from "@solidjs/router";
import { createEffect, Match, Show, Switch } from "solid-js";
import { useDressed } from "../../brand.ts";
import { clock, dayOf, dayProse } from "../../format.ts";
import { setLang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { EmptyState, ErrorState, Loading } from "../../ui/feedback.tsx";
import { Facts } from "../../ui/panes.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { Status } from "../../ui/status.tsx";
import { statusOf } from "./visitor-view.ts";
import { usePass } from "./visitors-data.ts";
import { visitorsWords } from "./visitors-words.ts";

/** A visitor's pass (访客码), for whoever holds its address: a QR code and letters to show, when, where and whom to ask for. */
export default function PassPage() {
  const t = visitorsWords();
  const params = useParams<{ token: string }>();
  const pass = usePass(() => params.token);
  const logo = useDressed(() => pass.data?.spaceId);
  const gone = () => pass.error instanceof Problem && pass.error.status === 404;
  createEffect(() => {
    const language = pass.data?.language;
    // A guest who never chose a language reads the space's.
    if (language && !localStorage.getItem("yihao.lang")) setLang(language === "en" ? "en" : "zh-CN");
  });
  return (
    <main class="mx-auto flex min-h-dvh w-full max-w-[440px] flex-col gap-4 bg-surface p-6">
      <Switch fallback={<Loading rows={6} />}>
        <Match when={gone()}>
          <EmptyState title={t.passGone}>{t.passGoneSay}</EmptyState>
        </Match>
        <Match when={pass.isError}>
          <ErrorState title={t.passNotRead} problem={pass.error} onRetry={() => void pass.refetch()} />
        </Match>
        <Match when={pass.data}>
          {(one) => (
            <>
              <p class="flex items-center gap-2 text-fg-2">
                <Show when={logo()}>
                  {(src) => <img src={src()} alt="" class="h-8 max-w-32 object-contain object-left" />}
                </Show>
                {one().space}
              </p>
              <h1 class="text-xl">{t.hello(one().name)}</h1>
              <Status is={statusOf(one())} text={t.states[one().state]} />
              <div class="flex flex-col items-center gap-2 border border-line py-4">
                <QrCode text={location.href} label={t.passQr} size={240} />
                <b class="font-mono text-2xl">{one().code}</b>
                <span class="text-fg-2">{t.passShow}</span>
              </div>
              <Facts
                items={[
                  {
                    label: t.when,
                    value: `${dayProse(dayOf(one().at, one().zone))} ${clock(one().at, one().zone)}`,
                  },
                  {
                    label: t.place,
                    value: [...new Set([one().city, one().site, one().place])].filter(Boolean).join(" · "),
                  },
                  { label: t.host, value: [one().host, one().company].filter(Boolean).join(" · ") },
                ]}
              />
            </>
          )}
        </Match>
      </Switch>
    </main>
  );
}
