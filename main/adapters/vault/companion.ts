import { extname } from 'node:path';

/** A program of this folder that runs beside the caller; a build puts it, by the same name, beside what it bundles. */
export function companionUrl(name: 'keychain-helper' | 'age-worker'): URL {
  return new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
}
