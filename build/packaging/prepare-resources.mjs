import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawIcons } from './draw-icons.mjs';
import { root } from '../bootstrap/paths.mjs';
import { releaseNotes } from './changelog.mjs';
import { project, resources } from './identity.mjs';
import { metainfo } from './linux/metainfo.mjs';

/**
 * Generates the package resources: icons, AppStream metadata, release notes.
 * @param {Date} now
 */
export async function prepareResources(now) {
  mkdirSync(resources, { recursive: true });
  await drawIcons(resources);
  const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
  writeFileSync(path.join(resources, 'release-notes.md'), releaseNotes(changelog, project.version));
  const release = { version: project.version, date: now.toISOString().slice(0, 10) };
  writeFileSync(path.join(resources, 'metainfo.xml'), metainfo(release));
}
