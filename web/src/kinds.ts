import { dictionary } from "./i18n.ts";

/** What the kinds of things that can be booked are called. */
export const kindNames = {
  zh: {
    room: "会议室",
    desk: "工位",
    pool: "流动工位",
    office: "办公室",
    equipment: "设备",
    dock: "卸货口",
    locker: "储物柜",
    parking: "车位",
  },
  en: {
    room: "Room",
    desk: "Desk",
    pool: "Hot desks",
    office: "Office",
    equipment: "Equipment",
    dock: "Dock",
    locker: "Locker",
    parking: "Parking",
  },
};
export const kindNameWords = dictionary(kindNames);
