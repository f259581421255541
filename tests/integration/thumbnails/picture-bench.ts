import { onTestFinished } from 'vitest';
import { createImageServices, type ImageSettings } from '../../../main/composition/create-image-services.ts';
import type { ImageKey } from '../../../main/domain/image/image.ts';
import type { ImageFailure, ImageSize } from '../../../main/domain/image/image-failure.ts';
import type { Result } from '../../../main/domain/result.ts';
import { systemClock } from '../../../main/hosts/shared/node/system-clock.ts';
import { createSharpThumbnailer } from '../../../main/adapters/imaging/sharp-thumbnailer.ts';
import { createNetwork } from '../../../main/adapters/network/network.ts';
import { createGate } from '../../../main/adapters/remote/gate.ts';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { createCallLedger } from '../../../main/adapters/storage/stores/call-ledger.ts';
import { createImageReader } from '../../../main/adapters/storage/images/image-reader.ts';
import { openDatabase, type OpenedDatabase } from '../../../main/adapters/storage/database/open.ts';
import type { ImageFile } from '../../../main/features/thumbnails/make-thumbnail.ts';
import type { Thumbnails } from '../../../main/features/thumbnails/thumbnail-service.ts';
import { must } from '../../support/core.ts';
import { startFakeApi, type FakeApi } from '../../support/fake-api/fake-api.ts';
import type { FakeImage } from '../../support/fake-api/fake-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { listingsOf } from '../downloads/bench-test.ts';
import { fillCatalogue } from '../downloads/workbench.ts';

export type PictureBench = {
  readonly api: FakeApi;
  readonly thumbnails: Thumbnails;
  readonly database: OpenedDatabase;
  readonly cacheFolder: string;
  readonly accountId: number;
  /** Images that were reported as changed. */
  readonly changed: readonly ImageKey[];
  readonly releases: () => number;
  open(id: number, size?: ImageSize, signal?: AbortSignal): Promise<Result<ImageFile, ImageFailure>>;
  explain(id: number): ImageFailure | null;
  retry(id: number): void;
  /** Returns the image's catalogue entry. */
  image(id: number): NonNullable<ReturnType<ReturnType<typeof createImageReader>['some']>[0]>;
  /** Reopens the same data and cache, as in a new process. */
  reopen(changes?: Partial<ImageSettings>): Promise<PictureBench>;
};

/** Opens the real service on a real database, gate and fake API, whose images the catalogue lists. */
export async function openPictureBench(
  images: readonly FakeImage[],
  settings: Partial<ImageSettings> = {},
): Promise<PictureBench> {
  const api = await startFakeApi({ library: images });
  onTestFinished(() => api.close());
  const bench = openOn(api, temporaryFolder(), settings);
  fillCatalogue(bench.database, bench.accountId, listingsOf(api, images));
  return bench;
}

function openOn(api: FakeApi, home: string, settings: Partial<ImageSettings>): PictureBench {
  const database = must(openDatabase(home, systemClock.now));
  const log = () => undefined;
  const gate = createGate({
    ...{ network: createNetwork({}), clock: systemClock, random: () => 0, log, version: '0.0.0' },
    ...{ ledger: createCallLedger(database), limits: { stallMs: 300 } },
  });
  const accounts = createAccountStore(database);
  const brand = { uid: 'brand', name: 'Brand', kind: 'questionpro', userId: '', colour: '#000000' } as const;
  const account = { ...brand, origin: api.origin, vault: 'none', sampleCount: 0 } as const;
  const added = accounts.list()[0] ?? accounts.add(account, systemClock.now());
  if (added === undefined) throw new Error('No account');
  const { id: accountId } = added;
  const cacheFolder = settings.cacheFolder ?? `${home}/cache`;
  const changed: ImageKey[] = [];
  let releases = 0;
  const thumbnails = createImageServices({
    ...{ database, clock: systemClock, log, cacheFolder, openImage: gate.openImage },
    thumbnailer: createSharpThumbnailer(() => import('sharp')),
    originOf: (id) => accounts.list().find((each) => each.id === id)?.origin,
    mayFetch: () => true,
    changed: (keys) => void changed.push(...keys),
    released: () => void releases++,
    ...settings,
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await thumbnails.close();
    await gate.close();
    database.close();
  };
  onTestFinished(close);
  const reader = createImageReader(database);
  return {
    ...{ api, thumbnails, database, cacheFolder, accountId, changed, releases: () => releases },
    open: (id, size = 'thumbnail', signal = new AbortController().signal) =>
      thumbnails.open(size, { accountId, id }, signal),
    explain: (id) => thumbnails.explain({ accountId, id }),
    retry: (id) => thumbnails.retry({ accountId, id }),
    image(id) {
      const [image] = reader.some([{ accountId, id }]);
      if (image === undefined) throw new Error(`No image ${id}`);
      return image;
    },
    async reopen(changes) {
      await close();
      return openOn(api, home, { ...settings, cacheFolder, ...changes });
    },
  };
}
