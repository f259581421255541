/** One line of a SHA256SUMS file. `path` is as written, below the file's folder. */
export type Sum = { readonly path: string; readonly sha256: string };

/** As `sha256sum -c` reads it: with a backslash before the hash where the path holds what a line can't. */
export function formatSum({ path, sha256 }: Sum): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}`;
}

const sumLine = /^(\\?)([0-9a-f]{64}) [ *]([^]+)$/i;

/** Undefined for a line that is none. */
export function parseSum(line: string): Sum | undefined {
  const [, escape, hash, rest] = sumLine.exec(line.endsWith('\r') ? line.slice(0, -1) : line) ?? [];
  if (hash === undefined || rest === undefined) return undefined;
  const path = escape === '' ? rest : rest.replace(/\\([\\nr])/g, (_, letter: string) => unescaped[letter] ?? letter);
  return { path, sha256: hash.toLowerCase() };
}

const unescaped: Readonly<Record<string, string>> = { '\\': '\\', n: '\n', r: '\r' };
