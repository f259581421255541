import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns the folder of the built interface: beside the bundled program or its folder (`dist/interface`), or, run from
 * source, in the checkout's `dist`. Undefined if it is not built. CONTACT_SHEET_INTERFACE names another folder.
 */
export function findInterface(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = environment['CONTACT_SHEET_INTERFACE'];
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = named
    ? [named]
    : [join(here, 'interface'), join(here, '..', 'interface'), join(here, '..', '..', '..', '..', 'dist', 'interface')];
  return candidates.find((candidate) => existsSync(join(candidate, 'index.html')));
}
