import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';

export const indexHtml =
  '<!doctype html>\n<html lang="en" dir="ltr" data-theme="system"><head><script type="module" src="/assets/main-1a2b.js"></script></head><body></body></html>\n';

/** Writes a small interface as built by Vite, and a file beside its folder that must never be served. */
export function writeInterface(): string {
  const outer = temporaryFolder();
  const folder = join(outer, 'interface');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), indexHtml);
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'document.title = "Contact Sheet";');
  writeFileSync(join(folder, 'assets', 'main-1a2b.css'), 'body { margin: 0 }');
  return folder;
}
