import { copyFile, rm } from 'node:fs/promises';
import type { AppUpdater, ProgressInfo, UpdateInfo } from 'electron-updater';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Offer } from '../../../domain/update.ts';
import type { UpdateSource } from '../../../ports/update-source.ts';
import { isOfRelease, readSignedRelease, type SignedRelease } from './signed-release.ts';
import { explainUpdate, unsigned } from './update-problems.ts';

/** The part of electron-updater that is used. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'allowDowngrade' | 'disableWebInstaller' | 'requestHeaders' | 'logger'
> &
  Pick<AppUpdater, 'checkForUpdates' | 'downloadUpdate' | 'quitAndInstall' | 'on' | 'off'>;

export type UpdateSourceDeps = {
  /** Loads the updater when the user first asks for updates. */
  readonly load: () => Promise<Updater>;
  /** Undefined if the system itself verifies signatures of updates. */
  readonly signed: OwnSignature | undefined;
  /** The running file, of which a copy is kept beside it before a new one replaces it. */
  readonly appImage: string | undefined;
  /** Prevents a second app on the same folder. The new version starts before this one has ended. */
  readonly instance: { release(): void; take(): void };
};

export type OwnSignature = {
  readonly keys: readonly string[];
  /** Downloads a text file that lies beside the update; rejects on failure. */
  readonly fetchText: (name: string) => Promise<string>;
};

const maxNotesLength = 20_000;

/** Wraps electron-updater, which then downloads and installs nothing by itself. */
export function createUpdateSource({ load, signed, appImage, instance }: UpdateSourceDeps): UpdateSource {
  let updater: Promise<Updater> | undefined;
  let found: UpdateInfo | undefined;
  let downloaded: { readonly file: string; readonly release: SignedRelease | undefined } | undefined;
  const getUpdater = () => (updater ??= load().then(configure));
  return {
    check: () =>
      attempt(async () => {
        const answer = await (await getUpdater()).checkForUpdates();
        found = answer?.isUpdateAvailable === true ? answer.updateInfo : undefined;
        return ok(found === undefined ? undefined : offerOf(found));
      }),
    download: (progressed) =>
      attempt(async () => {
        if (found === undefined) throw new Error('Nothing was found that could be brought.');
        const release = signed === undefined ? undefined : await signedRelease(signed, found.version);
        if (signed !== undefined && release === undefined) return fail(unsigned());
        const [file] = await downloadUpdate(await getUpdater(), progressed);
        if (file === undefined) throw new Error('The updater brought no file.');
        if (release !== undefined && !(await isOfRelease(file, release))) {
          await rm(file, { force: true });
          return fail(unsigned());
        }
        downloaded = { file, release };
        return ok();
      }),
    install: () =>
      attempt(async () => {
        if (downloaded === undefined) throw new Error('Nothing was brought that could be installed.');
        const { file, release } = downloaded;
        // It has been in one of the user's folders since.
        if (release !== undefined && !(await isOfRelease(file, release))) return fail(unsigned());
        if (appImage !== undefined) await copyFile(appImage, `${appImage}.previous`);
        const updater = await getUpdater();
        instance.release();
        const installed = install(updater);
        if (!installed.ok) instance.take();
        return installed;
      }),
  };
}

function configure(updater: Updater): Updater {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  updater.logger = null;
  // Otherwise each request carries an id by which the server could recognize the installation.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  return updater;
}

async function attempt<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return fail(explainUpdate(error));
  }
}

/** Returns undefined if none of our keys signed it, or if it is another version, such as an older one. */
async function signedRelease({ keys, fetchText }: OwnSignature, version: string): Promise<SignedRelease | undefined> {
  const [text, signature] = await Promise.all([fetchText('release.json'), fetchText('release.json.sig')]);
  const release = readSignedRelease(text, signature, keys);
  return release?.version === version ? release : undefined;
}

async function downloadUpdate(updater: Updater, progressed: (fraction: number) => void): Promise<readonly string[]> {
  const receive = ({ percent }: ProgressInfo) => progressed(percent / 100);
  updater.on('download-progress', receive);
  try {
    return await updater.downloadUpdate();
  } finally {
    updater.off('download-progress', receive);
  }
}

/** Installs the update; only an event reports errors. */
function install(updater: Updater): Result<undefined> {
  const problems: Error[] = [];
  const receive = (error: Error) => void problems.push(error);
  updater.on('error', receive);
  updater.quitAndInstall(false, true);
  updater.off('error', receive);
  const [problem] = problems;
  return problem === undefined ? ok() : fail(explainUpdate(problem));
}

function offerOf({ version, releaseNotes, files }: UpdateInfo): Offer {
  const notes =
    typeof releaseNotes === 'string' ? releaseNotes : (releaseNotes ?? []).map(({ note }) => note ?? '').join('\n\n');
  // A release has one file for each type of package, and only one of them is downloaded.
  const sizes = files.map(({ size }) => size ?? 0);
  return { version, notes: notes.slice(0, maxNotesLength), bytes: sizes.length === 1 ? (sizes[0] ?? null) : null };
}
