import { mailing } from "@yihao/identity/mail";
import { getSpace, within } from "@yihao/identity/store";
import type { PersonId, SpaceId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope, Scope } from "@yihao/kernel/scope";
import { senderOf } from "@yihao/members/post";
import { commit, recall } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { freshToken, hashOfToken, linkWrite, opened } from "./door-link.ts";
import { actingAs, mayHave, nobody, provenGuest } from "./guest-actions.ts";
import type { GuestWait, GuestWaitQuote, GuestWish, NewGuestBooking } from "./guest-model.ts";
import { waitedHoldMinutes } from "./hold.ts";
import { bookedBy } from "./model.ts";
import type { BookingRefusals } from "./quote-actions.ts";
import { joinWait, leaveWait, meet, quoteWait } from "./wait-actions.ts";
import { waitingLetter } from "./wait-letters.ts";
import type { Wait } from "./wait-model.ts";
import { waitsFor } from "./wait-store.ts";

/** What a guest would wait for, with its price and how many wait before them. Refuses `missing` for what is not open to the public, `wait.free` for what need not be waited for, else as a booking would be. */
export async function quoteGuestWait(
  platform: PlatformScope,
  space: SpaceId,
  wish: GuestWish,
): Promise<Outcome<GuestWaitQuote, BookingRefusals>> {
  const scope = actingAs(within(platform, space), nobody.id);
  if (!(await mayHave(scope, wish))) return refuse("missing");
  const quoted = await quoteWait(scope, wish, nobody);
  if (!quoted.ok) return quoted;
  const { resource, from, until, day, quote, approval, ahead } = quoted.value;
  return accept({
    ...{ resource, from, until, day, totalMinor: quote.totalMinor, taxMinor: quote.taxMinor, validUntil: quote.until },
    ...(approval ? { askedUntil: approval.until } : {}),
    ahead,
  });
}

/**
 * A guest whose e-mail is proved by its code waits for what is taken (候补): when it is free and it is their turn it is held for them for two hours, and a letter says where to pay; where staff approve first it is asked
 * for. The secret of its address is told in this answer. Refuses what `bookAsGuest` and `joinWait` refuse.
 */
export async function waitAsGuest(
  platform: PlatformScope,
  space: SpaceId,
  address: string,
  wish: NewGuestBooking,
): Promise<Outcome<{ readonly token: string }, BookingRefusals>> {
  const inside = within(platform, space);
  const before = await recall(inside);
  if (before) {
    const again = freshToken();
    await commit(
      { ...inside, command: { id: "auto:guest", print: "" } },
      [addressOf(inside, again, before.answer as Wait)],
      {
        answer: null,
      },
    );
    return accept({ token: again });
  }
  const proven = await provenGuest(platform, space, address, wish);
  if (!proven.ok) return proven;
  const { scope, record, place, guest } = proven.value;
  const [token, lettered] = [freshToken(), freshToken()];
  const from = { ...(await senderOf(scope)), language: guest.language };
  const booker = { person: record.person as PersonId, name: record.name, guest };
  const joined = await joinWait(scope, booker, { ...place, book: true }, (wait) => [
    addressOf(scope, token, wait),
    addressOf(scope, lettered, wait),
    mailing(scope, waitingLetter(guest.email, { ...from, zone: wait.zone }, wait, `/guest-wait/${lettered}`)),
  ]);
  return joined.ok ? accept({ token }) : joined;
}

/** Of an address only the hash is kept: the same command again gets another one. */
const addressOf = (scope: Scope, token: string, { resource, id }: Wait) =>
  linkWrite(scope, hashOfToken(token), { what: "guest-wait", of: `${resource} ${id}` });

async function openWait(
  platform: PlatformScope,
  token: string,
): Promise<Outcome<{ readonly scope: Scope; readonly wait: Stored<Wait>; readonly ahead: number }, "missing">> {
  const found = await opened(platform, "guest-wait", token);
  if (!found) return refuse("missing");
  const [resource = "", id] = found.link.of.split(" ");
  const waits = await waitsFor(found.scope, resource, { consistent: true });
  const wait = waits.find((one) => one.id === id);
  if (!wait?.guest || wait.from <= found.scope.now) return refuse("missing");
  const ahead = waits.slice(0, waits.indexOf(wait)).filter((one) => meet(one, wait)).length;
  return accept({ scope: actingAs(found.scope, wait.company), wait, ahead });
}

/** A guest's wait under its address; `missing` once it has ended, which a letter has told. */
export async function seeGuestWait(platform: PlatformScope, token: string): Promise<Outcome<GuestWait, "missing">> {
  const found = await openWait(platform, token);
  if (!found.ok) return found;
  const { scope, wait, ahead } = found.value;
  const space = await getSpace(scope);
  const { zone, code, resourceName, day, from, until, totalMinor, guest } = wait;
  return accept({
    ...{ space: space?.name ?? "", spaceId: scope.space, language: guest?.language ?? "zh-CN" },
    ...{ zone, code, resourceName, by: bookedBy(wait), day, from, until, totalMinor, ahead },
    holdMinutes: waitedHoldMinutes,
  });
}

/** A guest waits no more. Refuses `missing`, also for one that has ended. */
export async function leaveAsGuest(platform: PlatformScope, token: string): Promise<Outcome<null, BookingRefusals>> {
  const found = await openWait(platform, token);
  if (!found.ok) return found;
  const { scope, wait } = found.value;
  const left = await leaveWait(scope, wait.resource, wait.id);
  return left.ok ? accept(null) : left;
}
