import type { Stream } from "@yihao/pricing/model";
import { dictionary } from "./i18n.ts";
import type { Hue } from "./ui/chart.tsx";

const words = dictionary({
  zh: {
    membership: "会员",
    rent: "房租",
    desk: "工位",
    room: "会议室",
    storage: "云仓仓储",
    handling: "云仓作业",
    services: "服务",
    events: "活动",
    finance: "融资服务",
    other: "其他",
  },
  en: {
    membership: "Membership",
    rent: "Rent",
    desk: "Desks",
    room: "Rooms",
    storage: "Storage",
    handling: "Handling",
    services: "Services",
    events: "Events",
    finance: "Finance",
    other: "Other",
  },
});

/** The names of the revenue streams (收入来源) in the language of the screen. */
export const streamWords = words;

/** The colour of a stream in every chart; the last three share the last colour. */
export const hueOf: Readonly<Record<Stream, Hue>> = {
  desk: 1,
  storage: 2,
  room: 3,
  membership: 4,
  handling: 5,
  services: 6,
  events: 7,
  finance: 8,
  rent: 8,
  other: 9,
};
