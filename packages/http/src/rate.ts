/** How many requests within how many seconds. */
export type RateRule = { readonly requests: number; readonly seconds: number };

/** What one person or one API key may ask: the field's own complaint is of systems that allow 60. */
export const perCaller: RateRule = { requests: 600, seconds: 60 };
/** What one network address may ask without being signed in; an office shares one. */
export const perAddress: RateRule = { requests: 300, seconds: 60 };

/** Counts requests by who sends them. */
export type Limiter = {
  /** Counts one request; gives the whole seconds to wait, at least 1, when it is one too many. */
  readonly take: (who: string, nowMs: number) => number | undefined;
  /** The same without counting. */
  readonly shut: (who: string, nowMs: number) => number | undefined;
};

type Window = { readonly from: number; count: number };

/**
 * A limiter in the memory of one process: a window opens with the first request of somebody and lasts as long as the rule says, so that as many
 * requests in a row pass and the next is told when to come again. It costs no table a unit. Bounds: on one machine it is exact; on Lambda each
 * instance counts for itself, so that a caller gets at most the rule times the instances that serve them at once, and a hard bound is the
 * front's to set (a rate-based rule of AWS WAF by the same key). At most `most` callers are remembered; the longest remembered goes first.
 */
export function createLimiter(rule: RateRule, most = 20_000): Limiter {
  const windows = new Map<string, Window>();
  const lasts = rule.seconds * 1000;
  const open = (who: string, nowMs: number) => {
    const window = windows.get(who);
    return window && nowMs >= window.from && nowMs < window.from + lasts ? window : undefined;
  };
  const wait = (window: Window, nowMs: number) => Math.max(1, Math.ceil((window.from + lasts - nowMs) / 1000));
  const tidy = (nowMs: number) => {
    for (const [who, window] of windows) {
      if (windows.size < most && nowMs < window.from + lasts) return;
      windows.delete(who);
    }
  };
  return {
    take(who, nowMs) {
      const window = open(who, nowMs);
      if (window) {
        if (window.count >= rule.requests) return wait(window, nowMs);
        window.count += 1;
        return undefined;
      }
      windows.delete(who);
      tidy(nowMs);
      windows.set(who, { from: nowMs, count: 1 });
      return undefined;
    },
    shut(who, nowMs) {
      const window = open(who, nowMs);
      return window && window.count >= rule.requests ? wait(window, nowMs) : undefined;
    },
  };
}

/** The limiters of one function. */
export type Limits = { readonly caller: Limiter; readonly address: Limiter };

/** Fresh limiters; `requests` is what a caller may ask a minute. */
export function createLimits(requests = perCaller.requests): Limits {
  return { caller: createLimiter({ ...perCaller, requests }), address: createLimiter(perAddress) };
}
