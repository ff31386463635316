import { availability } from "./availability.ts";
import { booking } from "./booking.ts";
import { bookingRace } from "./booking-race.ts";
import { bundles } from "./bundles.ts";
import { list } from "./list.ts";
import { reserve } from "./reserve.ts";
import { stockRace } from "./stock-race.ts";

const benches: Readonly<Record<string, () => Promise<object>>> = {
  "booking-race": () => bookingRace(),
  availability: () => availability(),
  booking: () => booking(),
  "stock-race": () => stockRace(),
  reserve: () => reserve(),
  list: () => list(),
  bundles: () => bundles(),
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
