import { statfs } from 'node:fs/promises';
import type { Finding } from '../../contract/commands/doctor.ts';
import { formatSize } from '../../domain/image/size.ts';
import type { Network } from '../../ports/network.ts';
import type { Vault } from '../../ports/vault.ts';

export type DoctorDeps = {
  readonly dataFolder: string;
  /** SQLite's own check of both files; its complaint, or undefined. */
  readonly checkDatabase: () => Promise<string | undefined>;
  readonly databaseVersion: string;
  /** The paths of what is kept that other users of this computer can open. */
  readonly openToOthers: () => readonly string[];
  readonly keychain: Vault;
  readonly keychainName: string;
  readonly network: Network;
  /** What makes pictures small; undefined where it can't be loaded. */
  readonly describePictures: () => Promise<string | undefined>;
  /** Where the Electron runtime is, or undefined. */
  readonly electron: string | undefined;
};

/** What works on this machine; makes no connection. */
export async function examine(deps: DoctorDeps): Promise<Finding[]> {
  const found = await Promise.all([
    examineDatabase(deps),
    examineDisk(deps),
    examineKeychain(deps),
    examineNetwork(deps),
    examinePictures(deps),
  ]);
  return [...found, examinePrivacy(deps), examineElectron(deps)];
}

async function examineDatabase({ checkDatabase, databaseVersion, dataFolder }: DoctorDeps): Promise<Finding> {
  const complaint = await checkDatabase();
  if (complaint !== undefined) return { what: 'database', state: 'fails', detail: `damaged: ${complaint}` };
  return { what: 'database', state: 'works', detail: `SQLite ${databaseVersion}, sound, in ${dataFolder}` };
}

async function examineDisk({ dataFolder }: DoctorDeps): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataFolder);
  const free = bavail * bsize;
  const state = free > 50 * 1024 * 1024 ? 'works' : 'fails';
  return { what: 'disk', state, detail: `${formatSize(free)} free in ${dataFolder}` };
}

function examinePrivacy({ dataFolder, openToOthers }: DoctorDeps): Finding {
  const [first, ...more] = openToOthers();
  if (first === undefined) return { what: 'privacy', state: 'works', detail: `only you can open ${dataFolder}` };
  const which = more.length === 0 ? first : `${first} and ${more.length} more`;
  return { what: 'privacy', state: 'fails', detail: `other users of this computer can open ${which}` };
}

async function examineKeychain({ keychain, keychainName }: DoctorDeps): Promise<Finding> {
  const probe = await keychain.probe();
  if (probe.ok) return { what: 'keychain', state: 'works', detail: keychainName };
  const state = probe.error.code === 'vault-missing' ? 'absent' : 'fails';
  return { what: 'keychain', state, detail: probe.error.message };
}

async function examineNetwork({ network }: DoctorDeps): Promise<Finding> {
  const proxy = await network.proxyFor(new URL('https://api.questionpro.com/'));
  const way = proxy === undefined ? 'no proxy' : `through the proxy ${new URL(proxy).host}`;
  return { what: 'network', state: 'works', detail: `${network.certificates().length} certificates trusted, ${way}` };
}

async function examinePictures({ describePictures }: DoctorDeps): Promise<Finding> {
  const detail = await describePictures();
  if (detail !== undefined) return { what: 'pictures', state: 'works', detail };
  const lacking = 'sharp can’t be loaded: there are no thumbnails, and the sample library has no pictures';
  return { what: 'pictures', state: 'fails', detail: lacking };
}

function examineElectron({ electron }: DoctorDeps): Finding {
  if (electron !== undefined) return { what: 'electron', state: 'works', detail: electron };
  return { what: 'electron', state: 'absent', detail: 'no Electron runtime here: the command line works without it' };
}
