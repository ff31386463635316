import { type DoorFace, type DoorSlot, faceAt } from "@yihao/booking/display";
import type { DoorView } from "@yihao/booking/display-model";
import { encode } from "uqr";
import type { Heard } from "./listen.ts";
import { doorWords } from "./words.ts";

/** Shapes of the status vocabulary: ring, clock, ringed dot, slashed ring, slashed cloud. */
const ring = '<circle cx="7" cy="7" r="5.25"/>';
const marks: Readonly<Record<DoorFace["state"] | "offline", string>> = {
  free: ring,
  soon: `${ring}<path d="M7 3.8V7l2.1 1.4"/>`,
  busy: `${ring}<circle cx="7" cy="7" r="2.9" fill="currentColor" stroke="none"/>`,
  closed: `${ring}<path d="M3.4 10.6 10.6 3.4"/>`,
  off: `${ring}<path d="M3.4 10.6 10.6 3.4"/>`,
  offline: '<path d="M4 11.5a2.8 2.8 0 0 1-.4-5.5 3.6 3.6 0 0 1 6.8.4 2.6 2.6 0 0 1 .1 5.1zM1.5 1.5 12.5 13"/>',
};

function mark(name: keyof typeof marks): Element {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg class="mark" viewBox="0 0 14 14" aria-hidden="true">${marks[name]}</svg>`;
  return holder.content.firstElementChild as Element;
}

function part(tag: string, kind: string, ...inside: (string | Element)[]): HTMLElement {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...inside);
  return element;
}

/** The space's logo; its name stands beside it. */
function picture(logo: string): Element {
  const image = document.createElement("img");
  image.src = logo;
  image.alt = "";
  return image;
}

let drawn: { readonly text: string; readonly code: Element } | undefined;
/** The QR code of an address, drawn once. */
function qr(text: string, label: string): Element {
  // A copy each time: put into what is not shown after all, the one on the screen would be gone from there.
  if (drawn?.text === text) return drawn.code.cloneNode(true) as Element;
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  const holder = document.createElement("template");
  holder.innerHTML = `<svg class="qr" role="img" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
  const code = holder.content.firstElementChild as Element;
  code.setAttribute("aria-label", label);
  drawn = { text, code };
  return code;
}

/** Draws the display as it is at this second. Times are those of the place, by the server's clock as it was last heard. */
export function draw(into: HTMLElement, heard: Heard, logo: string | undefined): void {
  const { door } = heard;
  const t = doorWords(door?.language ?? navigator.language);
  if (heard.gone) show(into, "gone", [part("h1", "", mark("off"), t.gone), part("p", "", t.goneSay)]);
  else if (door) show(into, ...faceOf(door, heard, logo));
  else if (heard.lost) show(into, "gone", [part("p", "", mark("offline"), t.never)]);
}

function faceOf(door: DoorView, heard: Heard, logo: string | undefined): [string, HTMLElement[]] {
  const t = doorWords(door.language);
  document.documentElement.lang = door.language;
  document.title = `${door.code} · ${door.space}`;
  const now = new Date(Date.parse(door.now) + Date.now() - heard.heardAt).toISOString();
  const { clock, day } = timesIn(door.zone, door.language);
  const face = faceAt(door, now);
  const today = face.next.filter(({ from }) => day(from) === day(now));
  const row = ({ from, until, host }: DoorSlot) =>
    part("li", "", part("b", "", `${clock(from)}–${clock(until)}`), part("span", "", host ?? t.booked));
  const parts = [
    part("header", "", part("span", "", ...(logo ? [picture(logo)] : []), door.space), part("time", "", clock(now))),
    part(
      "section",
      "state",
      part(
        "p",
        "place",
        part("span", "plate", door.code),
        ...(door.name === door.code ? [] : [door.name]),
        part("small", "", t.seats(door.capacity)),
      ),
      part("h1", "", mark(face.state), t.state[face.state]),
      part("p", "until", untilText(door, face, now)),
      ...(face.now?.host ? [part("p", "host", face.now.host)] : []),
    ),
    part(
      "section",
      "next",
      part("h2", "", t.next),
      today.length > 0 ? part("ul", "", ...today.map(row)) : part("p", "none", t.none),
      part("div", "scan", qr(new URL(door.enter, location.origin).href, t.scan), part("span", "", t.scan)),
    ),
    ...(heard.lost ? [part("footer", "", mark("offline"), t.stale(clock(door.now)))] : []),
  ];
  return [face.state, parts];
}

function untilText(door: DoorView, { state, until }: DoorFace, now: string): string {
  if (!until) return "";
  const t = doorWords(door.language);
  const { clock, day, weekday } = timesIn(door.zone, door.language);
  const tomorrow = day(new Date(Date.parse(now) + 86_400_000).toISOString());
  const on = day(until) === day(now) ? "" : day(until) === tomorrow ? `${t.tomorrow} ` : `${weekday(until)} `;
  const text = t.until[state](on + clock(until));
  const minutes = Math.ceil((Date.parse(until) - Date.parse(now)) / 60_000);
  return state === "soon" ? `${text} · ${t.inMinutes(minutes)}` : text;
}

type Say = (at: string) => string;
type Times = { readonly zone: string; readonly clock: Say; readonly day: Say; readonly weekday: Say };
let times: Times | undefined;
/** How instants are said in a zone. Made once: a display asks each second for weeks. */
function timesIn(zone: string, language: string): Times {
  if (times?.zone === zone) return times;
  const say = (locale: string, wish: Intl.DateTimeFormatOptions): Say => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...wish });
    return (at) => format.format(new Date(at));
  };
  const clock = say("en-GB", { hour: "2-digit", minute: "2-digit" });
  times = { zone, clock, day: say("en-CA", {}), weekday: say(language, { weekday: "short" }) };
  return times;
}

let before = "";
/** Puts parts on the screen; what looks the same is not touched, so that readers of the screen are not told it each second. */
function show(into: HTMLElement, state: string, parts: HTMLElement[]): void {
  const next = part("div", `door ${state}`, ...parts);
  const looks = next.outerHTML;
  if (looks === before) return;
  before = looks;
  into.replaceChildren(next);
}
