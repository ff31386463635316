/** Builds web/dist when a source of it is newer. Gives whether the build is good. */
export function buildWeb(): boolean;
/** The Chromium that tests drive, if one is there. */
export function chromiumPath(): string | undefined;
