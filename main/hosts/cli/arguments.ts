/** Options that take a value, for telling a query from an option's value. */
type DeclaredOptions = { readonly short: ReadonlySet<string> };

const queryCommands = new Set(['search', 'plan', 'download', 'export']);

/**
 * A query may begin with a dash (`search -draft`): the first argument of such a command that begins with one dash and
 * is no declared option is moved behind `--`, where it is no option any more.
 */
export function protectQuery(argv: readonly string[], declared: DeclaredOptions): string[] {
  const at = argv.findIndex((word) => queryCommands.has(word));
  if (at === -1) return [...argv];
  const rest = argv.slice(at + 1);
  const first = rest[0];
  if (first === undefined || !/^-[^-]/.test(first) || declared.short.has(first)) return [...argv];
  const end = rest.indexOf('--');
  if (end !== -1) return [...argv];
  return [...argv.slice(0, at + 1), ...rest.slice(1), '--', first];
}

const rate = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?(?:\/s)?$/i;

/** `5M`, `500k`, `1.5MB/s`: bytes a second, 1 K = 1024; undefined for anything else, and for nothing at all. */
export function parseRate(text: string): number | undefined {
  const [, number, unit = ''] = rate.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const bytes = Math.round(Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase()));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

export function parseWhole(text: string, low: number, high: number): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return number >= low && number <= high ? number : undefined;
}
