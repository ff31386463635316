import { Show } from "solid-js";
import { actingCompany } from "../../api.ts";
import { count } from "../../format.ts";
import { useMe } from "../../session.ts";
import { useOwnRules } from "./owner-data.ts";
import { ownerWords } from "./owner-words.ts";

/** What a company may store and how much of it is used, in one line; nothing where nobody set limits. */
export function OwnRules(props: { space: string }) {
  const t = ownerWords();
  const me = useMe();
  const company = () =>
    actingCompany() ?? me.data?.spaces.find(({ space }) => space === props.space)?.companies[0]?.company;
  const rules = useOwnRules(() => props.space, company);
  const parts = () => {
    const one = rules.data;
    if (!one) return [];
    const litres = (ml: number) => Math.ceil(ml / 1000);
    const limit = (name: string, use: number, most: number | null) =>
      most === null ? [] : [`${name} ${t.of(count(use), count(most))}`];
    return [
      ...(one.classes.length === 0 ? [] : [one.classes.map((kind) => t.goodsClasses[kind]).join(" / ")]),
      ...limit(t.bins, one.use.bins, one.mostBins),
      ...limit(t.units, one.use.units, one.mostUnits),
      ...limit(t.litres, litres(one.use.ml), one.mostMl === null ? null : litres(one.mostMl)),
    ];
  };
  return (
    <Show when={parts().length > 0}>
      <p class="border-b border-line px-4 py-2 text-xs text-fg-2">
        {t.myRules}　{parts().join(" · ")}
      </p>
    </Show>
  );
}
