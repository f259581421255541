import path from 'node:path';
import { packagingConfig } from './config.mjs';

/** The folders of the unpacked app, as electron-builder names them. */
const outputNames = /** @type {const} */ ({ linux: 'linux', win32: 'win', darwin: 'mac' });

/**
 * Runs electron-builder over a staged app; returns the folders of the unpacked apps, one per processor, or one
 * universal app for macOS.
 * @param {object} order
 * @param {import('./stage-app.mjs').Platform} order.platform
 * @param {readonly import('./stage-app.mjs').Arch[]} order.archs
 * @param {string} order.stage
 * @param {string} order.output
 * @param {Readonly<Record<string, string | undefined>>} order.environment
 * @param {string | undefined} order.runtime
 * @param {boolean} order.onlyFolder
 * @param {boolean} order.isStandIn
 */
export async function pack({ platform, archs, stage, onlyFolder, isStandIn, ...rest }) {
  const { Arch, build, Platform } = await import('electron-builder');
  const system = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC }[platform];
  const targets = platform === 'darwin' ? [Arch.universal] : archs.map((arch) => Arch[arch]);
  const config = packagingConfig({ platform, ...rest });
  // A stand-in isn't a Windows program, so it can't be edited.
  const noEditing = isStandIn
    ? { win: { ...config.win, signAndEditExecutable: false }, disableAsarIntegrity: true }
    : {};
  await build({
    projectDir: stage,
    targets: system.createTarget(onlyFolder ? 'dir' : null, ...targets),
    config: { ...config, ...noEditing },
    publish: 'never',
  });
  const suffixes =
    platform === 'darwin' ? ['-universal'] : archs.map((arch) => (arch === 'arm64' ? '-arm64-unpacked' : '-unpacked'));
  return suffixes.map((suffix) => path.join(rest.output, `${outputNames[platform]}${suffix}`));
}
