/** Writes the index's cache repeatedly until it is killed: `node cache-driver.ts DATA_FOLDER CACHE_FILE`. */
import { createCatalogueSource } from '../../../main/features/catalogue/catalogue-source.ts';
import { createIndexCache } from '../../../main/features/catalogue/index-cache.ts';
import { loadIndex } from '../../../main/adapters/search/table/image-index.ts';
import { openIndexReader } from '../../../main/adapters/storage/images/index-reader.ts';

const [folder = '', path = ''] = process.argv.slice(2);
const source = createCatalogueSource(openIndexReader(folder));
const index = loadIndex(source, () => performance.now());
const place = source.place();
if (place === undefined) throw new Error('Nothing was read.');
const cache = createIndexCache(path, '1');
for (;;) cache.write(index, place);
