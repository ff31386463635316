import { Navigate } from "@solidjs/router";
import { Show } from "solid-js";
import { dictionary } from "../../i18n.ts";
import { entered, useMe } from "../../session.ts";
import { LinkButton } from "../../ui/button.tsx";
import { EmptyState, Loading } from "../../ui/feedback.tsx";
import { PlainShell } from "../../ui/shell-plain.tsx";

const words = dictionary({
  zh: { title: "手机作业", none: "还没有进过任何空间", toSignIn: "登录" },
  en: { title: "Handheld", none: "No space was entered on this phone yet", toSignIn: "Sign in" },
});

/** Where the installed app begins: the warehouse of the space that was last entered on this phone, known without a network. */
export default function HandStart() {
  const t = words();
  const me = useMe();
  const space = () => entered()[0]?.space ?? me.data?.spaces.find(({ roles }) => roles.length > 0)?.space;
  return (
    <Show
      when={space()}
      fallback={
        <PlainShell title={t.title}>
          <Show when={!me.isPending} fallback={<Loading rows={4} />}>
            <EmptyState
              title={t.none}
              actions={
                <LinkButton kind="primary" size="xl" href="/sign-in?next=%2Fwh">
                  {t.toSignIn}
                </LinkButton>
              }
            />
          </Show>
        </PlainShell>
      }
    >
      {(last) => <Navigate href={`/s/${last()}/wh`} />}
    </Show>
  );
}
