import type { JSX } from "solid-js";

/** A titled stretch of the gallery. */
export function Board(props: { title: string; children: JSX.Element }) {
  return (
    <section class="border-t border-line py-4" aria-label={props.title}>
      <h2 class="mb-3 text-md">{props.title}</h2>
      <div class="flex flex-col gap-4">{props.children}</div>
    </section>
  );
}

/** Components side by side. */
export function Row(props: { children: JSX.Element }) {
  return <div class="flex flex-wrap items-center gap-3">{props.children}</div>;
}
