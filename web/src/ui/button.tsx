import { A } from "@solidjs/router";
import { For, type JSX, Show, splitProps } from "solid-js";
import { Icon, type IconName } from "./icon.tsx";

export type ButtonKind = "primary" | "outline" | "text" | "danger" | "danger-outline";
export type ButtonSize = "sm" | "md" | "lg" | "xl" | "xxl";

interface Look {
  /** `primary` is the one filled button of a screen: the next right act. */
  kind?: ButtonKind;
  /** sm 24, md 32 (desk), lg 40 (portal), xl 56 and xxl 64 (phone, gloves) px. */
  size?: ButtonSize;
  icon?: IconName;
  /** Keys that do the same, drawn as caps: `["⌘", "↵"]`. */
  keys?: readonly string[];
  block?: boolean;
}

const iconSize = { sm: 14, md: 16, lg: 16, xl: 22, xxl: 22 } as const;
const look = (props: Look): string =>
  `y-btn y-btn-${props.kind ?? "outline"} y-btn-${props.size ?? "md"}${props.block ? " w-full" : ""}`;

/** Key caps. */
export function Kbd(props: { keys: readonly string[] }) {
  return (
    <span class="y-keys" aria-hidden="true">
      <For each={props.keys}>{(key) => <kbd class="y-kbd">{key}</kbd>}</For>
    </span>
  );
}

function Inside(props: Look & { children?: JSX.Element }) {
  return (
    <>
      <Show when={props.icon}>{(name) => <Icon name={name()} size={iconSize[props.size ?? "md"]} />}</Show>
      <span>{props.children}</span>
      <Show when={props.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
    </>
  );
}

type ButtonProps = Look & { busy?: boolean } & Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "class">;

/** A button; while `busy` it stays focusable, says so, and does nothing. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, [
    "kind",
    "size",
    "icon",
    "keys",
    "block",
    "busy",
    "children",
    "onClick",
    "type",
  ]);
  return (
    <button
      {...rest}
      type={own.type ?? "button"}
      class={look(own)}
      aria-busy={own.busy ? "true" : undefined}
      aria-disabled={own.busy ? "true" : undefined}
      onClick={(event) => {
        if (own.busy) event.preventDefault();
        else if (typeof own.onClick === "function") own.onClick(event);
      }}
    >
      <Inside {...own}>{own.children}</Inside>
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, so it can be opened in a new tab. */
export function LinkButton(props: Look & { href: string; children?: JSX.Element }) {
  return (
    <A href={props.href} class={look(props)}>
      <Inside {...props} />
    </A>
  );
}

type IconButtonProps = { icon: IconName; label: string; size?: ButtonSize; pip?: boolean; framed?: boolean } & Omit<
  JSX.ButtonHTMLAttributes<HTMLButtonElement>,
  "class" | "children"
>;

/** A square button with only an icon; the label is spoken and shown as a tip. `pip` marks news. */
export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ["icon", "label", "size", "pip", "framed"]);
  return (
    <button
      type="button"
      {...rest}
      class={`y-btn y-btn-${own.framed ? "outline" : "text"} y-btn-${own.size ?? "md"} y-btn-square`}
      aria-label={own.label}
      title={own.label}
    >
      <Icon name={own.icon} size={own.size === "xl" || own.size === "xxl" ? 22 : own.size === "sm" ? 14 : 18} />
      <Show when={own.pip}>
        <i class="y-pip" />
      </Show>
    </button>
  );
}

/** A link in running text or at the right of a pane head. */
export function TextLink(props: { href: string; children: JSX.Element }) {
  return (
    <A class="y-link" href={props.href}>
      {props.children}
    </A>
  );
}

/** A button that reads as a link: it acts here instead of going somewhere. */
export function TextButton(props: Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "class">) {
  return <button type="button" {...props} class="y-link" />;
}
