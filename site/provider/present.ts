/** Only what is there: adapters name fields that they leave open, and MetaMask takes no `undefined`. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<Fields>;
}

/** A field may be left out, but is not `undefined`. */
export type Present<Fields> = {
  [Name in keyof Fields]: Exclude<Fields[Name], undefined>;
};
