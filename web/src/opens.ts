import { needsOf } from "./routes.ts";
import { useMeets } from "./session.ts";

/** Whether a page of a space is the person's to open, by its address: what leads to others is not shown. */
export function useOpens(space: () => string): (href: string) => boolean {
  const meets = useMeets(space);
  return (href) => meets(needsOf(href));
}
