import { createSignal } from "solid-js";
import { forgetKept } from "./disk.ts";

const storageKey = "yihao.account";

function stored(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

const [account, setAccount] = createSignal<string | undefined>(stored());

/** Who was signed in when the server was last asked: whose work a phone without a network goes on with. */
export { account };

/** Takes note of who is signed in, nobody with `null`. What others had read on this device is forgotten. */
export function noteAccount(person: string | null): void {
  const now = person ?? undefined;
  if (now === account()) return;
  setAccount(now);
  try {
    if (now === undefined) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, now);
  } catch {
    // A closed store: a reload without a network then finds nobody.
  }
  if (typeof indexedDB !== "undefined") void forgetKept(now).catch(() => undefined);
}
