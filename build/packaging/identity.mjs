import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';

/** @type {{ name: string, version: string, description: string, license: string, author: string, homepage: string, devDependencies: Readonly<Record<string, string>>, dependencies: Readonly<Record<string, string>> }} */
export const project = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** The app's identity on all systems. It never changes: systems recognize an update of the same app by it. */
export const identity = {
  appId: 'io.github.contactsheet.ContactSheet',
  productName: 'Contact Sheet',
  /** The program's name on Linux, distinct from the npm package's command. */
  executableName: 'contact-sheet-app',
  protocol: 'contact-sheet',
  summary: 'Your QuestionPro image library, offline',
};

/** The folder of the generated icons, which is also electron-builder's folder of build resources. */
export const resources = path.join(root, '.cache', 'packaging', 'resources');

/** The notices of third-party licences, relative to the root; shipped in the npm package and with each app. */
export const noticesFile = 'dist/THIRD_PARTY_NOTICES';
export const packedNoticesFile = 'THIRD_PARTY_NOTICES.txt';
