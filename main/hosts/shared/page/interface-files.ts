import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export type InterfaceFile = {
  readonly path: string;
  readonly contentType: string;
  /** Its name holds a hash of its content, so it never changes. */
  readonly immutable: boolean;
};

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * The built interface's files by their path in a URL, read once: what is not in this list can't be asked for, whatever
 * a path says. Empty where the folder is not there.
 */
export function listInterfaceFiles(folder: string): ReadonlyMap<string, InterfaceFile> {
  const files = new Map<string, InterfaceFile>();
  for (const path of filesBelow(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    const contentType = contentTypes[extname(name)] ?? 'application/octet-stream';
    files.set(`/${name}`, { path, contentType, immutable: name.startsWith('assets/') });
  }
  return files;
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}
