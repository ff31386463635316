/** A link that a browser puts bytes to, with the headers it must send. */
export type PutLink = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

/**
 * Where files lie (文件存储): S3 on AWS, a stand-in that speaks its language on one machine. Bytes never pass through a function: links are signed for
 * minutes, one to put exactly so many bytes of a type, another to fetch. Keys begin with the space, so that a link opens nothing else.
 */
export type Files = {
  /** A link under which a browser may put one file of this type and size. */
  readonly putLink: (key: string, file: { readonly type: string; readonly bytes: number }) => Promise<PutLink>;
  /** A link under which a browser may fetch a file; it is always saved under its name, never shown as a page. */
  readonly getLink: (key: string, as: { readonly name: string; readonly type: string }) => Promise<string>;
  /** The size and first bytes of what lies there; undefined when nothing does. */
  readonly look: (key: string) => Promise<{ readonly bytes: number; readonly head: Uint8Array } | undefined>;
  /** What lies there, whole, for whom it is to be sent on to; undefined when nothing does. Only what is small is read so. */
  readonly read: (key: string) => Promise<Uint8Array | undefined>;
  /** Removes what lies there, if anything does. */
  readonly remove: (key: string) => Promise<void>;
};

/** For how many minutes a link works. */
export const linkMinutes = 10;
