import path from 'node:path';
import { resources } from './identity.mjs';

/** @type {import('electron-builder').Configuration} */
export const windowsConfig = {
  win: {
    target: ['nsis', 'portable'],
    icon: path.join(resources, 'icon.ico'),
    // Native parts of both processors are staged; each package contains only its own.
    files: [
      '!**/node_modules/@img/sharp-win32-!(${arch})/**',
      '!**/node_modules/@napi-rs/keyring-win32-!(${arch}-msvc)/**',
    ],
    // Rejects an update with another signer than the installed app's.
    verifyUpdateCodeSignature: true,
  },
  nsis: {
    // One installer per processor: a universal one would be twice the size.
    buildUniversalInstaller: false,
    oneClick: false,
    perMachine: false,
    allowElevation: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  portable: { artifactName: 'contact-sheet-${version}-${os}-${arch}-portable.${ext}' },
};
