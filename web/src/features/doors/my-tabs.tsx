import { LinkTabs } from "../../ui/tabs.tsx";
import { visitorsWords } from "./visitors-words.ts";

/** The tabs of the portal's booking pages, of which visitors and the plan are two. */
export function MyTabs(props: { space: string }) {
  const t = visitorsWords();
  const base = () => `/s/${props.space}/my`;
  return (
    <LinkTabs
      label={t.bookings}
      items={[
        { href: `${base()}/bookings`, label: t.book },
        { href: `${base()}/bookings/list`, label: t.list },
        { href: `${base()}/plan`, label: t.floorPlan },
        { href: `${base()}/visitors`, label: t.title },
      ]}
    />
  );
}
