import "./door.css";
import { followBrand, followVersion, type Heard, listen } from "./listen.ts";
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
let logo: string | undefined;
let space: string | undefined;
if (screen) {
  const show = () => draw(screen, heard, logo);
  const dress = (of: string) => {
    space = of;
    followBrand(of, (brand) => {
      logo = brand.logo;
      document.documentElement.classList.toggle("y-dressed", brand.colour !== undefined);
      if (brand.colour) document.documentElement.style.setProperty("--space-colour", brand.colour);
      show();
    });
  };
  listen(location.pathname.split("/")[2] ?? "", (next) => {
    heard = next;
    const of = next.door?.enter.split("/")[2];
    if (of !== undefined && space === undefined) dress(of);
    show();
  });
  setInterval(show, 1_000);
  followVersion();
}
