import { For, type JSX } from "solid-js";
import { dictionary } from "../../i18n.ts";
import { TextLink } from "../../ui/button.tsx";
import { KeyList } from "../../ui/key-list.tsx";
import { PlainShell } from "../../ui/shell-plain.tsx";
import { BoardBasics, BoardStates } from "./board-basics.tsx";
import { BoardCharts, BoardMaps } from "./board-drawings.tsx";
import { BoardForm, BoardOverlays, BoardTable } from "./board-work.tsx";

const words = dictionary({
  zh: { title: "部件", shells: "外框", operator: "运营", portal: "企业", hand: "手持", signIn: "登录", setUp: "开通" },
  en: {
    title: "Parts",
    shells: "Shells",
    operator: "Operator",
    portal: "Company",
    hand: "Handheld",
    signIn: "Sign-in",
    setUp: "Set-up",
  },
});

/** Every component in every state; theme and language switch in the head. */
export default function GalleryPage() {
  const t = words();
  const shells = (): [string, string][] => [
    ["operator", t.operator],
    ["portal", t.portal],
    ["hand", t.hand],
    ["sign-in", t.signIn],
    ["set-up", t.setUp],
  ];
  const boards: (() => JSX.Element)[] = [
    BoardBasics,
    BoardStates,
    BoardForm,
    BoardTable,
    BoardOverlays,
    BoardMaps,
    BoardCharts,
  ];
  return (
    <PlainShell title={t.title}>
      <h1 class="text-lg">{t.title}</h1>
      <nav class="flex flex-wrap gap-4" aria-label={t.shells}>
        <For each={shells()}>{([path, label]) => <TextLink href={`/gallery/${path}`}>{label}</TextLink>}</For>
      </nav>
      <For each={boards}>{(Board) => <Board />}</For>
      <KeyList />
    </PlainShell>
  );
}
