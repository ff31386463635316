import { rmbWords } from "@yihao/kernel/rmb-words";
import { type JSX, Show } from "solid-js";
import { money } from "../format.ts";
import { dictionary, lang } from "../i18n.ts";

const words = dictionary({ zh: { rmb: "人民币" }, en: { rmb: "In words" } });

/** The sum of a bill in figures and, for CNY, in 大写; `minor` is whole fen. */
export function MoneyTotal(props: {
  minor: number;
  label?: JSX.Element;
  note?: JSX.Element;
  words?: boolean;
  size?: "xl" | "2xl";
}) {
  const t = words();
  return (
    <div class="y-total">
      <div class="flex items-end gap-3">
        <span class="min-w-0 flex-1 text-xs text-fg-2">
          {props.label}
          <Show when={props.note}>
            <span class="ml-2 text-fg-3">{props.note}</span>
          </Show>
        </span>
        <b classList={{ "text-xl": props.size !== "2xl", "text-2xl": props.size === "2xl" }}>{money(props.minor)}</b>
      </div>
      <Show when={props.words !== false}>
        <p class="mt-1 text-xs text-fg-2">
          {t.rmb} <span lang={lang() === "en" ? "zh-CN" : undefined}>{rmbWords(props.minor)}</span>
        </p>
      </Show>
    </div>
  );
}

/** The lines of a price, each with how it was reckoned, discounts included; the sum is `MoneyTotal`. */
export function PriceLines(props: { lines: readonly { label: string; how?: string; minor: number }[] }) {
  return (
    <dl class="y-lines">
      {props.lines.map((line) => (
        <>
          <dt>{line.label}</dt>
          <dd class="text-xs text-fg-3">{line.how}</dd>
          <dd>{money(line.minor)}</dd>
        </>
      ))}
    </dl>
  );
}

/** The sheet of a document: hairline, cut corner. */
export function Paper(props: { children: JSX.Element }) {
  return <div class="y-paper">{props.children}</div>;
}
