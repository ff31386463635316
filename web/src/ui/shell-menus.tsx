import { Show } from "solid-js";
import { dictionary } from "../i18n.ts";
import { Icon } from "./icon.tsx";
import { Menu, type MenuItem } from "./menu.tsx";

// Apart from the other parts of a shell: the pages before a space have no menus and must not wait for their code.
const words = dictionary({
  zh: { person: (name: string) => `${name} 的菜单`, space: "切换空间" },
  en: { person: (name: string) => `${name}, menu`, space: "Switch space" },
});

export interface ShellPerson {
  readonly name: string;
  readonly role: string;
  readonly items: readonly MenuItem[];
}
export interface ShellSpace {
  readonly name: string;
  readonly city?: string;
  /** Other spaces this person belongs to. */
  readonly items: readonly MenuItem[];
}

/** Name and role of the person, opening their menu. */
export function PersonMenu(props: { person: ShellPerson; tone?: "company"; brief?: boolean }) {
  const t = words();
  return (
    <Menu
      label={t.person(props.person.name)}
      class="y-person"
      items={props.person.items}
      head={<span class="text-xs text-fg-2">{`${props.person.name} · ${props.person.role}`}</span>}
      trigger={
        <>
          <span class="y-hidden">{t.person(props.person.name)}</span>
          <span aria-hidden="true" class="y-avatar" classList={{ "y-avatar-company": props.tone === "company" }}>
            {props.person.name.slice(0, 1)}
          </span>
          <Show when={!props.brief}>
            <span class="y-person-name">
              {props.person.name} <span class="text-xs text-fg-3">{props.person.role}</span>
            </span>
          </Show>
        </>
      }
    />
  );
}

/** Name of the space, opening the list of others. */
export function SpaceMenu(props: { space: ShellSpace }) {
  const t = words();
  return (
    <Menu
      label={`${props.space.name}, ${t.space}`}
      class="y-space"
      items={props.space.items}
      trigger={
        <>
          <b class="truncate">{props.space.name}</b>
          <span class="y-hidden">{t.space}</span>
          <span class="y-space-city text-xs text-fg-3">{props.space.city}</span>
          <Icon name="updown" size={14} />
        </>
      }
    />
  );
}
