import type { Dialog, NativeImage, Shell } from 'electron';
import type { Handlers } from '../../../contract/command.ts';
import type { DragImage, HostCommands, MenuDescription, ViewState } from '../../../contract/commands/host.ts';
import type { Core } from '../../../core.ts';
import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { ElectronWindow } from '../app/electron-modules.ts';
import { findDragged } from '../shell-integration/dragged-files.ts';
import { findImage, findSavedCopy, isFolder, isImageName, readWebAddress } from '../shell-integration/saved-copy.ts';
import type { MenuRequests } from './menu-requests.ts';
import type { NativeTexts } from '../app/texts.ts';

export type HostCommandDeps = {
  readonly core: Pick<Core, 'call' | 'folders'>;
  readonly dialog: Pick<Dialog, 'showMessageBox' | 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'showItemInFolder' | 'openPath' | 'openExternal'>;
  readonly window: () => ElectronWindow | undefined;
  readonly setMenu: (menus: readonly MenuDescription[]) => void;
  readonly wishes: MenuRequests;
  readonly words: NativeTexts;
  /** The page's view state, for the page that replaces it. */
  readonly places: { current: ViewState | null };
  readonly dragPicture: (picture: DragImage | null) => NativeImage;
  readonly openAtLogin: (change: boolean | undefined) => Result<boolean | null>;
};

/** Creates the system commands for a page in the window. It names images and entries; the host finds the paths. */
export function createHostCommands(deps: HostCommandDeps): Handlers<HostCommands> {
  const { setMenu, wishes, places, openAtLogin } = deps;
  return {
    'host.menu': ({ menus }) => done(() => setMenu(menus)),
    'host.wishes': () => ok([...wishes.take()]),
    'host.remember': (state) => done(() => (places.current = state)),
    'host.recall': () => ok(places.current),
    'host.openAtLogin': ({ change }) => openAtLogin(change),
    ...fileCommands(deps),
    ...dialogCommands(deps),
  };
}

function done(act: () => unknown): Result<undefined> {
  act();
  return ok(undefined);
}

type FileCommand = 'host.reveal' | 'host.openFile' | 'host.dragOut' | 'host.openDestination' | 'host.showLog';

function fileCommands(deps: HostCommandDeps): Pick<Handlers<HostCommands>, FileCommand> {
  const { core, shell, window, dragPicture, words } = deps;
  const finding = { call: core.call, words };
  const open = async (path: string) =>
    (await shell.openPath(path)) === ''
      ? ok(undefined)
      : fail(failure('nothing-known', words('native.cannotBeOpened')));
  return {
    async 'host.reveal'(key) {
      const path = await findSavedCopy(finding, key);
      return path.ok ? done(() => shell.showItemInFolder(path.value)) : path;
    },
    async 'host.openFile'(key) {
      const path = await findSavedCopy(finding, key);
      if (!path.ok) return path;
      return isImageName(path.value) ? open(path.value) : fail(failure('not-permitted', words('native.noPicture')));
    },
    async 'host.dragOut'({ image, selection, picture }) {
      const found = await findDragged(finding, image, selection);
      if (!found.ok) return found;
      const { file, files, left } = found.value;
      window()?.webContents.startDrag({ file, files: [...files], icon: dragPicture(picture) });
      return ok({ dragged: files.length, left });
    },
    async 'host.openDestination'({ index }) {
      const settings = await core.call('settings.get', {});
      if (!settings.ok) return settings;
      const folder = settings.value.settings.recentDestinations[index];
      return folder !== undefined && isFolder(folder)
        ? open(folder)
        : fail(failure('nothing-known', words('native.noFolder')));
    },
    'host.showLog': () => open(core.folders.logs),
  };
}

type DialogCommand = 'host.chooseFolder' | 'host.openAddress';

/** Shows one dialog at a time, however often a page asks. */
function dialogCommands(deps: HostCommandDeps): Pick<Handlers<HostCommands>, DialogCommand> {
  const { core, dialog, shell, window, words } = deps;
  let isAsking = false;
  const exclusive = async <T>(ask: () => Promise<Result<T>>): Promise<Result<T>> => {
    if (isAsking) return fail(failure('busy', words('native.dialogOpen')));
    isAsking = true;
    try {
      return await ask();
    } finally {
      isAsking = false;
    }
  };
  return {
    'host.chooseFolder': ({ from }) =>
      exclusive(async () => {
        const options = {
          ...(from === null ? {} : { defaultPath: from }),
          properties: ['openDirectory' as const, 'createDirectory' as const],
        };
        const parent = window();
        const { canceled, filePaths } = await (parent === undefined
          ? dialog.showOpenDialog(options)
          : dialog.showOpenDialog(parent, options));
        return ok(canceled ? null : (filePaths[0] ?? null));
      }),
    'host.openAddress': (key) =>
      exclusive(async () => {
        const image = await findImage({ call: core.call, words }, key);
        if (!image.ok) return image;
        const address = readWebAddress(image.value.url);
        if (address === undefined) return fail(failure('not-permitted', words('native.noWeb')));
        const { response } = await dialog.showMessageBox({
          type: 'question',
          message: words('native.openAddress'),
          detail: address,
          buttons: [words('native.openInBrowser'), words('native.cancel')],
          defaultId: 0,
          cancelId: 1,
          noLink: true,
        });
        if (response !== 0) return ok(false);
        await shell.openExternal(address);
        return ok(true);
      }),
  };
}
