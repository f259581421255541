import path from 'node:path';
import { root } from '../../bootstrap/paths.mjs';
import { identity, resources } from '../identity.mjs';
import { flatpakBase, flatpakPermissions } from './flatpak-sandbox.mjs';

const here = path.join(root, 'build', 'packaging', 'linux');
/** An argument of the form SOURCE=DESTINATION, which electron-builder passes to fpm. */
const metainfo = `${path.join(resources, 'metainfo.xml')}=/usr/share/metainfo/${identity.appId}.metainfo.xml`;

/** @type {import('electron-builder').Configuration} */
export const linuxConfig = {
  linux: {
    target: ['deb', 'rpm', 'AppImage', 'flatpak'],
    icon: path.join(resources, 'icons'),
    category: 'Graphics;Photography',
    synopsis: identity.summary,
    maintainer: 'Contact Sheet contributors <contact-sheet@users.noreply.github.com>',
    syncDesktopName: true,
    // Never without Chromium's sandbox: the AppImage's default arguments would switch it off.
    executableArgs: [],
    desktop: {
      entry: {
        Name: identity.productName,
        GenericName: 'Image library',
        Keywords: 'QuestionPro;survey;images;download;gallery',
        StartupNotify: 'true',
        SingleMainWindow: 'true',
      },
    },
  },
  deb: { appArmorProfile: path.join(here, 'apparmor-profile'), fpm: [metainfo], recommends: ['gnome-keyring'] },
  rpm: { fpm: [metainfo] },
  flatpak: {
    ...flatpakBase,
    useWaylandFlags: true,
    license: path.join(root, 'LICENSE'),
    files: [[path.join(resources, 'metainfo.xml'), `/share/metainfo/${identity.appId}.metainfo.xml`]],
    finishArgs: [...flatpakPermissions],
  },
};
