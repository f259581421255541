import type { Theme } from '../../../main/domain/settings.ts';
import { createPage } from '../../../main/hosts/shared/page/page.ts';
import { writeInterface } from './interface-folder.ts';
import { createPictureFiles } from './picture-files.ts';

export const pageOrigin = 'http://127.0.0.1:43121';
export const pictureBytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);

/** Creates the page function over a small interface and image files. */
export function openPage(theme: Theme = 'system') {
  const imageFiles = createPictureFiles();
  const interfaceFolder = writeInterface();
  const page = createPage({ interfaceFolder, openPicture: imageFiles.open, theme: () => theme });
  const get = (path: string, init: RequestInit = {}) => page(new Request(pageOrigin + path, init));
  /** Requests only the headers: an unread body must be cancelled. */
  const getHead = async (path: string, init: RequestInit = {}) => {
    const response = await get(path, init);
    await response.body?.cancel();
    return response;
  };
  return { page, get, ask: getHead, pictures: imageFiles, interfaceFolder };
}
