/** An option as a command declares it: its flags, and whether a value follows it. */
export type DeclaredOption = { readonly flags: readonly string[]; readonly value: 'none' | 'required' | 'optional' };

/** The options of a command; undefined for a word that is none. */
export type OptionsOf = (command: string) => readonly DeclaredOption[] | undefined;

export const queryCommands: ReadonlySet<string> = new Set(['search', 'plan', 'download', 'export']);

/**
 * A query may begin with a dash (`search -draft`): the first argument of such a command that begins with one dash and
 * is no declared option is moved behind `--`, where it is no option any more.
 */
export function protectQuery(argv: readonly string[], optionsOf: OptionsOf): string[] {
  const [command = ''] = argv;
  const options = queryCommands.has(command) ? (optionsOf(command) ?? []) : undefined;
  const at = options === undefined ? -1 : findFirstArgument(argv, options);
  const query = argv[at];
  if (query === undefined || !/^-[^-]/.test(query)) return [...argv];
  return [...argv.slice(0, at), ...argv.slice(at + 1), '--', query];
}

/** Where the first word stands that is neither an option nor an option's value; -1 where none does before a `--`. */
function findFirstArgument(argv: readonly string[], options: readonly DeclaredOption[]): number {
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') return -1;
    const option = options.find(({ flags }) => flags.includes(word));
    if (option?.value === 'required') at += 1;
    else if (option?.value === 'optional' && !/^-./.test(argv[at + 1] ?? '-h')) at += 1;
    else if (option === undefined && !word.startsWith('--')) return at;
  }
  return -1;
}

/** Whether a command tells its story in events, one JSON object a line; the others give one document. */
export function speaksInEvents([command, second, ...others]: readonly string[]): boolean {
  if (command === 'transfers') return second === 'resume';
  if (command === 'serve') return true;
  return command === 'sync' || (command === 'download' && second !== '--dry-run' && !others.includes('--dry-run'));
}

const rate = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?(?:\/s)?$/i;

/** `5M`, `500k`, `1.5MB/s`: bytes a second, 1 K = 1024; undefined for anything else, and for nothing at all. */
export function parseRate(text: string): number | undefined {
  const [, number, unit = ''] = rate.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const bytes = Math.round(Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase()));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

export function parseInteger(text: string, low: number, high: number): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return number >= low && number <= high ? number : undefined;
}
