import type { CatalogueImage, ImageKey } from '../../../domain/image/image.ts';

/** Images as they were read last, for as long as nothing was written: from one keystroke to the next many are the same. */
export type RecentImages = {
  get(key: ImageKey): CatalogueImage | undefined;
  keep(image: CatalogueImage): void;
  clear(): void;
};

const mostKept = 2000;

export function createRecentImages(): RecentImages {
  const accounts = new Map<number, Map<number, CatalogueImage>>();
  let count = 0;
  const clear = () => {
    accounts.clear();
    count = 0;
  };
  return {
    clear,
    get: ({ accountId, id }) => accounts.get(accountId)?.get(id),
    keep(image) {
      if (count >= mostKept) clear();
      const known = accounts.get(image.accountId) ?? new Map<number, CatalogueImage>();
      accounts.set(image.accountId, known.set(image.id, image));
      count += 1;
    },
  };
}
