import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawIcons } from './draw-icons.mjs';
import { project, resources } from './identity.mjs';
import { metainfo } from './linux/metainfo.mjs';

/**
 * What packages hold besides the app: icons and what software centres show.
 * @param {Date} now
 */
export async function prepareResources(now) {
  mkdirSync(resources, { recursive: true });
  await drawIcons(resources);
  const release = { version: project.version, date: now.toISOString().slice(0, 10) };
  writeFileSync(path.join(resources, 'metainfo.xml'), metainfo(release));
}
