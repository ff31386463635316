import { createMemo, For, Show } from "solid-js";
import { TextLink } from "../../ui/button.tsx";
import { Status } from "../../ui/status.tsx";
import { useAround } from "./data.ts";
import { isUnseen, Part, Quiet } from "./part.tsx";
import { portalWords } from "./words.ts";

const shown = 3;

/** What the space has for the company: parcels that wait, announcements nobody here has read, tickets under way. Nothing is drawn while there is nothing. */
export function Around(props: { space: string; base: string }) {
  const t = portalWords();
  const around = useAround(() => props.space);
  const unread = createMemo(() => around.data?.announcements.filter(({ read }) => !read) ?? []);
  const waiting = () => around.data?.parcels.filter(({ state }) => state === "waiting") ?? [];
  const open = () => around.data?.tickets.filter(({ state }) => state !== "closed" && state !== "solved") ?? [];
  const any = () => unread().length + waiting().length + open().length > 0;
  return (
    <Show when={!isUnseen(around) && any()}>
      <Part title={t.around} actions={<TextLink href={`${props.base}/tickets`}>{t.askForHelp}</TextLink>}>
        <ul>
          <Show when={waiting().length > 0}>
            <li class="flex items-center gap-3 border-b border-line px-4 py-3">
              <span class="min-w-0 flex-1">
                <TextLink href={`${props.base}/parcels`}>{t.parcelsWait(waiting().length)}</TextLink>
                <span class="ml-2 font-mono">
                  {waiting()
                    .slice(0, shown)
                    .map(({ code }) => code)
                    .join("  ")}
                </span>
              </span>
              <Status is="queued" text={t.toFetch} />
            </li>
          </Show>
          <For each={unread().slice(0, shown)}>
            {(one) => (
              <li class="flex items-center gap-3 border-b border-line px-4 py-3">
                <span class="min-w-0 flex-1 truncate">
                  <TextLink href={`${props.base}/notices/${one.id}`}>{one.title}</TextLink>
                </span>
                <Status is="live" text={t.unread} />
              </li>
            )}
          </For>
          <For each={open().slice(0, shown)}>
            {(one) => (
              <li class="flex items-center gap-3 border-b border-line px-4 py-3">
                <span class="min-w-0 flex-1 truncate">
                  <TextLink href={`${props.base}/tickets/${one.id}`}>{one.title}</TextLink>
                </span>
                <Show
                  when={one.state === "waiting"}
                  fallback={
                    <Status is={one.state === "open" ? "due" : "inProgress"} text={t.ticketStates[one.state]} />
                  }
                >
                  <Status is="dueSoon" text={t.ticketStates.waiting} />
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={unread().length > shown}>
          <Quiet>
            <TextLink href={`${props.base}/notices`}>{t.more(unread().length - shown)}</TextLink>
          </Quiet>
        </Show>
      </Part>
    </Show>
  );
}
