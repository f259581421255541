import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';

/** @type {{ name: string, version: string, description: string, license: string, author: string, homepage: string, devDependencies: Readonly<Record<string, string>>, dependencies: Readonly<Record<string, string>> }} */
export const project = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** What the systems know the app by. It never changes: an update is taken for the same app by it. */
export const identity = {
  appId: 'io.github.contactsheet.ContactSheet',
  productName: 'Contact Sheet',
  /** The program's name on Linux, where it stands beside the command of the npm package. */
  executableName: 'contact-sheet-app',
  protocol: 'contact-sheet',
  summary: 'Your QuestionPro image library, offline',
};

/** Where the icons are drawn to, and what electron-builder may look for. */
export const resources = path.join(root, '.cache', 'packaging', 'resources');

/** The notices of third-party licences, relative to the root; part of the npm package and beside the program of an app. */
export const noticesFile = 'dist/THIRD_PARTY_NOTICES';
export const packedNoticesFile = 'THIRD_PARTY_NOTICES.txt';
