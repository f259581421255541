import path from 'node:path';
import { resources } from './identity.mjs';

/** @type {import('electron-builder').Configuration} */
export const windowsConfig = {
  win: {
    target: ['nsis', 'portable'],
    icon: path.join(resources, 'icon.ico'),
    // Both processors' native parts are staged; each package takes its own.
    files: [
      '!**/node_modules/@img/sharp-win32-!(${arch})/**',
      '!**/node_modules/@napi-rs/keyring-win32-!(${arch}-msvc)/**',
    ],
    // An update is refused that is not signed by whoever signed what is installed.
    verifyUpdateCodeSignature: true,
  },
  nsis: {
    // Not one installer of twice the size.
    buildUniversalInstaller: false,
    oneClick: false,
    perMachine: false,
    allowElevation: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  portable: { artifactName: 'contact-sheet-${version}-${os}-${arch}-portable.${ext}' },
};
