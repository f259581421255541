/** A command's option: its flags, and whether a value follows. */
export type DeclaredOption = { readonly flags: readonly string[]; readonly value: 'none' | 'required' | 'optional' };

/** Returns the options of a command; undefined for an unknown one. */
export type OptionsOf = (command: string) => readonly DeclaredOption[] | undefined;

export const queryCommands: ReadonlySet<string> = new Set(['search', 'plan', 'download', 'export']);

/**
 * Moves the first argument of a query command behind `--` if it begins with one dash and is no declared option, as a
 * query may begin with a dash (`search -draft`).
 */
export function protectQuery(argv: readonly string[], optionsOf: OptionsOf): string[] {
  const [command = ''] = argv;
  const options = queryCommands.has(command) ? (optionsOf(command) ?? []) : undefined;
  const index = options === undefined ? -1 : findFirstArgument(argv, options);
  const query = argv[index];
  if (query === undefined || !/^-[^-]/.test(query)) return [...argv];
  return [...argv.slice(0, index), ...argv.slice(index + 1), '--', query];
}

/** Returns the index of the first word that is no option and no option's value; -1 if none precedes a `--`. */
function findFirstArgument(argv: readonly string[], options: readonly DeclaredOption[]): number {
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index] ?? '';
    if (argument === '--') return -1;
    const option = options.find(({ flags }) => flags.includes(argument));
    if (option?.value === 'required') index += 1;
    else if (option?.value === 'optional' && !/^-./.test(argv[index + 1] ?? '-h')) index += 1;
    else if (option === undefined && !argument.startsWith('--')) return index;
  }
  return -1;
}

/** Returns whether a command prints events, one JSON object per line; others print one document. */
export function speaksInEvents([command, second, ...others]: readonly string[]): boolean {
  if (command === 'transfers') return second === 'resume';
  if (command === 'serve') return true;
  return command === 'sync' || (command === 'download' && second !== '--dry-run' && !others.includes('--dry-run'));
}

const rate = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?(?:\/s)?$/i;

/** Parses `5M`, `500k` or `1.5MB/s` into bytes per second, 1 K = 1024; undefined for anything else, and for 0. */
export function parseRate(text: string): number | undefined {
  const [, number, unit = ''] = rate.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const bytes = Math.round(Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase()));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
}

export function parseInteger(text: string, min: number, max: number): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}
