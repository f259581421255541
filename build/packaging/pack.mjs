import path from 'node:path';
import { packagingConfig } from './config.mjs';

/** Folders that electron-builder leaves the unpacked app in, by its own names. */
const outputNames = /** @type {const} */ ({ linux: 'linux', win32: 'win', darwin: 'mac' });

/**
 * Runs electron-builder over a staged app; returns the folder of the unpacked app.
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
  const arch = archs.length > 1 ? Arch.universal : archs[0] === 'arm64' ? Arch.arm64 : Arch.x64;
  const config = packagingConfig({ platform, ...rest });
  // A stand-in is no Windows program, so nothing can be written into it.
  const noEditing = isStandIn ? { win: { ...config.win, signAndEditExecutable: false }, disableAsarIntegrity: true } : {};
  await build({
    projectDir: stage,
    targets: system.createTarget(onlyFolder ? 'dir' : null, arch),
    config: { ...config, ...noEditing },
    publish: 'never',
  });
  const suffix = arch === Arch.universal ? '-universal' : archs[0] === 'arm64' ? '-arm64' : '';
  const folder = platform === 'darwin' ? `mac${suffix}` : `${outputNames[platform]}${suffix}-unpacked`;
  return path.join(rest.output, folder);
}
