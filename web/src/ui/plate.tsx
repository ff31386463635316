import type { JSX } from "solid-js";

/** The cut-corner plate: everything that has a place or number wears one. Han names are set in the text face. */
export function Plate(props: {
  children: JSX.Element;
  tone?: "brand" | "bad" | "solid";
  size?: "lg" | "xl";
  han?: boolean;
}) {
  return (
    <span
      class="y-plate"
      classList={{
        [`y-plate-${props.tone}`]: props.tone !== undefined,
        [`y-plate-${props.size}`]: props.size !== undefined,
        "y-plate-han": props.han === true,
      }}
    >
      {props.children}
    </span>
  );
}
