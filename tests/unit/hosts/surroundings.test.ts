import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDownloads } from '../../../main/hosts/shared/node/folders.ts';
import { findInterface } from '../../../main/hosts/shared/node/interface-folder.ts';
import { fileOpener } from '../../../main/hosts/shared/node/open-browser.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the folder for downloads', () => {
  it('lies in the user’s pictures', () => {
    const home = temporaryFolder();
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(findDownloads({ HOME: home }, platform)).toBe(join(home, 'Pictures', 'Contact Sheet'));
    }
  });

  it.each([
    ['XDG_PICTURES_DIR="$HOME/Bilder"', 'Bilder'],
    ['# a comment\nXDG_MUSIC_DIR="$HOME/Musik"\nXDG_PICTURES_DIR="$HOME/My Pictures"\n', 'My Pictures'],
    ['XDG_PICTURES_DIR="$HOME/"', 'Pictures'],
    ['XDG_PICTURES_DIR="$HOMELESS/x"', 'Pictures'],
    ['XDG_PICTURES_DIR=""', 'Pictures'],
  ])('goes by the desktop’s own names: %j', (text, folder) => {
    const home = temporaryFolder();
    mkdirSync(join(home, '.config'));
    writeFileSync(join(home, '.config', 'user-dirs.dirs'), text);
    expect(findDownloads({ HOME: home }, 'linux')).toBe(join(home, folder, 'Contact Sheet'));
  });
});

describe('the way to a browser', () => {
  it('is the system’s own, with the file as one argument and no shell', () => {
    const path = '/home/a b/open-1.html&$(c)';
    expect(fileOpener(path, 'linux')).toEqual(['xdg-open', path]);
    expect(fileOpener(path, 'darwin')).toEqual(['open', path]);
    expect(fileOpener(path, 'win32')).toContain(path);
  });
});

describe('the built interface', () => {
  it('is where its page is', () => {
    const folder = temporaryFolder();
    expect(findInterface({ CONTACT_SHEET_INTERFACE: folder })).toBeUndefined();
    writeFileSync(join(folder, 'index.html'), '');
    expect(findInterface({ CONTACT_SHEET_INTERFACE: folder })).toBe(folder);
  });
});
