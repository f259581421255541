import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export type InterfaceFile = {
  readonly path: string;
  readonly contentType: string;
  /** The name contains a hash of the content, so the file never changes. */
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
 * Lists the built interface's files by URL path. Files that are not in the list can't be requested, whatever the path.
 * Empty if the folder does not exist.
 */
export function listInterfaceFiles(folder: string): ReadonlyMap<string, InterfaceFile> {
  const files = new Map<string, InterfaceFile>();
  for (const path of listFiles(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    const contentType = contentTypes[extname(name)] ?? 'application/octet-stream';
    files.set(`/${name}`, { path, contentType, immutable: name.startsWith('assets/') });
  }
  return files;
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}
