import { useParams } from "@solidjs/router";
import type { CardView } from "@yihao/community/card-model";
import { createSignal, Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { explain } from "../../refusals.ts";
import { useMe } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Drawer } from "../../ui/overlay.tsx";
import { media, Pane, Panes } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { useOwnCard, withdrawCard } from "./card-data.ts";
import { CardFacts } from "./card-facts.tsx";
import { CardForm } from "./card-form.tsx";
import { CardList } from "./card-list.tsx";
import { cardWords } from "./card-words.ts";
import { MyCommunityHead } from "./heads.tsx";

/** The directory in a company's portal: its own card, published or not, and the cards of others. */
export default function MyDirectoryPage() {
  const t = cardWords();
  const params = useParams<{ space: string }>();
  const me = useMe();
  const company = () => actingCompany();
  const admin = () =>
    me.data?.spaces.find(({ space }) => space === params.space)?.companies.find((one) => one.company === company())
      ?.role === "admin";
  const own = useOwnCard(() => params.space, company);
  const [editing, setEditing] = createSignal(false);
  const [open, setOpen] = createSignal<CardView>();
  const withdraw = () =>
    void withdrawCard(params.space, company() ?? "")
      .then(() => toast({ text: t.withdrawn }))
      .catch((error: unknown) => toast({ text: explain(error), tone: "bad" }));
  const wide = media("(min-width: 1120px)");
  const list = () => (
    <Pane title={t.others}>
      <CardList space={params.space} current={open()?.company} onOpen={setOpen} rowHeight={48} />
    </Pane>
  );
  const ours = () => (
    <Pane
      title={t.ours}
      actions={
        <Show when={admin() && own.data && !editing()}>
          <span class="flex gap-2">
            <Button icon="edit" onClick={() => setEditing(true)}>
              {t.edit}
            </Button>
            <Show when={own.data?.published}>
              <Button kind="danger-outline" onClick={withdraw}>
                {t.withdraw}
              </Button>
            </Show>
          </span>
        </Show>
      }
    >
      <Reading asked={own} failed={t.cardNotRead}>
        {(card) => (
          <Show
            when={!editing()}
            fallback={
              <CardForm space={params.space} company={company() ?? ""} card={card()} onDone={() => setEditing(false)} />
            }
          >
            <div class="flex flex-col gap-3 p-4">
              <Show when={card()?.published} fallback={<Status is="off" text={t.oursOff} />}>
                <Status is="active" text={t.oursOn} />
              </Show>
              <Show when={card()} fallback={<p class="text-fg-2">{admin() ? t.noCard : t.adminOnly}</p>}>
                {(mine) => <CardFacts card={mine()} />}
              </Show>
              <Show when={admin() && !card()}>
                <span>
                  <Button kind="primary" size="lg" onClick={() => setEditing(true)}>
                    {t.write}
                  </Button>
                </span>
              </Show>
            </div>
          </Show>
        )}
      </Reading>
    </Pane>
  );
  return (
    <>
      <MyCommunityHead space={params.space} />
      <Show
        when={wide()}
        fallback={
          <div class="min-h-0 flex-1 overflow-auto">
            <div class="-ml-px border-b border-line">{ours()}</div>
            <div class="-ml-px">{list()}</div>
          </div>
        }
      >
        <Panes work={list()} detail={ours()} />
      </Show>
      <Drawer open={open() !== undefined} onClose={() => setOpen(undefined)} title={open()?.name ?? ""}>
        <Show when={open()}>{(card) => <CardFacts card={card()} />}</Show>
      </Drawer>
    </>
  );
}
