import type { Stream } from "@yihao/pricing/model";
import { For, Show } from "solid-js";
import { money, monthShort } from "../../format.ts";
import { streamWords } from "../../streams.ts";
import { TextLink } from "../../ui/button.tsx";
import { Pane } from "../../ui/panes.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useStreamLines } from "./streams-data.ts";
import { streamPageWords } from "./streams-words.ts";
import { sheetWords } from "./words.ts";

/** What a company brought in a month, document by document, down to the lines of its bills. */
export function StreamLines(props: {
  space: string;
  month: string;
  company: string;
  name: string;
  site: string;
  stream: Stream | "";
}) {
  const t = streamPageWords();
  const names = streamWords();
  const words = sheetWords();
  const lines = useStreamLines(
    () => props.space,
    () => props.month,
    () => props.company,
  );
  type Line = NonNullable<typeof lines.data>[number];
  const fits = (line: Line) =>
    (props.site === "" || line.site === props.site) && (props.stream === "" || line.stream === props.stream);
  const documents = (all: readonly Line[]) => {
    const found = new Map<string, Line[]>();
    for (const line of all.filter(fits)) found.set(line.document, [...(found.get(line.document) ?? []), line]);
    return [...found.values()];
  };
  const net = (all: readonly Line[]) => all.reduce((sum, line) => sum + line.amountMinor - line.taxMinor, 0);
  return (
    <Pane label={props.name}>
      <header class="y-pane-head">
        <h2 class="min-w-0 flex-1 truncate">{props.name}</h2>
        <span class="text-xs text-fg-3">{monthShort(props.month)}</span>
      </header>
      <Reading asked={lines} failed={t.linesNotRead} rows={4}>
        {(all) => (
          <div class="min-h-0 flex-1 overflow-y-auto">
            <For each={documents(all())}>
              {(document) => (
                <section class="border-b border-line px-4 py-3" aria-label={document[0]?.number ?? ""}>
                  <p class="flex items-baseline gap-2">
                    <TextLink href={`/s/${props.space}/billing/${document[0]?.invoice}`}>
                      {document[0]?.number ?? ""}
                    </TextLink>
                    <Show when={document[0]?.kind === "credit"}>
                      <span class="text-xs text-fg-2">{t.credited}</span>
                    </Show>
                    <b class="ml-auto">{money(net(document))}</b>
                  </p>
                  <ul class="mt-1 flex flex-col gap-1">
                    <For each={document}>
                      {(line) => (
                        <li class="flex items-baseline gap-2 text-xs">
                          <span class="text-fg-2">{names[line.stream]}</span>
                          <span class="min-w-0 flex-1 truncate text-fg-2">
                            {words.service[line.service]}
                            {line.name ? ` · ${line.name}` : ""}
                          </span>
                          <span>{money(line.amountMinor - line.taxMinor)}</span>
                        </li>
                      )}
                    </For>
                  </ul>
                </section>
              )}
            </For>
          </div>
        )}
      </Reading>
    </Pane>
  );
}
