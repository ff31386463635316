import { LinkTabs } from "../../ui/tabs.tsx";
import { useWords } from "./use-words.ts";

/** The pages of what goes on: today, and how the space was used. */
export function InsightTabs(props: { space: string; current: "today" | "use" }) {
  const t = useWords();
  const base = () => `/s/${props.space}/today`;
  return (
    <LinkTabs
      label={t.pages}
      items={[
        { href: base(), label: t.today, current: props.current === "today" },
        { href: `${base()}/use`, label: t.title, current: props.current === "use" },
      ]}
    />
  );
}
