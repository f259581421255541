// npm run release:notes: prints this version's section of CHANGELOG.md.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { releaseNotes } from './changelog.mjs';
import { project } from './identity.mjs';

process.stdout.write(releaseNotes(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'), project.version));
