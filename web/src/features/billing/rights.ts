import { useMay, useMe } from "../../session.ts";

/** What a person's roles let them do with a space's bills. */
export function useRights(space: () => string) {
  const me = useMe();
  const roles = (): readonly string[] => me.data?.spaces.find((one) => one.space === space())?.roles ?? [];
  const may = useMay(space);
  return {
    mayRead: () => may("billing.read"),
    mayIssue: () => may("billing.issue"),
    mayRecord: () => may("billing.keep"),
    owns: () => roles().includes("owner"),
    mayPrice: () => may("billing.tariffs"),
  };
}
