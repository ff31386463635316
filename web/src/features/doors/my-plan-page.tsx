import { useParams } from "@solidjs/router";
import { bookedBy, type ResourceView } from "@yihao/booking/model";
import { PageHead } from "../../ui/panes.tsx";
import { usePlaces } from "./data.ts";
import { MyTabs } from "./my-tabs.tsx";
import { PlanBoard, wishAt } from "./plan-board.tsx";
import { planWords } from "./plan-words.ts";

/** A company's look at the plan of a floor; a free place leads to the booking form with it chosen. */
export default function MyPlanPage() {
  const t = planWords();
  const params = useParams<{ space: string }>();
  const places = usePlaces(() => params.space);
  const href = (one: ResourceView, { day, at }: { day: string; at: string }) => {
    const zone = places.data?.sites.find(({ id }) => id === one.site)?.zone ?? "Asia/Shanghai";
    const span = bookedBy(one) === "time" ? wishAt(day, at, zone) : {};
    return `/s/${params.space}/my/bookings?${new URLSearchParams({ resource: one.id, day, ...span })}`;
  };
  return (
    <>
      <PageHead title={t.title} tabs={<MyTabs space={params.space} />} />
      <PlanBoard space={params.space} bookHref={href} />
    </>
  );
}
