import { dictionary } from "../../i18n.ts";

/** Words of what may be promised of a product (可承诺量). */
export const promisableWords = dictionary({
  zh: {
    title: "可承诺",
    now: "现在",
    transit: "调拨在途",
    noDay: "没说哪天到",
    plus: (units: string) => `+${units}`,
    after: (units: string) => `到货后 ${units}`,
  },
  en: {
    title: "Available to promise",
    now: "Now",
    transit: "On its way between warehouses",
    noDay: "No day announced",
    plus: (units: string) => `+${units}`,
    after: (units: string) => `then ${units}`,
  },
});
