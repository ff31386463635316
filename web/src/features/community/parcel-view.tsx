import { daysWaiting } from "@yihao/community/parcel";
import type { ParcelView } from "@yihao/community/parcel-model";
import { linkOf } from "../../documents.ts";
import { Picture } from "../../ui/photo-field.tsx";
import { Status } from "../../ui/status.tsx";
import { parcelWords } from "./parcel-words.ts";

/** Where a parcel stands; one that waits says for how long. */
export function ParcelStatus(props: { parcel: ParcelView; now: string }) {
  const t = parcelWords();
  const days = () => daysWaiting(props.parcel, props.now);
  const look = () => {
    if (props.parcel.state === "handed") return { is: "done", text: t.states.handed } as const;
    if (props.parcel.state === "returned") return { is: "closed", text: t.states.returned } as const;
    if (days() >= 7) return { is: "overdue", text: t.days(days()) } as const;
    return { is: days() >= 3 ? "dueSoon" : "queued", text: t.days(days()) } as const;
  };
  return <Status {...look()} />;
}

/** Who brought what: `顺丰 SF139…`, or that it is a letter. */
export function parcelName(parcel: ParcelView): string {
  const t = parcelWords();
  const what = parcel.kind === "letter" ? t.kinds.letter : t.carriers[parcel.carrier];
  return parcel.tracking ? `${what} ${parcel.tracking}` : what;
}

/** The picture that was taken of a parcel, as a fact of it; nothing when there is none. */
export function photoFact(space: string, { company, photo }: ParcelView) {
  const t = parcelWords();
  if (photo === undefined) return [];
  return [{ label: t.photo, value: <Picture label={t.photo} of={photo} link={() => linkOf(space, company, photo)} /> }];
}
