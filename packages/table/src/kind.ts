/** A kind of item: its short name, the version of its shape, and how older versions become this one. */
export type Kind<Data> = {
  readonly name: string;
  readonly version: number;
  readonly upgrades: Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>>;
  readonly _data?: Data;
};

/** What is read back: the data and its revision, 1 when new and one more with every replacement. */
export type Stored<Data> = Data & { readonly rev: number };

/** Kinds whose shape has changed, by their names, as far as the modules that declare them are loaded. */
export const kinds = new Map<string, Kind<unknown>>();

/** Declares a kind of item. `upgrades[n]` turns version n into n + 1 when it is read. */
export function kindOf<Data extends object>(
  name: string,
  version = 1,
  upgrades: Kind<Data>["upgrades"] = {},
): Kind<Data> {
  const kind: Kind<Data> = { name, version, upgrades };
  if (version > 1) kinds.set(name, kind);
  return kind;
}

/** Attributes that belong to the table and not to the data. */
const own = new Set(["pk", "sk", "k", "v", "cmd", "ttl"]);

/** Reads a raw item as its kind, upgrading older versions; throws on an item of another kind. */
export function decode<Data>(kind: Kind<Data>, raw: Record<string, unknown>): Stored<Data> {
  if (raw.k !== kind.name) throw new Error(`item of kind ${String(raw.k)} read as ${kind.name}`);
  let version = Number(raw.v);
  let data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) if (!own.has(name)) data[name] = value;
  while (version < kind.version) {
    const upgrade = kind.upgrades[version];
    if (!upgrade) throw new Error(`no upgrade of ${kind.name} from version ${version}`);
    data = upgrade(data);
    version += 1;
  }
  return { rev: 1, ...data } as Stored<Data>;
}
