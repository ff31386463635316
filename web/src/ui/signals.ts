import { createSignal } from "solid-js";

type Kind = "sound" | "vibration";
const storageKey = (kind: Kind) => `yihao.hand.${kind}`;

function kept(kind: Kind): boolean {
  try {
    return localStorage.getItem(storageKey(kind)) !== "off";
  } catch {
    return true;
  }
}

const [sound, setSound] = createSignal(kept("sound"));
const [vibration, setVibration] = createSignal(kept("vibration"));

/** Whether scans are heard and felt on this phone; each can be off. */
export { sound, vibration };

/** Turns the sound or the vibration of scans on or off, and keeps it on this phone. */
export function toggleSignal(kind: Kind): void {
  const on = kind === "sound" ? setSound((now) => !now) : setVibration((now) => !now);
  try {
    localStorage.setItem(storageKey(kind), on ? "on" : "off");
  } catch {
    // A closed store: the choice lasts as long as the page.
  }
}

let audio: AudioContext | undefined;

/** Lets a scan be heard and felt: one short high tone when right, two low ones when wrong. */
export function signal(right: boolean): void {
  if (vibration() && "vibrate" in navigator) navigator.vibrate(right ? 40 : [90, 60, 90]);
  if (!sound() || typeof AudioContext === "undefined") return;
  audio ??= new AudioContext();
  for (const at of right ? [0] : [0, 0.16]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = right ? 1320 : 220;
    volume.gain.value = 0.12;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.1);
  }
}
