import type { DoorFace } from "@yihao/booking/display";

type State = DoorFace["state"];
type Words = {
  readonly state: Readonly<Record<State, string>>;
  readonly until: Readonly<Record<State, (time: string) => string>>;
  readonly inMinutes: (minutes: number) => string;
  readonly seats: (people: number) => string;
  readonly next: string;
  readonly none: string;
  readonly booked: string;
  readonly tomorrow: string;
  readonly scan: string;
  readonly stale: (time: string) => string;
  readonly never: string;
  readonly gone: string;
  readonly goneSay: string;
};

const zh: Words = {
  state: { free: "空闲", soon: "即将使用", busy: "使用中", closed: "未开放", off: "停用" },
  until: {
    free: (time) => `到 ${time}`,
    soon: (time) => `${time} 有预订`,
    busy: (time) => `到 ${time}`,
    closed: (time) => `${time} 开放`,
    off: () => "",
  },
  inMinutes: (minutes) => `${minutes} 分后`,
  seats: (people) => `${people} 人`,
  next: "接下来",
  none: "今天没有别的预订",
  booked: "已预订",
  tomorrow: "明天",
  scan: "扫码预订或签到",
  stale: (time) => `离线，显示的是 ${time} 的预订。连上网后自动更新。`,
  never: "还没有连上，正在重试。",
  gone: "这块屏已停用",
  goneSay: "找空间的运营人员重新生成地址。",
};

const en: Words = {
  state: { free: "Free", soon: "Soon in use", busy: "In use", closed: "Closed", off: "Off" },
  until: {
    free: (time) => `until ${time}`,
    soon: (time) => `booked from ${time}`,
    busy: (time) => `until ${time}`,
    closed: (time) => `opens ${time}`,
    off: () => "",
  },
  inMinutes: (minutes) => `in ${minutes} min`,
  seats: (people) => `${people} people`,
  next: "Next",
  none: "No other bookings today",
  booked: "Booked",
  tomorrow: "tomorrow",
  scan: "Scan to book or check in",
  stale: (time) => `Offline: bookings as of ${time}. They update once connected.`,
  never: "Not connected yet. Trying again.",
  gone: "This display was turned off",
  goneSay: "Ask the space’s staff for a new address.",
};

/** Words of the display in the space's language: nobody at a door chooses one. */
export const doorWords = (language: string): Words => (language === "en" ? en : zh);
