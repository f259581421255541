import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Returns the SHA-256 of every file below the folder, by its relative path with forward slashes. */
export function hashesBelow(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).replaceAll(sep, '/'), hashOf(readFileSync(path))] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads the three manifests of a folder, without the times at which files were saved. */
export function manifestsOf(folder: string): Readonly<Record<string, string>> {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const saved = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
  return Object.fromEntries(manifestNames.map((name) => [name, text(name).replaceAll(saved, 'some time')] as const));
}

export const manifestNames = ['manifest.csv', 'manifest.json', 'SHA256SUMS'] as const;
