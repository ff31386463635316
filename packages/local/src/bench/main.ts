import { availability } from "./availability.ts";
import { availabilityGrowth } from "./availability-growth.ts";
import { booking } from "./booking.ts";
import { bookingRace } from "./booking-race.ts";
import { bundles } from "./bundles.ts";
import { coldStart } from "./cold-start.ts";
import { cost } from "./cost.ts";
import { feed } from "./feed.ts";
import { importRows } from "./import.ts";
import { importRush } from "./import-rush.ts";
import { invoiceRun } from "./invoice-run.ts";
import { list } from "./list.ts";
import { payRace } from "./pay-race.ts";
import { poolRace } from "./pool-race.ts";
import { reserve } from "./reserve.ts";
import { scan } from "./scan.ts";
import { series } from "./series.ts";
import { stockList } from "./stock-list.ts";
import { stockRace } from "./stock-race.ts";
import { storm } from "./storm.ts";
import { whc, whcGrowth } from "./whc.ts";

const benches: Readonly<Record<string, () => Promise<object>>> = {
  "booking-race": () => bookingRace(),
  "pool-race": () => poolRace(),
  availability: () => availability(),
  "availability-growth": () => availabilityGrowth(),
  booking: () => booking(),
  series: () => series(),
  "stock-race": () => stockRace(),
  reserve: () => reserve(),
  list: () => list(),
  "stock-list": () => stockList(),
  import: () => importRows(),
  "import-rush": () => importRush(),
  whc: () => whc(),
  "whc-growth": () => whcGrowth(),
  scan: () => scan(),
  feed: () => feed(),
  bundles: () => bundles(),
  "cold-start": () => coldStart(),
  "invoice-run": () => invoiceRun(),
  "pay-race": () => payRace(),
  storm: () => storm(),
  cost: () => cost(),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !benches[name]);
if (names.length === 0 || unknown.length > 0) {
  console.error(`npm run bench -- NAME …, with NAME of: ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
for (const name of names) {
  console.log(`# ${name}`);
  console.log(JSON.stringify(await benches[name]?.()));
}
process.exit(0);
