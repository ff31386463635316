import { useNavigate, useSearchParams } from "@solidjs/router";
import { For, Show } from "solid-js";
import { lang } from "../../i18n.ts";
import { type Entered, entered, landing, renewMe } from "../../session.ts";
import { TextLink } from "../../ui/button.tsx";
import { EntryFrame } from "./entry-frame.tsx";
import { safePath } from "./safe-path.ts";
import { SignInForms } from "./sign-in-forms.tsx";
import { entryWords } from "./words.ts";

const dayMs = 86_400_000;

function when(at: string, yesterday: string): string {
  const then = new Date(at);
  const midnight = new Date().setHours(0, 0, 0, 0);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(then.getHours())}:${two(then.getMinutes())}`;
  if (then.getTime() >= midnight) return clock;
  if (then.getTime() >= midnight - dayMs) return lang() === "en" ? `${yesterday}, ${clock}` : `${yesterday} ${clock}`;
  return `${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

function LastHere(props: { spaces: readonly Entered[] }) {
  const t = entryWords();
  return (
    <section class="mt-8" aria-label={t.lastHere}>
      <p class="mb-1 text-xs text-fg-2">{t.lastHere}</p>
      <ul class="border-b border-line">
        <For each={props.spaces}>
          {(one) => (
            <li class="flex min-h-12 items-center justify-between gap-3 border-t border-line py-2">
              <span class="min-w-0">
                <b class="mr-2">{one.name}</b>
                <span class="text-xs text-fg-2">{one.role}</span>
              </span>
              <time class="text-xs whitespace-nowrap text-fg-2" datetime={one.at}>
                {when(one.at, t.yesterday)}
              </time>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

/** Sign in (登录): by code or password, then to where the person was going. */
export default function SignInPage() {
  const t = entryWords();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const done = async () => {
    const me = await renewMe();
    if (!me) return;
    navigate(safePath(search.next) ?? landing(me), { replace: true });
  };
  return (
    <EntryFrame
      title={t.signIn}
      note={
        <span class="flex flex-wrap justify-between gap-x-4">
          <span>{t.noAccount}</span>
          <TextLink href="/sign-up">{t.openOwn}</TextLink>
        </span>
      }
    >
      <SignInForms
        act={t.signIn}
        onDone={done}
        after={
          <Show when={entered().length > 0}>
            <LastHere spaces={entered()} />
          </Show>
        }
      />
    </EntryFrame>
  );
}
