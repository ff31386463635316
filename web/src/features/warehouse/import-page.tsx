import { useLocation, useParams } from "@solidjs/router";
import { Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { LinkButton } from "../../ui/button.tsx";
import { ErrorState, Loading } from "../../ui/feedback.tsx";
import { PageHead, Pane, Panes } from "../../ui/panes.tsx";
import { useCompanyNames, useWarehouses } from "./data.ts";
import { ImportPanel } from "./import-panel.tsx";
import { importWords } from "./import-words.ts";
import { useOwnAdmin, useRights } from "./warehouse-here.ts";
import { warehouseWords } from "./words.ts";

/** Import of bins, products, stock, notices and orders: of staff for an owner, and of a company for itself. */
export default function ImportPage() {
  const t = importWords();
  const words = warehouseWords();
  const params = useParams<{ space: string }>();
  const own = useLocation().pathname.includes("/my/");
  const { manages } = useRights(() => params.space);
  const admin = useOwnAdmin(() => params.space);
  const warehouses = useWarehouses(() => params.space);
  const companies = own ? undefined : useCompanyNames(() => params.space);
  const owners = () => companies?.data?.map(({ id, name }) => ({ value: id as string, label: name }));
  const back = () => (own ? `/s/${params.space}/my/stock` : `/s/${params.space}/warehouse/products`);
  return (
    <>
      <PageHead
        title={t.title}
        say={t.say}
        actions={
          <LinkButton icon="left" href={back()}>
            {t.back}
          </LinkButton>
        }
      />
      <Panes
        front="work"
        work={
          <Pane label={t.title}>
            <Show
              when={warehouses.data && (own || owners()) ? warehouses.data : undefined}
              fallback={
                <Show when={warehouses.isError || companies?.isError} fallback={<Loading rows={6} />}>
                  <div class="p-4">
                    <ErrorState
                      title={words.notRead}
                      problem={warehouses.error ?? companies?.error}
                      onRetry={() => void Promise.all([warehouses.refetch(), companies?.refetch()])}
                    />
                  </div>
                </Show>
              }
            >
              {(places) => (
                <ImportPanel
                  space={params.space}
                  who={own ? (actingCompany() ?? "own") : "staff"}
                  {...(own ? { orders: admin() } : { owners: owners() ?? [], manages: manages() })}
                  warehouses={places().map(({ id, name }) => ({ value: id as string, label: name }))}
                />
              )}
            </Show>
          </Pane>
        }
      />
    </>
  );
}
