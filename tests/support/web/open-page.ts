import type { Theme } from '../../../main/domain/settings.ts';
import { createPage } from '../../../main/hosts/shared/page/page.ts';
import { writeInterface } from './interface-folder.ts';
import { createPictureFiles } from './picture-files.ts';

export const pageOrigin = 'http://127.0.0.1:43121';
export const pictureBytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);

/** The page function over a small interface and pictures in files. */
export function openPage(theme: Theme = 'system') {
  const pictures = createPictureFiles();
  const interfaceFolder = writeInterface();
  const page = createPage({ interfaceFolder, openPicture: pictures.open, theme: () => theme });
  const get = (path: string, init: RequestInit = {}) => page(new Request(pageOrigin + path, init));
  /** For those who look at the headers alone: a body that nobody reads has to be given back. */
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await get(path, init);
    await answer.body?.cancel();
    return answer;
  };
  return { page, get, ask, pictures, interfaceFolder };
}
