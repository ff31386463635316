/** Tries that failed lately, and until when no more are taken. Instants in ISO 8601 UTC. */
export type Tries = { readonly failed: number; readonly since: string; readonly until?: string | undefined };

/** How many tries within how many minutes, and for how many minutes the door then stays shut. */
export type LockRule = { readonly tries: number; readonly withinMinutes: number; readonly lockMinutes: number };

/** Passwords tried for one e-mail. OWASP ASVS 5.0, 6.3.1 asks for a limit that does not lock a person out for good. */
export const perEmail: LockRule = { tries: 5, withinMinutes: 15, lockMinutes: 15 };
/** Codes tried for one e-mail; each code itself takes three tries. */
export const perEmailCode: LockRule = { tries: 10, withinMinutes: 60, lockMinutes: 30 };
/** Codes of an authenticator app and recovery codes tried by one person, counted together (NIST SP 800-63B, 5.2.2). */
export const perFactor: LockRule = { tries: 5, withinMinutes: 15, lockMinutes: 15 };
/** A code of an authenticator app opens once (RFC 6238, 5.2): the second time within its life it is shut out. */
export const perTotp: LockRule = { tries: 1, withinMinutes: 2, lockMinutes: 2 };
/** Passwords or codes tried from one address: an office shares one, so it is wider. */
export const perAddress: LockRule = { tries: 50, withinMinutes: 15, lockMinutes: 15 };
/** Codes sent to one e-mail. */
export const codesPerEmail: LockRule = { tries: 6, withinMinutes: 15, lockMinutes: 15 };
/** Letters of invitation that one space sends: many on the day it imports its companies, and still no way to write to the world. */
export const invitesPerSpace: LockRule = { tries: 300, withinMinutes: 60, lockMinutes: 60 };
/** Letters of invitation to one e-mail, whoever sends them. */
export const invitesPerEmail: LockRule = { tries: 6, withinMinutes: 1440, lockMinutes: 1440 };
/** Codes sent at the wish of one address. */
export const codesPerAddress: LockRule = { tries: 60, withinMinutes: 15, lockMinutes: 15 };

const minuteMs = 60_000;

/** Whole minutes left while shut, at least 1; nothing when open. */
export function minutesShut(tries: Tries | undefined, now: string): number | undefined {
  const left = tries?.until === undefined ? 0 : Date.parse(tries.until) - Date.parse(now);
  return left > 0 ? Math.ceil(left / minuteMs) : undefined;
}

/**
 * The record after one more try, which is counted before it is known whether it fails: so a hundred at once are counted
 * too. The last try allowed shuts the door behind itself; a success wipes the record.
 */
export function afterTry(rule: LockRule, tries: Tries | undefined, now: string): Tries {
  const at = Date.parse(now);
  const fresh =
    tries === undefined || tries.until !== undefined || at - Date.parse(tries.since) >= rule.withinMinutes * minuteMs;
  const failed = fresh ? 1 : tries.failed + 1;
  const since = fresh ? now : tries.since;
  if (failed < rule.tries) return { failed, since };
  return { failed, since, until: new Date(at + rule.lockMinutes * minuteMs).toISOString() };
}
