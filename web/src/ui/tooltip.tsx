import { Tooltip as Ark } from "@ark-ui/solid/tooltip";
import type { JSX } from "solid-js";
import { Portal } from "solid-js/web";

/** A short explanation on hover and focus; never the only place something is said. */
export function Tooltip(props: { text: string; children: JSX.Element }) {
  return (
    <Ark.Root openDelay={400} closeDelay={80} lazyMount unmountOnExit>
      <Ark.Trigger class="inline-flex">{props.children}</Ark.Trigger>
      <Portal>
        <Ark.Positioner class="y-popover-place">
          <Ark.Content class="y-tooltip">{props.text}</Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
