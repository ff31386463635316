import { PageHead } from "../../ui/panes.tsx";
import { LinkTabs } from "../../ui/tabs.tsx";
import { bookingWords } from "./words.ts";

/** The head of the portal's booking pages: booking, and what is booked. */
export function MyHead(props: { space: string }) {
  const t = bookingWords();
  const base = () => `/s/${props.space}/my/bookings`;
  return (
    <PageHead
      title={t.title}
      tabs={
        <LinkTabs
          label={t.title}
          items={[
            { href: base(), label: t.book },
            { href: `${base()}/list`, label: t.mine },
            { href: `/s/${props.space}/my/plan`, label: t.floorPlan },
            { href: `/s/${props.space}/my/visitors`, label: t.visitors },
          ]}
        />
      }
    />
  );
}
