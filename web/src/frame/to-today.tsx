import { Navigate, useParams } from "@solidjs/router";

/** A space opens on this minute. */
export default function ToToday() {
  const params = useParams<{ space: string }>();
  return <Navigate href={`/s/${params.space}/today`} />;
}
