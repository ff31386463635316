import { dictionary } from "../../i18n.ts";
import { kindNames } from "../../kinds.ts";

/** The kinds of what can be booked, the groups they are shown in, and how they are had. */
export const kindWords = dictionary({
  zh: {
    kind: kindNames.zh,
    group: { seat: "工位", room: "会议室", equipment: "设备", facility: "设施" },
    by: { time: "按时段", day: "按天", lease: "签约租用" },
  },
  en: {
    kind: kindNames.en,
    group: { seat: "Desks", room: "Rooms", equipment: "Equipment", facility: "Facilities" },
    by: { time: "By time", day: "By day", lease: "By agreement" },
  },
});
