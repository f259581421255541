import type { CatalogueImage } from '../../main/domain/image/image.ts';
import { parseSize } from '../../main/domain/image/size.ts';

/** Creates a catalogue image; missing fields are derived from the name and the size text, or unknown. */
export function catalogueImage(known: Partial<CatalogueImage> & { readonly name: string }): CatalogueImage {
  const folder = known.folder ?? 'sub-3';
  const host = known.host ?? 'www.questionpro.com';
  const dot = known.name.lastIndexOf('.');
  const sizeText = known.sizeText ?? '137 Kb';
  return {
    id: 1_000_000,
    accountId: 1,
    account: 'Brand team',
    url: `https://${host}/qp_userimages/${folder}/1234567/${encodeURIComponent(known.name.toWellFormed())}`,
    ext: dot > 0 ? known.name.slice(dot + 1).toLowerCase() : '',
    folder,
    host,
    sizeText,
    nominalBytes: parseSize(sizeText)?.nominalBytes ?? null,
    exactBytes: null,
    sha256: null,
    width: null,
    height: null,
    type: null,
    animated: null,
    firstSeen: 0,
    lastSeen: 0,
    gone: false,
    isNew: false,
    isChanged: false,
    broken: false,
    savedPath: null,
    duplicate: false,
    tags: [],
    rating: null,
    ...known,
  };
}
