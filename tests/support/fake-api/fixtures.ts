import { readFileSync } from 'node:fs';

export type DocumentedStatus = 400 | 401 | 403 | 404 | 500;

export function readFixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
}

/** Reads a documented error body, byte for byte: it isn't valid JSON. */
export function documentedError(status: DocumentedStatus): string {
  return readFixture(`error-${status}.txt`);
}

/** Reads the documented page and replaces each imageURL's origin, nothing else. */
export function documentedPage(origin: string): string {
  return readFixture('page.json').replaceAll('"imageURL": "https://www.questionpro.com', `"imageURL": "${origin}`);
}
