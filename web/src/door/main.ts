import "./door.css";
import { followVersion, type Heard, listen } from "./listen.ts";
import { draw } from "./screen.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => {
  document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
};
theme();
dark.addEventListener("change", theme);

/** Keeps the screen of the tablet on where the browser lets us. */
const stayAwake = () => {
  if (document.visibilityState === "visible") void navigator.wakeLock?.request("screen").catch(() => {});
};
stayAwake();
document.addEventListener("visibilitychange", stayAwake);

const screen = document.getElementById("door");
let heard: Heard = { door: undefined, heardAt: 0, lost: false, gone: false };
if (screen) {
  listen(location.pathname.split("/")[2] ?? "", (next) => {
    heard = next;
    draw(screen, heard);
  });
  setInterval(() => draw(screen, heard), 1_000);
  followVersion();
}
