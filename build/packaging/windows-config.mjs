import path from 'node:path';
import { resources } from './identity.mjs';

/** @type {import('electron-builder').Configuration} */
export const windowsConfig = {
  win: {
    target: ['nsis', 'portable'],
    icon: path.join(resources, 'icon.ico'),
    // An update is refused that is not signed by whoever signed what is installed.
    verifyUpdateCodeSignature: true,
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowElevation: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  portable: { artifactName: 'contact-sheet-${version}-${os}-${arch}-portable.${ext}' },
};
