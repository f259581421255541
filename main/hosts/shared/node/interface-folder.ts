import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the built interface is: beside the bundled program or its folder (`dist/interface`), or, run from its source, in the `dist`
 * of the checkout. Undefined where it is not built. CONTACT_SHEET_INTERFACE names another folder.
 */
export function findInterface(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = environment['CONTACT_SHEET_INTERFACE'];
  const here = dirname(fileURLToPath(import.meta.url));
  const places = named
    ? [named]
    : [join(here, 'interface'), join(here, '..', 'interface'), join(here, '..', '..', '..', 'dist', 'interface')];
  return places.find((place) => existsSync(join(place, 'index.html')));
}
