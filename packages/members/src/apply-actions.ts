import type { LockRule } from "@yihao/identity/lockout";
import { mailing } from "@yihao/identity/mail";
import { getSpace, within } from "@yihao/identity/store";
import { countTry } from "@yihao/identity/tries";
import type { SpaceId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { addLead } from "./lead-actions.ts";
import type { Application } from "./lead-model.ts";
import { applySettingsOf } from "./lead-store.ts";
import { receivedLetter } from "./letters.ts";
import type { MembersRefusal } from "./model.ts";
import { senderOf } from "./post.ts";

/** Applications from one address: an office or a school shares one. */
const fromAddress: LockRule = { tries: 10, withinMinutes: 60, lockMinutes: 60 };
/** Applications to one space, so that a flood fills no table. */
const toSpace: LockRule = { tries: 300, withinMinutes: 1440, lockMinutes: 60 };
/** Applications that name one e-mail: its owner gets a letter each time and may not be the one who applies. */
const forEmail: LockRule = { tries: 3, withinMinutes: 1440, lockMinutes: 1440 };

/** What an outsider sees of a space's form (入驻申请); a space that shows none answers as one that is not there. */
export async function readApplyForm(platform: PlatformScope, space: SpaceId) {
  const scope = within(platform, space);
  const [found, settings] = await Promise.all([getSpace(scope), applySettingsOf(scope)]);
  if (!found || !settings.open) return refuse("missing");
  return accept({ space: found.name, intro: settings.intro, language: found.language });
}

async function counted(
  platform: PlatformScope,
  space: SpaceId,
  address: string,
  email: string | undefined,
): Promise<Outcome<null, MembersRefusal>> {
  try {
    await countTry(platform, fromAddress, "apply", `${space} ${address}`);
    await countTry(platform, toSpace, "apply-space", space);
    if (email) await countTry(platform, forEmail, "apply-email", email);
    return accept(null);
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "auth.locked")
      return refuse("application.too-many", { minutes: error.refusal.params.minutes });
    throw error;
  }
}

/**
 * Takes an outsider's application: it becomes a lead, its sender gets a letter, and the staff hear of it by the stream. What fills the field that
 * people do not see is answered as if it were taken, and kept nowhere. Too many from one address or to one space are refused.
 */
export async function apply(
  platform: PlatformScope,
  space: SpaceId,
  address: string,
  application: Application,
): Promise<Outcome<{ reference: string }, "missing" | MembersRefusal>> {
  const form = await readApplyForm(platform, space);
  if (!form.ok) return form;
  const may = await counted(
    { ...platform, command: { id: "auto:apply", print: "" } },
    space,
    address,
    application.contactEmail,
  );
  if (!may.ok) return may;
  const { consent: _, website, ...facts } = application;
  const scope = within(platform, space);
  if (website) return accept({ reference: reference(idFor(scope, "led")) });
  const lead = await addLead(scope, facts, "form");
  if (!lead.ok) return lead;
  const told = reference(lead.value.id);
  if (application.contactEmail) {
    const letter = receivedLetter(application.contactEmail, await senderOf(scope), told);
    await commit(stepOf(scope, "letter"), [mailing(scope, letter)], { answer: null });
  }
  return accept({ reference: told });
}

/** The last letters of an id, as people read them out on the telephone. */
const reference = (id: string): string => id.slice(-8).toUpperCase();
