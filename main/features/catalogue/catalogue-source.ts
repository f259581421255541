import type { IndexSource } from '../../adapters/search/engine/index-source.ts';
import type { CataloguePosition, IndexReader } from '../../adapters/storage/images/index-reader.ts';

/** The database as an index reads it: everything once, and from then on what its log of changes tells. */
export type CatalogueSource = IndexSource & {
  /** What was read so far, for a cache to name it; undefined before anything was. */
  place(): CataloguePosition | undefined;
  /** Goes on from what a cache holds. */
  startAt(place: CataloguePosition): void;
};

export function createCatalogueSource(reader: IndexReader): CatalogueSource {
  let place: CataloguePosition | undefined;
  let asked = '';
  return {
    place: () => place,
    startAt(start) {
      place = start;
      asked = '';
    },
    context: () => ({ accountNames: reader.accountNames(), newestSyncs: reader.newestSyncs() }),
    estimate: reader.estimate,
    isChanged: () => reader.revision() !== asked,
    load(take) {
      asked = reader.revision();
      place = reader.load(take);
    },
    changes() {
      asked = reader.revision();
      const changed = place && reader.since(place);
      if (changed === undefined) return 'too-many';
      place = changed.place;
      return changed.rows;
    },
  };
}
