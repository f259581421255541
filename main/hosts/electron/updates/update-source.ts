import { copyFile, rm } from 'node:fs/promises';
import type { AppUpdater, ProgressInfo, UpdateInfo } from 'electron-updater';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Offer } from '../../../domain/update.ts';
import type { UpdateSource } from '../../../ports/update-source.ts';
import { isOfRelease, readSignedRelease, type SignedRelease } from './signed-release.ts';
import { explainUpdate, unsigned } from './update-problems.ts';

/** What of electron-updater is used. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'allowDowngrade' | 'disableWebInstaller' | 'requestHeaders' | 'logger'
> &
  Pick<AppUpdater, 'checkForUpdates' | 'downloadUpdate' | 'quitAndInstall' | 'on' | 'off'>;

export type UpdateSourceDeps = {
  /** Loaded when the person first asks for updates. */
  readonly load: () => Promise<Updater>;
  /** Undefined where the system itself checks who signed an update. */
  readonly signed: OwnSignature | undefined;
  /** The file that runs, of which a copy is kept beside it before a new one takes its place. */
  readonly appImage: string | undefined;
  /** Keeps a second app from starting on the same folder. The new version starts before this one has ended. */
  readonly instance: { release(): void; take(): void };
};

export type OwnSignature = {
  readonly keys: readonly string[];
  /** Brings a text file that lies beside the update; rejects where that fails. */
  readonly fetchText: (name: string) => Promise<string>;
};

const longestNotes = 20_000;

/** electron-updater, held to what was asked: it brings and installs nothing by itself. */
export function createUpdateSource({ load, signed, appImage, instance }: UpdateSourceDeps): UpdateSource {
  let updater: Promise<Updater> | undefined;
  let found: UpdateInfo | undefined;
  let brought: { readonly file: string; readonly release: SignedRelease | undefined } | undefined;
  const ready = () => (updater ??= load().then(restrain));
  return {
    check: () =>
      attempt(async () => {
        const answer = await (await ready()).checkForUpdates();
        found = answer?.isUpdateAvailable === true ? answer.updateInfo : undefined;
        return ok(found === undefined ? undefined : offerOf(found));
      }),
    download: (progressed) =>
      attempt(async () => {
        if (found === undefined) throw new Error('Nothing was found that could be brought.');
        const release = signed === undefined ? undefined : await signedRelease(signed, found.version);
        if (signed !== undefined && release === undefined) return fail(unsigned());
        const [file] = await bring(await ready(), progressed);
        if (file === undefined) throw new Error('The updater brought no file.');
        if (release !== undefined && !(await isOfRelease(file, release))) {
          await rm(file, { force: true });
          return fail(unsigned());
        }
        brought = { file, release };
        return ok();
      }),
    install: () =>
      attempt(async () => {
        if (brought === undefined) throw new Error('Nothing was brought that could be installed.');
        const { file, release } = brought;
        // It has lain in a folder of the user's since.
        if (release !== undefined && !(await isOfRelease(file, release))) return fail(unsigned());
        if (appImage !== undefined) await copyFile(appImage, `${appImage}.previous`);
        const updater = await ready();
        instance.release();
        const installed = install(updater);
        if (!installed.ok) instance.take();
        return installed;
      }),
  };
}

function restrain(updater: Updater): Updater {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  updater.logger = null;
  // Otherwise each request carries a number by which the server could know the installation again.
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

/** Undefined where nobody of ours signed it, or where what was signed is another version, such as an older one. */
async function signedRelease({ keys, fetchText }: OwnSignature, version: string): Promise<SignedRelease | undefined> {
  const [text, signature] = await Promise.all([fetchText('release.json'), fetchText('release.json.sig')]);
  const release = readSignedRelease(text, signature, keys);
  return release?.version === version ? release : undefined;
}

async function bring(updater: Updater, progressed: (fraction: number) => void): Promise<readonly string[]> {
  const receive = ({ percent }: ProgressInfo) => progressed(percent / 100);
  updater.on('download-progress', receive);
  try {
    return await updater.downloadUpdate();
  } finally {
    updater.off('download-progress', receive);
  }
}

/** What goes wrong while installing is told by an event alone. */
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
  // A release has one file for each kind of package: what is brought is one of them.
  const sizes = files.map(({ size }) => size ?? 0);
  return { version, notes: notes.slice(0, longestNotes), bytes: sizes.length === 1 ? (sizes[0] ?? null) : null };
}
