import { createSignal } from "solid-js";
import { ownReader } from "../ui/own-reader.ts";

const [update, setUpdate] = createSignal<(() => void) | undefined>();

/** There when a newer build waits on this device: calling it takes the build and loads the page anew. */
export { update };

let begun = false;
const hourMs = 3_600_000;

/** Lets this device open the warehouse's pages without a network from now on, and tells when a newer build is there. Does nothing where browsers cannot. */
export function installShell(): void {
  if (begun || !("serviceWorker" in navigator) || import.meta.env.DEV) return;
  begun = true;
  const asked = navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  asked.then(watch).catch(() => {
    begun = false;
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    const { waiting } = registration;
    // Without a build before it the first one is no update.
    if (!waiting || !navigator.serviceWorker.controller) return;
    setUpdate(() => () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage("take-over");
    });
  };
  offer();
  registration.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", () => offer()),
  );
  // A phone's page stays open for whole shifts.
  setInterval(() => void registration.update().catch(() => undefined), hourMs);
  void readyReader();
}

/** A device without a barcode reader of its own keeps ours, so that the camera reads without a network too. */
async function readyReader(): Promise<void> {
  if (await ownReader()) return;
  (await navigator.serviceWorker.ready).active?.postMessage("warm");
}
