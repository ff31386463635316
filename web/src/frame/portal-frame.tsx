import { useNavigate, useParams } from "@solidjs/router";
import type { Me, Place } from "@yihao/identity/model";
import { createRenderEffect, type ParentProps, Show } from "solid-js";
import { actingCompany, offlineSince, setActingCompany } from "../api.ts";
import { useDressed } from "../brand.ts";
import "../rights.ts";
import { accountItems, homeOf, spaceItems } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { NoRight, OfflineBar } from "../ui/feedback.tsx";
import { PortalShell } from "../ui/shell-portal.tsx";
import { Gate } from "./gate.tsx";
import { PageSlot } from "./page-slot.tsx";
import { frameWords } from "./words.ts";

/** The company's frame around every page under `/s/<space>/my`. Whoever has several companies acts for the one they chose last. */
export default function PortalFrame(props: ParentProps) {
  const params = useParams<{ space: string }>();
  return (
    <Gate space={params.space}>
      {(me, place) => (
        <Framed me={me} place={place}>
          {props.children}
        </Framed>
      )}
    </Gate>
  );
}

const storageKey = (space: string) => `yihao.company.${space}`;

function Framed(props: ParentProps<{ me: Me; place: Place }>) {
  const t = frameWords();
  const navigate = useNavigate();
  const base = () => `/s/${props.place.space}/my`;
  const chosen = () => {
    const wanted = actingCompany() ?? localStorage.getItem(storageKey(props.place.space)) ?? undefined;
    return props.place.companies.find((one) => one.company === wanted) ?? props.place.companies[0];
  };
  createRenderEffect(() => {
    const company = chosen();
    if (!company) return;
    localStorage.setItem(storageKey(props.place.space), company.company);
    if (actingCompany() !== company.company) setActingCompany(company.company);
  });
  const logo = useDressed(() => props.place.space);
  const nav = () => [
    { href: base(), label: t.home, icon: "home" as const, exact: true },
    { href: `${base()}/bookings`, label: t.bookings, icon: "booking" as const },
    { href: `${base()}/stock`, label: t.stock, icon: "warehouse" as const },
    { href: `${base()}/orders`, label: t.orders, icon: "outbound" as const },
    { href: `${base()}/bills`, label: t.bills, icon: "bill" as const },
    { href: `${base()}/tickets`, label: t.community, icon: "message" as const },
  ];
  return (
    <Show
      when={chosen()}
      fallback={
        <NoRight title={t.noCompany} action={<Button onClick={() => navigate(homeOf(props.place))}>{t.back}</Button>}>
          {t.companyOnly}
        </NoRight>
      }
    >
      {(company) => (
        <PortalShell
          spaceName={props.place.name}
          companyName={company().name}
          logo={logo()}
          home={base()}
          nav={nav()}
          person={{
            name: props.me.name || props.me.email,
            role: company().name,
            items: [
              { key: "community", label: t.community, icon: "message", run: () => navigate(`${base()}/tickets`) },
              { key: "company", label: t.myCompany, icon: "people", run: () => navigate(`${base()}/company`) },
              ...(company().role === "admin"
                ? [
                    {
                      key: "people",
                      label: t.people,
                      icon: "person" as const,
                      run: () => navigate(`${base()}/people`),
                    },
                    { key: "keys", label: t.keys, icon: "lock" as const, run: () => navigate(`${base()}/keys`) },
                  ]
                : []),
              ...spaceItems(props.me, { space: props.place.space, company: company().company }, navigate),
              ...accountItems(navigate),
            ],
          }}
          bars={<Show when={offlineSince()}>{(since) => <OfflineBar since={since()} />}</Show>}
        >
          <PageSlot>{props.children}</PageSlot>
        </PortalShell>
      )}
    </Show>
  );
}
