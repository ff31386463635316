import { Navigate, useNavigate, useParams } from "@solidjs/router";
import { createEffect, Match, Show, Switch } from "solid-js";
import { setActingCompany } from "../../api.ts";
import { Problem } from "../../problem.ts";
import "../../rights.ts";
import { useMe } from "../../session.ts";
import { ErrorState, Loading, NoRight } from "../../ui/feedback.tsx";
import { PlainShell } from "../../ui/shell-plain.tsx";
import { useBuilt } from "./data.ts";
import { resumeAt, steps } from "./progress.ts";
import { CompaniesStep } from "./step-companies.tsx";
import { DesksStep } from "./step-desks.tsx";
import { DoneStep } from "./step-done.tsx";
import { PricesStep } from "./step-prices.tsx";
import { SiteStep } from "./step-site.tsx";
import { SpaceStep } from "./step-space.tsx";
import { WarehouseStep } from "./step-warehouse.tsx";
import { setupWords } from "./words.ts";

/** Setting up a space (开通), step by step. How far it is follows from what the space has, so it can be left and taken up anywhere. */
export default function SetupPage() {
  const t = setupWords();
  const params = useParams<{ space?: string; step?: string }>();
  const navigate = useNavigate();
  const me = useMe();
  const built = useBuilt(() => params.space);
  const step = () => steps.find((one) => one === params.step);
  const forbidden = () =>
    built.error instanceof Problem && [403, 404].includes(built.error.status) ? built.error : undefined;
  createEffect(() => {
    setActingCompany(undefined);
    if (me.data === null) navigate(`/sign-in?next=${encodeURIComponent(location.pathname)}`, { replace: true });
  });
  return (
    <Switch
      fallback={
        <PlainShell title={t.shell}>
          <Loading rows={6} />
        </PlainShell>
      }
    >
      <Match when={!params.space}>
        <SpaceStep space={undefined} built={undefined} />
      </Match>
      <Match when={forbidden()}>
        <PlainShell title={t.shell}>
          <NoRight title={t.noRight}>{t.noRightNote}</NoRight>
        </PlainShell>
      </Match>
      <Match when={built.isError && !built.data}>
        <PlainShell title={t.shell}>
          <ErrorState title={t.notRead} problem={built.error} onRetry={() => built.refetch()} />
        </PlainShell>
      </Match>
      <Match when={built.data}>
        {(found) => (
          <Show when={step()} keyed fallback={<Navigate href={`/setup/${params.space}/${resumeAt(found())}`} />}>
            {(now) => (
              <Switch>
                <Match when={now === "space"}>
                  <SpaceStep space={params.space} built={found()} />
                </Match>
                <Match when={now === "site"}>
                  <SiteStep space={params.space ?? ""} built={found()} />
                </Match>
                <Match when={now === "desks"}>
                  <DesksStep space={params.space ?? ""} built={found()} />
                </Match>
                <Match when={now === "prices"}>
                  <PricesStep space={params.space ?? ""} built={found()} />
                </Match>
                <Match when={now === "warehouse"}>
                  <WarehouseStep space={params.space ?? ""} built={found()} />
                </Match>
                <Match when={now === "companies"}>
                  <CompaniesStep space={params.space ?? ""} built={found()} />
                </Match>
                <Match when={now === "done"}>
                  <DoneStep space={params.space ?? ""} built={found()} />
                </Match>
              </Switch>
            )}
          </Show>
        )}
      </Match>
    </Switch>
  );
}
