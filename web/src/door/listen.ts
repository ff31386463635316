import type { DoorView } from "@yihao/booking/display-model";
import type { Brand } from "@yihao/identity/brand";

/** How often a display asks what is booked, whether there is a newer version of itself and how the space looks, and how long an answer may take, in milliseconds. */
const askEveryMs = 20_000;
const versionEveryMs = 600_000;
const patienceMs = 10_000;

export type Heard = {
  /** The last answer, also when it is old. */
  readonly door: DoorView | undefined;
  /** When it came, by this device's clock. */
  readonly heardAt: number;
  readonly lost: boolean;
  readonly gone: boolean;
};

const ask = (path: string) =>
  fetch(path, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(patienceMs) });

/** Asks without end what the display of a secret address shows; a lost answer keeps the last one. Nothing is kept from one answer to the next but that. */
export function listen(token: string, tell: (heard: Heard) => void): void {
  let heard: Heard = { door: undefined, heardAt: 0, lost: false, gone: false };
  const once = async () => {
    try {
      const answer = await ask(`/api/v1/doors/displays/${token}`);
      if (answer.ok) heard = { door: (await answer.json()) as DoorView, heardAt: Date.now(), lost: false, gone: false };
      else heard = { ...heard, lost: answer.status !== 404, gone: answer.status === 404 };
    } catch {
      heard = { ...heard, lost: true };
    }
    tell(heard);
    clearTimeout(next);
    next = setTimeout(once, askEveryMs + Math.random() * 2_000);
  };
  let next: ReturnType<typeof setTimeout> | undefined;
  window.addEventListener("online", () => void once());
  void once();
}

const scriptIn = (html: string) => /<script[^>]+src="([^"]+)"/.exec(html)?.[1];

/** Loads the page anew once the server has another version of it; while that cannot be asked, nothing happens. */
export function followVersion(): void {
  const own = document.querySelector<HTMLScriptElement>("script[type=module]")?.getAttribute("src");
  setInterval(async () => {
    try {
      const answer = await ask(location.pathname);
      const now = answer.ok ? scriptIn(await answer.text()) : undefined;
      if (now && own && now !== own) location.reload();
    } catch {
      // Offline: the page that is here goes on.
    }
  }, versionEveryMs);
}

/** Tells how a space looks, at once and from time to time, since what is booked is asked far more often than a logo changes; while that cannot be asked, it stays. */
export function followBrand(space: string, tell: (brand: Brand) => void): void {
  const once = async () => {
    try {
      const answer = await ask(`/api/v1/brands/${space}`);
      if (answer.ok) tell((await answer.json()) as Brand);
    } catch {
      // Offline: it looks as it did.
    }
  };
  void once();
  setInterval(once, versionEveryMs);
}
