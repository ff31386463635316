import { useMe } from "../../session.ts";

/** What a person's roles let them do with a space's bills. */
export function useRights(space: () => string) {
  const me = useMe();
  const roles = (): readonly string[] => me.data?.spaces.find((one) => one.space === space())?.roles ?? [];
  const has = (...wanted: string[]) => roles().some((role) => role === "owner" || wanted.includes(role));
  return {
    known: () => me.data !== undefined,
    mayRead: () => has("manager", "finance"),
    mayRecord: () => has("finance"),
    owns: () => roles().includes("owner"),
    mayPrice: () => has("manager"),
  };
}
