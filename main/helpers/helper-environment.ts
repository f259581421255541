export type Environment = Readonly<Record<string, string | undefined>>;

/** Secrets of ours and switches of Node's that no helper has a use for. */
const withheld = /^(CONTACT_SHEET_.*|NODE_OPTIONS)$/i;

/** What a helper process gets to know of the environment. */
export function helperEnvironment(environment: Environment): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !withheld.test(entry[0]),
  );
  return Object.fromEntries(kept);
}
