import type { ImageRow } from './commands/catalogue.ts';
import type { CatalogueImage } from '../domain/image/image.ts';

export function toImageRow(image: CatalogueImage): ImageRow {
  const { accountId, account, id, name, ext, url, folder, firstSeen, lastSeen } = image;
  const { sha256, width, height, type, animated, broken } = image;
  return {
    accountId,
    account,
    id,
    name,
    ext,
    url,
    size: {
      text: image.sizeText,
      bytes: image.exactBytes ?? image.nominalBytes,
      exact: image.exactBytes !== null,
    },
    folder,
    firstSeen,
    lastSeen,
    state: image.gone ? 'gone' : 'present',
    downloaded: image.savedPath,
    sha256,
    width,
    height,
    type,
    animated,
    broken,
    tags: [...image.tags],
  };
}
