import { type CardView, type CardWish, tagsMost } from "@yihao/community/card-model";
import { createSignal, Show } from "solid-js";
import { joined } from "../../format.ts";
import { Problem } from "../../problem.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice-field.tsx";
import { Note } from "../../ui/feedback.tsx";
import { createForm, FormFrame } from "../../ui/form.tsx";
import { TextArea, TextField } from "../../ui/text-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { readCard, setCard } from "./card-data.ts";
import { cardWords } from "./card-words.ts";
import { communityWords } from "./words.ts";

type Values = {
  about: string;
  industry: string;
  offers: string;
  seeks: string;
  website: string;
  contactName: string;
  contactPhone: string;
  contactEmail: string;
  contactShown: boolean;
};

const wordsIn = (text: string) =>
  text
    .split(/[、,，;；]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");

function tagsFault(text: string): string | undefined {
  const t = cardWords();
  const tags = wordsIn(text);
  if (tags.length > tagsMost) return t.tooMany;
  return tags.some((tag) => tag.length > 12) ? t.tooLong : undefined;
}

const valuesOf = (card: CardView | null): Values => ({
  about: card?.about ?? "",
  industry: card?.industry ?? "",
  offers: joined(card?.offers ?? []),
  seeks: joined(card?.seeks ?? []),
  website: card?.website ?? "",
  contactName: card?.contactName ?? "",
  contactPhone: card?.contactPhone ?? "",
  contactEmail: card?.contactEmail ?? "",
  contactShown: card?.contactShown ?? false,
});

/** Writes a company's card; publishing it is a button of its own, and so is keeping it to oneself. */
export function CardForm(props: { space: string; company: string; card: CardView | null; onDone: () => void }) {
  const t = cardWords();
  const [rev, setRev] = createSignal(props.card?.rev ?? 0);
  const [beaten, setBeaten] = createSignal(false);
  const published = () => props.card?.published === true;
  let publish = true;
  const form = createForm<Values>({
    name: "card",
    initial: valuesOf(props.card),
    check: (values) => ({
      about: values.about.trim() === "" ? t.needAbout : undefined,
      offers: tagsFault(values.offers),
      seeks: tagsFault(values.seeks),
      website: values.website !== "" && !/^https?:\/\/\S+\.\S+/.test(values.website) ? t.badSite : undefined,
      contactEmail: values.contactEmail !== "" && !/^\S+@\S+\.\S+$/.test(values.contactEmail) ? t.badEmail : undefined,
    }),
    submit: async ({ offers, seeks, ...facts }) => {
      const wish: CardWish = { ...facts, offers: wordsIn(offers), seeks: wordsIn(seeks), published: publish };
      try {
        await setCard(props.space, props.company, wish, rev());
        toast({ text: publish ? t.published : t.saved });
        props.onDone();
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error;
        setRev((await readCard(props.space, props.company))?.rev ?? 0);
        setBeaten(true);
      }
    },
  });
  const send = (open: boolean) => {
    publish = open;
    void form.submit();
  };
  return (
    <div class="p-4">
      <Show when={beaten()}>
        <Note tone="warn" alert>
          {t.changed}
        </Note>
      </Show>
      <FormFrame form={form} label={t.ours}>
        <TextArea label={t.about} hint={t.aboutHint} rows={3} maxLength={200} bind={form.field("about")} />
        <TextField label={t.industry} size="lg" maxLength={20} bind={form.field("industry")} />
        <TextField label={t.offers} size="lg" hint={t.tagsHint} maxLength={60} bind={form.field("offers")} />
        <TextField label={t.seeks} size="lg" hint={t.tagsHint} maxLength={60} bind={form.field("seeks")} />
        <TextField label={t.website} size="lg" hint={t.websiteHint} maxLength={120} bind={form.field("website")} />
        <TextField label={t.contact} size="lg" maxLength={40} bind={form.field("contactName")} />
        <TextField label={t.phone} size="lg" inputMode="tel" maxLength={30} bind={form.field("contactPhone")} />
        <TextField label={t.email} size="lg" inputMode="email" maxLength={120} bind={form.field("contactEmail")} />
        <Checkbox label={t.contactShown} bind={form.field("contactShown")} />
        <div class="flex flex-wrap gap-2">
          <Button kind="primary" size="lg" busy={form.busy()} onClick={() => send(true)}>
            {published() ? t.save : t.publish}
          </Button>
          <Show when={!published()}>
            <Button size="lg" busy={form.busy()} onClick={() => send(false)}>
              {t.keep}
            </Button>
          </Show>
          <Button kind="text" size="lg" onClick={props.onDone}>
            {communityWords().cancel}
          </Button>
        </div>
      </FormFrame>
    </div>
  );
}
