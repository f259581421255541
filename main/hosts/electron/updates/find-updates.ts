import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Updates } from '../../../ports/update-source.ts';
import { releaseKeys } from './release-keys.ts';
import { createUpdateSource, type Updater, type UpdateSourceDeps } from './update-source.ts';

export type Installation = {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder of a package's files beside the app. */
  readonly resources: string;
  readonly isPackaged: boolean;
  readonly load: () => Promise<Updater>;
  readonly instance: UpdateSourceDeps['instance'];
  /** Downloads a text over Electron's own network; rejects on any error status. */
  readonly fetchText: (address: string) => Promise<string>;
};

/** Returns this installation's update source, or why it has none. */
export function findUpdates(installation: Installation): Updates {
  const { platform, environment, resources, isPackaged, load, fetchText, instance } = installation;
  if (!isPackaged) return { absent: 'This is no installed app: its updates come with its source.' };
  if (environment['FLATPAK_ID'] !== undefined) return { absent: 'Flatpak keeps this app up to date.' };
  if (environment['PORTABLE_EXECUTABLE_FILE'] !== undefined) {
    return { absent: 'The portable app does not replace itself: download the new version where you got this one.' };
  }
  const server = readServer(join(resources, 'app-update.yml'));
  if (server === undefined) return { absent: 'This build was given no address to look for updates at.' };
  if (platform !== 'linux') return createUpdateSource({ load, instance, signed: undefined, appImage: undefined });
  const appImage = environment['APPIMAGE'];
  if (appImage === undefined && !existsSync(join(resources, 'package-type'))) {
    return { absent: 'This app was unpacked by hand: download the new version where you got this one.' };
  }
  const fetchReleaseFile = (name: string) => fetchText(new URL(name, server).href);
  return createUpdateSource({ load, instance, signed: { keys: releaseKeys, fetchText: fetchReleaseFile }, appImage });
}

/** Reads the address of the release folder, as electron-builder wrote it. */
function readServer(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const address = /^url: *['"]?(?<url>https?:\/\/[^'"\s]+)/mu.exec(readFileSync(file, 'utf8'))?.groups?.['url'];
  return address === undefined ? undefined : `${address.replace(/\/$/u, '')}/`;
}
