// node build/packaging/sign-release.mjs FOLDER: writes release.json (version, and each package's length and SHA-512)
// and release.json.sig (Ed25519, by the key in CONTACT_SHEET_RELEASE_KEY) beside the packages.
// node build/packaging/sign-release.mjs --new-key FILE: writes a new private key to FILE and prints its public key.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { project } from './identity.mjs';
import { describeRelease, signText } from './release-statement.mjs';

const [first = '', file] = process.argv.slice(2);
if (first === '--new-key' && file !== undefined) makeKey(file);
else if (first !== '' && !first.startsWith('-')) await sign(first);
else stop('Usage: sign-release.mjs FOLDER, or sign-release.mjs --new-key FILE');

/** @param {string} file */
function makeKey(file) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // Never overwrites an existing key.
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  console.log(publicKey.export({ type: 'spki', format: 'der' }).toString('base64'));
}

/** @param {string} folder */
async function sign(folder) {
  const key = process.env['CONTACT_SHEET_RELEASE_KEY'] ?? '';
  if (key === '') stop('CONTACT_SHEET_RELEASE_KEY is empty: it holds the private key that releases are signed with.');
  const text = await describeRelease(folder, project.version);
  writeFileSync(path.join(folder, 'release.json'), text);
  writeFileSync(path.join(folder, 'release.json.sig'), signText(text, createPrivateKey(key)));
}

/**
 * @param {string} problem
 * @returns {never}
 */
function stop(problem) {
  console.error(problem);
  process.exit(2);
}
