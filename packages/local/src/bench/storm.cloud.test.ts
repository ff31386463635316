import { expect, it } from "vitest";
import { storm } from "./storm.ts";

it("loses nothing it accepted in a storm, keeps every invariant, and sets the poison aside while the rest goes on", async () => {
  const weather = await storm(40);
  console.log(`storm: ${JSON.stringify(weather)}`);
  expect(weather).toMatchObject({ lost: 0, violations: 0, behind: 0, poison: 1 });
  // It was a storm, and most of what was wished was done in it.
  expect(weather.faults).toBeGreaterThan(30);
  expect(weather.twice + weather.killed).toBeGreaterThan(0);
  expect(weather.accepted).toBeGreaterThan(30);
}, 240_000);
